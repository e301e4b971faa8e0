/* oxlint-disable promise/no-callback-in-promise -- the addon calls back, and errors of the callback must surface as they do with it */
'use strict';
// bcryptjs computes in JavaScript, which would block the isolate for a tenth of a second per password. The published
// code stays in charge of arguments and errors; only the computation over well-formed input is the host's.
const real = require('real-module');

const HASH = /^\$2[aby]?\$(0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/;
const SALT = /^\$2[aby]?\$(0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{22}/;
const DIGEST_LENGTH = 31;

const isHash = (text) => typeof text === 'string' && HASH.test(text);
const isSalt = (text) => typeof text === 'string' && SALT.test(text);
const saltOf = (text) => text.slice(0, text.indexOf('$', 4) + 23);
const withSalt = (salt, hash) => salt + hash.slice(-DIGEST_LENGTH);

/** Calls back in a later turn, as bcryptjs does, or gives a promise when there is no callback. */
function deliver(promise, callback) {
  if (callback === undefined) return promise;
  promise.then(
    (value) => callback(null, value),
    (error) => callback(error),
  );
  return undefined;
}

async function hashWith(password, saltOrRounds) {
  const salt = typeof saltOrRounds === 'number' ? await real.genSalt(saltOrRounds) : saltOf(saltOrRounds);
  return withSalt(salt, await __native.async('bcrypt.hash', [password, salt]));
}

const canCallBack = (callback) => callback === undefined || typeof callback === 'function';

module.exports = {
  ...real,
  compareSync(password, hash) {
    if (typeof password !== 'string' || !isHash(hash)) return real.compareSync(password, hash);
    return __native.sync('bcryptCompareSync', password, hash);
  },
  compare(password, hash, callback, progress) {
    if (typeof password !== 'string' || !isHash(hash) || !canCallBack(callback))
      return real.compare(password, hash, callback, progress);
    return deliver(__native.async('bcrypt.compare', [password, hash]), callback);
  },
  hashSync(password, salt = 10) {
    if (typeof password !== 'string' || !(typeof salt === 'number' || isSalt(salt)))
      return real.hashSync(password, salt);
    const text = typeof salt === 'number' ? real.genSaltSync(salt) : saltOf(salt);
    return withSalt(text, __native.sync('bcryptHashSync', password, text));
  },
  hash(password, salt, callback, progress) {
    const usable = typeof salt === 'number' || isSalt(salt);
    if (typeof password !== 'string' || !usable || !canCallBack(callback))
      return real.hash(password, salt, callback, progress);
    return deliver(hashWith(password, salt), callback);
  },
};
