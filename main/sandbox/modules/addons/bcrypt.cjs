/* oxlint-disable promise/no-callback-in-promise -- the addon calls back, and errors of the callback must surface as they do with it */
'use strict';
// Stands in for bcrypt's native addon below the published bcrypt.js: salts are made here, hashing is the host's.
const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const INVALID_SALT = 'Invalid salt. Salt must be in the form of: $Vers$log2(NumRounds)$saltvalue';
const DIGEST_LENGTH = 31;

/** bcrypt's own base64: another alphabet, no padding. */
function encode(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const bits = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const chars = Math.min(4, bytes.length - i + 1);
    for (let j = 0; j < chars; j++) text += ALPHABET[(bits >> (18 - 6 * j)) & 63];
  }
  return text;
}

function salt(minor, rounds, seed) {
  const cost = Math.min(31, Math.max(4, rounds | 0));
  return `$2${minor}$${String(cost).padStart(2, '0')}$${encode(seed)}`;
}

/** What the addon accepts: version 2, 2a or 2b only (so no `$2y$`), a cost it can compute, a salt long enough. */
function isValidSalt(text) {
  const parts = /^\$2([ab]?)\$(\d\d)\$(.*)$/s.exec(text);
  return (
    parts !== null &&
    Number(parts[2]) <= 31 &&
    Number(parts[2]) >= 4 &&
    Math.floor((parts[3].length * 3) / 4) >= 16
  );
}

const bytesOf = (data) => (typeof data === 'string' ? data : new Uint8Array(data));
const withSalt = (text, hash) => text.slice(0, 29) + hash.slice(-DIGEST_LENGTH);

function settle(promise, callback) {
  promise.then(
    (value) => callback(undefined, value),
    (error) => callback(error),
  );
}

module.exports = () => ({
  gen_salt_sync: salt,
  gen_salt: (minor, rounds, seed, callback) => settle(Promise.resolve(salt(minor, rounds, seed)), callback),
  encrypt_sync(data, text) {
    if (!isValidSalt(text)) throw new Error(INVALID_SALT);
    return withSalt(text, __native.sync('bcryptHashSync', bytesOf(data), text.slice(0, 29)));
  },
  encrypt(data, text, callback) {
    if (!isValidSalt(text)) return settle(Promise.reject(new Error(INVALID_SALT)), callback);
    const hashed = __native.async('bcrypt.hash', [bytesOf(data), text.slice(0, 29)]);
    return settle(
      hashed.then((hash) => withSalt(text, hash)),
      callback,
    );
  },
  compare_sync: (data, hash) => isValidSalt(hash) && __native.sync('bcryptCompareSync', bytesOf(data), hash),
  compare(data, hash, callback) {
    const compared = isValidSalt(hash)
      ? __native.async('bcrypt.compare', [bytesOf(data), hash])
      : Promise.resolve(false);
    settle(compared, callback);
  },
  get_rounds(hash) {
    const rounds = Number(/^\$2[a-z]?\$(\d\d)\$/.exec(hash)?.[1] ?? 0);
    if (rounds === 0) throw new Error('invalid hash provided');
    return rounds;
  },
});
