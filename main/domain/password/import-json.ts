import type { JsonObject } from '#domain/json.ts';
import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import type { Secret } from '#domain/secret.ts';

const MASK = '*****';

function render(custom: CustomPasswordHash, show: (secret: Secret) => string): JsonObject {
  const { algorithm, hash, salt, password, keylen, cost, blockSize, parallelization } = custom;
  return {
    algorithm,
    hash: {
      value: show(hash.value),
      ...(hash.encoding === undefined ? {} : { encoding: hash.encoding }),
      ...(hash.digest === undefined ? {} : { digest: hash.digest }),
      ...(hash.key === undefined ? {} : { key: { ...hash.key, value: show(hash.key.value) } }),
    },
    ...(salt === undefined ? {} : { salt: { ...salt, value: show(salt.value) } }),
    ...(password === undefined ? {} : { password: { encoding: password.encoding } }),
    ...(keylen === undefined ? {} : { keylen }),
    ...(cost === undefined ? {} : { cost }),
    ...(blockSize === undefined ? {} : { blockSize }),
    ...(parallelization === undefined ? {} : { parallelization }),
  };
}

/** `custom_password_hash` with its true values. Only for import files: everything else shows the masked form. */
export function toImportJson(custom: CustomPasswordHash): JsonObject {
  return render(custom, (secret) => secret.reveal());
}

/** The same object as error reports and screens show it: hash, key and salt values are `*****`. */
export function maskedImportJson(custom: CustomPasswordHash): JsonObject {
  return render(custom, () => MASK);
}
