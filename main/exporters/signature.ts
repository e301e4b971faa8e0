import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { Fault } from '#engine/fault.ts';
import { readPlainText } from '#files/plain-file.ts';
import { fileTrouble } from '#exporters/file-trouble.ts';

/** Content of proof.sig. `keyId` tells a wrong key from a wrong signature: SHA-256 of the public key (SPKI, DER). */
const signatureSchema = z.strictObject({
  version: z.literal(1),
  algorithm: z.literal('Ed25519'),
  keyId: z.string(),
  signature: z.string(),
});

/** Signs the bytes of a text. The key is used here and nowhere kept. */
export async function signText(text: string, keyFile: string): Promise<string> {
  const pem = await readKey(keyFile, 'reading the key to sign with');
  const key = ed25519(() => createPrivateKey(pem), keyFile, 'private');
  const content: z.infer<typeof signatureSchema> = {
    version: 1,
    algorithm: 'Ed25519',
    keyId: keyId(createPublicKey(key)),
    signature: sign(null, Buffer.from(text, 'utf8'), key).toString('base64'),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

export async function checkSignature(
  text: string,
  signature: string,
  keyFile: string,
): Promise<'valid' | 'invalid' | 'other-key'> {
  const pem = await readKey(keyFile, 'reading the key to verify with');
  const key = ed25519(() => createPublicKey(pem), keyFile, 'public');
  const parsed = signatureSchema.safeParse(jsonOf(signature));
  if (!parsed.success) return 'invalid';
  if (parsed.data.keyId !== keyId(key)) return 'other-key';
  const bytes = Buffer.from(parsed.data.signature, 'base64');
  return verify(null, Buffer.from(text, 'utf8'), key, bytes) ? 'valid' : 'invalid';
}

async function readKey(path: string, doing: string): Promise<string> {
  try {
    return await readPlainText(path);
  } catch (error) {
    throw fileTrouble('input-invalid', error, doing, path);
  }
}

function ed25519(read: () => KeyObject, where: string, half: 'private' | 'public'): KeyObject {
  const help =
    half === 'private'
      ? 'Make a pair with: openssl genpkey -algorithm ed25519 -out key.pem; openssl pkey -in key.pem -pubout -out pub.pem'
      : 'Give the public half of the key that signed: openssl pkey -in key.pem -pubout -out pub.pem';
  let key: KeyObject | null;
  try {
    key = read();
  } catch {
    // Whatever the library says may quote the file.
    key = null;
  }
  if (key?.asymmetricKeyType === 'ed25519') return key;
  const what =
    key === null ? `cannot be read as a ${half} key in PEM without a passphrase` : 'is no Ed25519 key';
  throw new Fault('input-invalid', `the key ${what}`, { where, help });
}

function keyId(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
