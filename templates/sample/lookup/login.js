function login(userNameOrEmail, password, callback) {
  const crypto = require('crypto');
  const util = require('util');
  const bcrypt = require('bcrypt');
  const argon2 = require('argon2');

  // The legacy database has no door to the internet: a small service in front of it answers with raw rows.
  const findUser = util.callbackify(async (identifier) => {
    const response = await fetch(
      `${configuration.LEGACY_URL}/users?identifier=${encodeURIComponent(identifier)}`,
      {
        headers: { 'x-api-key': configuration.LEGACY_API_KEY },
        signal: AbortSignal.timeout(10000),
      },
    );
    if (!response.ok) throw new Error(`the lookup service answered ${response.status}`);
    return response.json();
  });

  function toProfile(row) {
    const extra = JSON.parse(row.profile_json);
    const preferences = JSON.parse(row.preferences);
    return {
      // Customers of the shop we bought in 2016 came without a uuid, and with numbers that we had used already.
      user_id: row.legacy_uuid ? String(row.id) : crypto.randomUUID(),
      email: row.email || undefined,
      email_verified: Number(row.email_confirmed) === 1,
      username: row.login_name,
      given_name: row.first_name,
      family_name: row.last_name,
      name: row.display_name,
      picture: row.avatar || undefined,
      phone_number: row.phone || undefined,
      blocked: Number(row.is_locked) === 1,
      user_metadata: { locale: preferences.locale, ...preferences },
      app_metadata: extra,
    };
  }

  function same(actual, expected) {
    return actual.length === expected.length && crypto.timingSafeEqual(actual, expected);
  }

  function digest(algorithm, ...parts) {
    const hash = crypto.createHash(algorithm);
    for (const part of parts) hash.update(part);
    return hash.digest();
  }

  // Customers of the shop we bought have this home-made scheme: AQ1!rounds!salt!digest.
  function acmeDigest(rounds, salt) {
    let state = digest('sha256', `acme-retail/2012:${salt}:${password}`);
    for (let round = 1; round < rounds; round++) state = digest('sha256', state, 'acme-retail/2012', salt);
    return state;
  }

  function derived(derive, expected, ...args) {
    return new Promise((resolve, reject) => {
      derive(password, ...args, (error, key) => (error ? reject(error) : resolve(same(key, expected))));
    });
  }

  function verifyPbkdf2(hash) {
    const django = /^pbkdf2_sha256\$(\d+)\$([^$]+)\$([^$]+)$/.exec(hash);
    const phc = /^\$pbkdf2-sha256\$i=(\d+),l=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash);
    if (!django && !phc) return false;
    const salt = django ? django[2] : Buffer.from(phc[3], 'base64');
    const expected = Buffer.from(django ? django[3] : phc[4], 'base64');
    return derived(crypto.pbkdf2, expected, salt, Number((django || phc)[1]), expected.length, 'sha256');
  }

  function verifyScrypt(hash) {
    const parts = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash);
    if (!parts) return false;
    const [N, r, p] = [2 ** Number(parts[1]), Number(parts[2]), Number(parts[3])];
    const expected = Buffer.from(parts[5], 'base64');
    const salt = Buffer.from(parts[4], 'base64');
    return derived(crypto.scrypt, expected, salt, expected.length, { N, r, p, maxmem: 256 * N * r });
  }

  async function verify(row) {
    const hash = row.pw_hash;
    const salt = row.pw_salt || '';
    if (!hash) return false;
    switch (row.pw_scheme) {
      case 'bcrypt':
        // PHP writes $2y$ for what everybody else calls $2b$.
        return bcrypt.compare(password, hash.replace(/^\$2y\$/, '$2b$'));
      case 'argon2id':
        return argon2.verify(hash, password).catch(() => false);
      case 'pbkdf2':
        return verifyPbkdf2(hash);
      case 'scrypt':
        return verifyScrypt(hash);
      case 'md5':
        return same(digest('md5', password), Buffer.from(hash, 'hex'));
      case 'sha1':
        return same(digest('sha1', salt + password), Buffer.from(hash, 'hex'));
      case 'sha256':
        return same(digest('sha256', password + salt), Buffer.from(hash, 'hex'));
      case 'ssha': {
        const bytes = Buffer.from(hash.slice('{SSHA}'.length), 'base64');
        return same(digest('sha1', password, bytes.subarray(20)), bytes.subarray(0, 20));
      }
      case 'acme1': {
        const [, rounds, acmeSalt, value] = hash.split('!');
        return same(acmeDigest(Number(rounds), acmeSalt), Buffer.from(value, 'base64url'));
      }
      case 'plain':
        return same(digest('sha256', password), digest('sha256', hash));
      default:
        return false;
    }
  }

  findUser(userNameOrEmail.trim().toLowerCase(), (error, rows) => {
    if (error) {
      console.error('lookup failed:', error.code || error.message);
      return callback(new Error('The customer database cannot be reached.'));
    }
    // Some mailboxes are shared; the oldest account counts.
    const row = [...rows].sort((a, b) => a.id - b.id)[0];
    if (!row) return callback(new WrongUsernameOrPasswordError(null, 'Unknown user.'));
    if (row.status === 'review') {
      console.log('account under review, no login');
      return;
    }
    const profile = toProfile(row);
    verify(row).then(
      (right) => {
        if (!right) return callback(new WrongUsernameOrPasswordError(userNameOrEmail, 'Wrong password.'));
        if (profile.blocked) return callback(new UnauthorizedError('This account is locked.'));
        return callback(null, profile);
      },
      () => callback(new Error('The password could not be checked.')),
    );
  });
}
