/** Hashes of one password, made by the frameworks themselves or by other implementations than the scripts'. */
export const PASSWORD = 'Korrekt Pferd 9';

/** pyca's bcrypt. */
export const BCRYPT = '$2b$05$wGEL1OFmU3SUlWMfANKrXOXdOX8U2AJbGXNs71iCacgCnoC8Z/5US';

/** pyca's bcrypt over the password and this pepper, as Devise has it. */
export const DEVISE = {
  pepper: 'pepper-of-rails',
  hash: '$2a$05$Zt3uIi777jXBhMHvxxUesuN3Gs.zPRa26mox4fmyRa49Rq9Na5Pba',
};

/** Django 5.2; the last one by passlib. */
export const DJANGO = {
  pbkdf2: 'pbkdf2_sha256$20000$uQ6lQy44EDi18DlDJymrZB$vF+TjfUUkt7f6T8umlOPOnA/V4LTnjEb56Xd8J3jzOc=',
  'pbkdf2-sha1': 'pbkdf2_sha1$20000$IiXOHloAiXl20bqb38ND5J$Cr1t4WK3tvRy2IKk5BwPq1efLsg=',
  argon2:
    'argon2$argon2id$v=19$m=1024,t=2,p=8$YmJUTlYzbFVHWllycWY1VDNMRkpxZw$pEPGVFLsTW3BI2z/dUHIeUUNbk5kIZdjamfjgY2GWnk',
  'bcrypt-sha256': 'bcrypt_sha256$$2b$05$wFWUB.c6e5pEFl2f7EHTCeLAV5kLuQ9no27v.D6dIJ7s1KIqquuWi',
  bcrypt: 'bcrypt$$2b$05$HDkeuPBPFHJ51UUpeg9Bt.xBLBxhV0AOUU3s7d4OWHwXoX2t5HhhC',
  sha1: 'sha1$Q63xEf0V52am$68280a1b0952861f88057d13a07ef53ee3d417dd',
};

/** passlib for phpass; pyca's bcrypt over Python's HMAC for WordPress 6.8. */
export const WORDPRESS = {
  'wp-bcrypt': '$wp$2y$05$hHg6KXZ5da7FHjpheQdE3OI.pF0jifv4f4cXhCulY9IUdStkonl7a',
  phpass: '$P$BzsvIBkTDCS0G2lz/P6JR3dXgBSOoX.',
  phpbb: '$H$62RRZnHmGF.MRwojZNBKInpS3ddNbX1',
  md5: '9234186d82705a4523b809ab93f06c5f',
  bcrypt: BCRYPT.replace('$2b$', '$2y$'),
};

/** Python's hashlib, in the layouts of ASP.NET Identity. */
export const IDENTITY = {
  v2: 'AAABAgMEBQYHCAkKCwwNDg+ogozJ/vFpMtPR7QGA52TeojdGBLMjzbViOnNTGNcUhA==',
  v3: 'AQAAAAEAACcQAAAAEAABAgMEBQYHCAkKCwwNDg/GW5vxkBS++nEdQcaW/1sHLbbytW1LGe+CX4jMpLuQsQ==',
  'v3-sha512': 'AQAAAAIAAYagAAAAEAABAgMEBQYHCAkKCwwNDg+NVpbXYW64vzg1lVq9OeBVY7YPrIBjxxhWTcfIDSwUCg==',
};

/** Python's hashlib and hmac, in the layouts of the membership providers. */
export const MEMBERSHIP = {
  salt: 'AAECAwQFBgcICQoLDA0ODw==',
  'hmac-sha256': '2rhpQVPEdTScp5X+O1fY8/H7VLdZMSSO3pK3jGBs7d8=',
  'hmac-sha512': 'mm01eyswB1LrbzLBs+1vE2pyQywfmRKLI0zPTArNy+8mIHmLa4CeQ/knHWos9MTLSXlNz6eVmGVaYja7jzKNgw==',
  sha1: 'MFibfDNgVa5RlZ8uitTPl8VPzJg=',
  sha256: 'edJBC/0Ly2DVXypV2H8fSSyqf+SVZOkYgSAT0e8wZ3A=',
};

/** The example of Firebase's own scrypt tool. */
export const FIREBASE = {
  configuration: {
    FIREBASE_SIGNER_KEY:
      'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
    FIREBASE_SALT_SEPARATOR: 'Bw==',
    FIREBASE_ROUNDS: '8',
    FIREBASE_MEM_COST: '14',
  },
  password: 'user1password',
  salt: '42xEC+ixf3L2lw==',
  hash: 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
};

/** One more user for each notation: `<name>@hashes.example`. */
export const hashUsers = (hashes: Readonly<Record<string, string>>) =>
  Object.entries(hashes).map(([name, hash]) => ({ email: `${name}@hashes.example`, hash }));

export const hashLogins = (hashes: Readonly<Record<string, string>>) =>
  hashUsers(hashes).map(({ email }) => [email, PASSWORD] as const);
