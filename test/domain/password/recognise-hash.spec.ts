import { describe, expect, test } from 'vitest';
import { catalogEntry } from '#domain/diagnostics/catalog.ts';
import { importObjectProblem } from '#domain/password/import-rules.ts';
import { recogniseHash } from '#domain/password/recognise-hash.ts';
import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import { Secret } from '#domain/secret.ts';

function recognise(
  hash: string | null,
  salt: string | null = null,
  scheme: string | null = null,
): RecognisedHash {
  return recogniseHash(
    hash === null ? null : new Secret(hash),
    salt === null ? null : new Secret(salt),
    scheme,
  );
}

const BCRYPT = '$10$nFguVi9LsCAcvTZFKQlRKeLVydo8ETv483lkNsSFI/Wl1Rz1Ypo1K';
const ARGON = '$m=65536,t=2,p=1$J6Q/82PCyaNpYKRELJyTZg$m04qUAB8rexWDR4+/0f+SFB+4XMFxt7YAvAq2UycYos';

/** format, confidence, route or its code */
type Row = readonly [stored: string | null, salt: string | null, scheme: string | null, said: string];

const ROWS: readonly Row[] = [
  [`$2a${BCRYPT}`, null, null, 'bcrypt-2a certain password-hash'],
  [`$2b${BCRYPT}`, null, null, 'bcrypt-2b certain password-hash'],
  [`$2b${BCRYPT.replace('10', '12')}`, null, null, 'bcrypt-2b certain bcrypt'],
  [`$2y${BCRYPT}`, null, null, 'bcrypt-2y certain bcrypt'],
  [`$2x${BCRYPT}`, null, null, 'bcrypt-2x certain password.bcrypt-prefix-unsupported'],
  [`$2${BCRYPT}`, null, null, 'bcrypt-2 certain password.bcrypt-prefix-unsupported'],
  [`$2b${BCRYPT.replace('10', '02')}`, null, null, 'bcrypt-2b certain password.bcrypt-cost-impossible'],
  [`$2b${BCRYPT}`, 'a separate salt', null, 'bcrypt-2b likely password-hash'],
  [`$argon2id$v=19${ARGON}`, null, null, 'argon2id certain argon2'],
  [`$argon2i$v=19${ARGON}`, null, null, 'argon2i certain argon2'],
  [`$argon2d$v=19${ARGON}`, null, null, 'argon2d certain password.argon2-unsupported'],
  [`$argon2id$v=16${ARGON}`, null, null, 'argon2id certain password.argon2-unsupported'],
  [`$argon2id${ARGON}`, null, null, 'argon2id certain password.argon2-unsupported'],
  [
    `$argon2id$v=19${ARGON.replace('p=1', 'p=1,keyid=Zm9v')}`,
    null,
    null,
    'argon2id certain password.argon2-unsupported',
  ],
  ['$pbkdf2-sha3$1000$AAAA$AAAA', null, null, 'pbkdf2-passlib certain password.pbkdf2-digest-unsupported'],
  ['pbkdf2_sha256$0$salt$AAAA', null, null, 'django-pbkdf2 certain password.damaged'],
  [`bcrypt_sha256$$2b${BCRYPT}`, null, null, 'django-bcrypt-sha256 certain password.bcrypt-prehash'],
  [`$wp$2y${BCRYPT}`, null, null, 'wordpress-bcrypt certain password.bcrypt-prehash'],
  [
    '$bcrypt-sha256$v=2,t=2b,r=12$n79VH.0Q2TMWmt3Oqt9uku$Kq4Noyk3094Y2QlB8NdRT8SvGiI4ft2',
    null,
    null,
    'passlib-bcrypt-sha256 certain password.bcrypt-prehash',
  ],
  ['$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/', null, null, 'md5-crypt certain password.crypt-unsupported'],
  [
    '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc8',
    null,
    null,
    'sha256-crypt certain password.crypt-unsupported',
  ],
  [
    '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjlO',
    null,
    null,
    'sha512-crypt certain password.crypt-unsupported',
  ],
  ['$apr1$TqI9WECO$LHZB2DqRlk9nObiB6vJG9.', null, null, 'apr1-md5 certain password.crypt-unsupported'],
  [
    '$y$j9T$F5Jx5fExrKuPp53xLKQ..1$tnSYvahCwPBHKZUspmcxMfb0',
    null,
    null,
    'yescrypt certain password.crypt-unsupported',
  ],
  [
    '{CRYPT}$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwS',
    null,
    null,
    'sha512-crypt certain password.crypt-unsupported',
  ],
  ['ab01FAX.bQRSU', null, null, 'des-crypt guess password.crypt-unsupported'],
  ['_J9..CCCCXBrJUJV154M', null, null, 'bsdi-crypt likely password.crypt-unsupported'],
  ['$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0', null, null, 'phpass certain password.phpass'],
  ['$H$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0', null, null, 'phpass certain password.phpass'],
  ['$S$DrpRaNX0WLAvIYJqtFsUBjMDWm7.', null, null, 'drupal7 certain password.phpass'],
  ['U$S$DrpRaNX0WLAvIYJqtFsUBjMDWm7.', null, null, 'phpass-over-md5 certain password.phpass'],
  ['$3$$8846f7eaee8fb117ad06bdd830b7586c', null, null, 'nt-hash certain md4'],
  ['*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19', null, null, 'mysql-password certain password.nested-digest'],
  ['{noop}secret', null, null, 'plain-text certain password.plain-text'],
  ['{SSHA}AAAA', null, null, 'ldap-ssha certain password.damaged'],
  ['{CRAM-MD5}abcdef', null, null, 'ldap-other certain password.ldap-scheme-unsupported'],
  ['67a1e09bb1f83f5007dc119c14d663aa', null, null, 'md5 likely md5'],
  ['67a1e09bb1f83f5007dc119c14d663aa', null, 'MD4', 'md4 likely md4'],
  ['67a1e09bb1f83f5007dc119c14d663aa', 'pepper', null, 'md5-salted guess md5'],
  ['67a1e09bb1f83f5007dc119c14d663aa67a1e09b', null, null, 'sha1 likely sha1'],
  [
    '67a1e09bb1f83f5007dc119c14d663aa67a1e09b',
    null,
    'ripemd160',
    'ripemd160 likely password.digest-unsupported',
  ],
  ['a'.repeat(64), null, null, 'sha256 likely sha256'],
  ['a'.repeat(128), null, null, 'sha512 likely sha512'],
  ['a'.repeat(128), null, 'whirlpool', 'whirlpool likely password.digest-unsupported'],
  ['a'.repeat(128), null, 'hmac-sha512', 'hmac certain password.hmac-key-missing'],
  [
    `${'A'.repeat(86)}==`,
    'f2xkxcx3y4w8cgsg0ggo4scgg8k4k0w',
    null,
    'symfony-sha512 likely password.iterated-digest',
  ],
  [`${'A'.repeat(86)}==`, 'c2FsdA==', 'firebase', 'firebase-scrypt certain password.firebase-scrypt'],
  ['a'.repeat(40), null, 'unheard-of', 'sha1 likely sha1'],
  [null, null, null, 'none certain password.none'],
  ['', null, null, 'none certain password.none'],
  ['   ', null, null, 'none certain password.none'],
  ['NULL', null, null, 'none certain password.none'],
  ['x', null, null, 'none certain password.none'],
  ['*', null, null, 'locked certain password.locked'],
  ['!', null, null, 'locked certain password.locked'],
  ['*LK*', null, null, 'locked certain password.locked'],
  ['LOCKED', null, null, 'locked certain password.locked'],
  ['!$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwS', null, null, 'locked certain password.locked'],
  ['!8PcNmEZQUR2V3Ho0VgyXgAJwKSKcyvHuBJLkNIj8', null, null, 'locked certain password.locked'],
  ['!secret', null, null, 'plain-text guess password.plain-text'],
  ['hunter2', null, null, 'plain-text guess password.plain-text'],
  ['correct horse battery staple', null, null, 'plain-text guess password.plain-text'],
  ['anything', null, 'plaintext', 'plain-text certain password.plain-text'],
  ['c2VjcmV0', 'AQIDBAUGBwgJCgsMDQ4PEA==', '0', 'plain-text certain password.plain-text'],
  ['c2VjcmV0', 'AQIDBAUGBwgJCgsMDQ4PEA==', '2', 'encrypted certain password.encrypted'],
  ['~'.repeat(60), null, null, 'unknown guess password.unknown-format'],
  ['{', null, null, 'plain-text guess password.plain-text'],
  ['$', null, null, 'plain-text guess password.plain-text'],
  ['{"value":"x"', null, null, 'plain-text guess password.plain-text'],
];

