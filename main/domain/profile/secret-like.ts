import type { Json, JsonObject } from '#domain/json.ts';
import { isJsonObject } from '#domain/profile/row-json.ts';

const MASK = '*****';
/** Whole names, case, `_` and `-` set aside. `access_token` and `refresh_token` are deliberate and not among them. */
const SECRET_NAMES: ReadonlySet<string> = new Set(
  `
    password passwd pwd pass passwordhash passwordsalt passwordencrypted encryptedpassword
    passwordconfirmation passworddigest hashedpassword hash salt pwhash pwdhash pepper secret token
    apikey apitoken privatekey resettoken sessiontoken otpsecret totpsecret resetpasswordtoken
    confirmationtoken remembertoken securityanswer pin
  `
    .trim()
    .split(/\s+/),
);

export function isSecretName(name: string): boolean {
  return SECRET_NAMES.has(name.toLowerCase().replaceAll(/[_\-\s]/g, ''));
}

/** The object with every value under a secret-like name masked, and the paths of those names. */
export function maskSecrets(
  object: JsonObject,
  path = '',
): { readonly value: JsonObject; readonly paths: string[] } {
  const paths: string[] = [];
  const entries = Object.entries(object).map(([name, member]): [string, Json] => {
    const memberPath = path === '' ? name : `${path}.${name}`;
    if (isSecretName(name) && member !== null) {
      paths.push(memberPath);
      return [name, MASK];
    }
    if (!isJsonObject(member)) return [name, member];
    const inner = maskSecrets(member, memberPath);
    paths.push(...inner.paths);
    return [name, inner.value];
  });
  return { value: paths.length === 0 ? object : Object.fromEntries(entries), paths };
}
