import { type KeyObject, createPrivateKey, createPublicKey } from 'node:crypto';
import { bytes, field, LeafError, optional, text, whole } from './leaf-arguments.ts';

// Keys live in the guest as PEM text or raw bytes; each call brings its own, so nothing piles up here.

type KeyMaterial = string | Buffer;

/** A key argument as Node's functions take it, built of known fields only. */
export function keyArgument(value: unknown): KeyMaterial | KeyOptions {
  if (typeof value === 'string') return text(value);
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return bytes(value);
  const pem = field(value, '__pem');
  if (pem !== undefined) return text(pem);
  const secret = field(value, '__secret');
  if (secret !== undefined) return bytes(secret);
  if (typeof value !== 'object' || value === null)
    throw new LeafError('expected a key', 'ERR_INVALID_ARG_TYPE');
  const options: Record<string, unknown> = {};
  for (const name of ['format', 'type', 'passphrase', 'dsaEncoding', 'oaepHash'] as const) {
    const given = field(value, name);
    if (given !== undefined) options[name] = typeof given === 'string' ? given : bytes(given);
  }
  for (const name of ['padding', 'saltLength'] as const) {
    const given = field(value, name);
    if (given !== undefined) options[name] = whole(given, -2, 65_536);
  }
  const label = optional(field(value, 'oaepLabel'), bytes);
  if (label !== undefined) options['oaepLabel'] = label;
  const key = field(value, 'key');
  if (field(value, 'format') === 'jwk') options['key'] = jwk(key);
  else options['key'] = keyArgument(key);
  return options as unknown as KeyOptions;
}

export interface KeyOptions {
  readonly key: KeyMaterial;
}

function jwk(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null)
    throw new LeafError('expected a key', 'ERR_INVALID_ARG_TYPE');
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) =>
      typeof part === 'string' ? [[name, part] as const] : [],
    ),
  );
}

export interface DescribedKey {
  readonly pem: string;
  readonly info: { readonly asymmetricKeyType: string | undefined; readonly asymmetricKeyDetails: object };
}

export function createKey(kind: unknown, key: unknown): DescribedKey {
  const made = kind === 'private' ? createPrivateKey(keyArgument(key)) : createPublicKey(keyArgument(key));
  return {
    pem: pemOf(made),
    info: {
      asymmetricKeyType: made.asymmetricKeyType,
      asymmetricKeyDetails: { ...made.asymmetricKeyDetails },
    },
  };
}

export function pemOf(key: KeyObject): string {
  return key.type === 'private'
    ? key.export({ type: 'pkcs8', format: 'pem' })
    : key.export({ type: 'spki', format: 'pem' });
}

export function exportKey(kind: unknown, pem: unknown, options: unknown): unknown {
  const key = kind === 'private' ? createPrivateKey(text(pem)) : createPublicKey(text(pem));
  const wanted: Record<string, unknown> = {};
  for (const name of ['type', 'format', 'cipher', 'passphrase']) {
    const given = field(options, name);
    if (given !== undefined) wanted[name] = typeof given === 'string' ? given : bytes(given);
  }
  return key.export(wanted as { format: 'jwk' });
}