function said({ format, confidence, route }: RecognisedHash): string {
  const what =
    route.kind === 'custom'
      ? route.value.algorithm
      : route.kind === 'password-hash'
        ? route.kind
        : route.code;
  return `${format} ${confidence} ${what}`;
}

test.each(ROWS)('%s, salt %s, scheme %s', (stored, salt, scheme, expected) => {
  expect(said(recognise(stored, salt, scheme))).toBe(expected);
});

describe('what is said to people', () => {
  test('an unsalted digest', () => {
    expect(recognise('67a1e09bb1f83f5007dc119c14d663aa').warnings).toEqual([
      'password.fast-digest',
      'password.unsalted',
      'password.digest-ambiguous',
    ]);
  });

  test('a salted digest whose scheme is known', () => {
    expect(recognise('67a1e09bb1f83f5007dc119c14d663aa', 'salt', 'md5').warnings).toEqual([
      'password.fast-digest',
      'password.salt-position-assumed',
    ]);
  });

  test('padding, cost, extra salt', () => {
    const found = recognise(`$2b${BCRYPT.replace('10', '05')}  `, 'other');
    expect(found.parameters).toBe('cost 5');
    expect(found.warnings).toEqual([
      'password.cost-low',
      'password.bcrypt-extra-salt',
      'password.padding-trimmed',
    ]);
  });

  test('a Devise column warns of a pepper', () => {
    expect(recognise(`$2b${BCRYPT}`, null, 'devise').warnings).toEqual(['password.pepper-possible']);
  });

  test('scrypt beyond the usual memory', () => {
    const { warnings } = recognise(`scrypt:32768:8:1$salt$${'ab'.repeat(64)}`);
    expect(warnings).toEqual(['password.scrypt-memory']);
  });

  test('PBKDF2 without its length, and its count', () => {
    expect(recognise(`$pbkdf2-sha256$AAAAAAAAAAA$${'A'.repeat(43)}`).warnings).toEqual([
      'password.pbkdf2-length-corrected',
      'password.pbkdf2-iterations-default',
    ]);
  });

  test('every code is in the catalog', () => {
    const all = ROWS.map(([stored, salt, scheme]) => recognise(stored, salt, scheme));
    const codes = all.flatMap(({ route, warnings }) =>
      'code' in route ? [route.code, ...warnings] : warnings,
    );
    expect(codes.filter((code) => catalogEntry(code) === null)).toEqual([]);
  });

  test('digest bytes are those a script would compute', () => {
    const bytes = (hex: string): Uint8Array =>
      Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16));
    const hex = '67a1e09bb1f83f5007dc119c14d663aa';
    expect(recognise(hex.toUpperCase()).digest).toEqual(bytes(hex));
    expect(recognise(`{MD5}Z6Hgm7H4P1AH3BGcFNZjqg==`).digest).toEqual(bytes(hex));
    expect(recognise(`$2b${BCRYPT}`).digest).toBeNull();
  });
});

