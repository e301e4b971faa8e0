'use strict';
// Stands in for argon2's native addon below the published argon2.cjs: one function, computed by the host.
const bytes = (data) => new Uint8Array(data);

module.exports = () => ({
  async hash({ password, salt, secret, data, hashLength, m, t, p, version, type }) {
    const result = await __native.async('argon2.hash', [
      {
        password: bytes(password),
        salt: bytes(salt),
        secret: bytes(secret),
        associatedData: bytes(data),
        hashLength,
        memoryCost: m,
        timeCost: t,
        parallelism: p,
        version,
        type,
      },
    ]);
    return Buffer.from(result);
  },
});