/** Every stored value above with one letter changed, dropped or doubled, at many places. */
function damaged(): readonly Row[] {
  return ROWS.flatMap(([stored, salt, scheme, expected]) =>
    Array.from({ length: Math.min(stored?.length ?? 0, 80) }, (_, at) => at).flatMap((at): Row[] => {
      const [before, after] = [stored!.slice(0, at), stored!.slice(at + 1)];
      const texts = [
        before + after,
        `${before}=${after}`,
        `${before}$${stored!.slice(at)}`,
        `${before}é${after}`,
        before,
      ];
      return texts.map((text) => [text, salt, scheme, expected]);
    }),
  );
}

test('whatever arrives, an object that is offered for import obeys the rules of the import', () => {
  const rows = damaged();
  const wrong = rows.flatMap(([stored, salt, scheme]) => {
    const { route } = recognise(stored, salt, scheme);
    const problem = route.kind === 'custom' ? importObjectProblem(route.value) : null;
    return problem === null ? [] : [[stored, problem.reason]];
  });
  expect(rows.length).toBeGreaterThan(5000);
  expect(wrong).toEqual([]);
});

test('no text shows a stored value', () => {
  const shown = ROWS.filter(([stored]) => (stored ?? '').length > 12).filter(([stored, salt, scheme]) => {
    const { digest: _bytes, ...rest } = recognise(stored, salt, scheme);
    return JSON.stringify(rest).includes(stored!.slice(4, 16));
  });
  expect(shown).toEqual([]);
});
