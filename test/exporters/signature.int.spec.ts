import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Fault } from '#engine/fault.ts';
import { checkSignature, signText } from '#exporters/signature.ts';
import { keyPair } from '#test/key-pair.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const folder = temporaryFolder('keys');

it('holds for the text and the key it was made with, and for nothing else', async () => {
  const own = keyPair(folder, 'own');
  const other = keyPair(folder, 'other');
  const signature = await signText('proof ü\n', own.privateKey);
  const forged = signature.replace(
    /("signature": ")(.)/,
    (_whole, head: string, first: string) => head + (first === 'A' ? 'B' : 'A'),
  );
  expect([
    await checkSignature('proof ü\n', signature, own.publicKey),
    await checkSignature('proof u\n', signature, own.publicKey),
    await checkSignature('proof ü\n', forged, own.publicKey),
    await checkSignature('proof ü\n', 'not JSON', own.publicKey),
    await checkSignature('proof ü\n', signature, other.publicKey),
  ]).toEqual(['valid', 'invalid', 'invalid', 'invalid', 'other-key']);
});

it('refuses keys that it cannot use, without quoting them', async () => {
  const pem = { type: 'pkcs8', format: 'pem' } as const;
  const ed25519 = generateKeyPairSync('ed25519').privateKey;
  const files = {
    rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export(pem),
    locked: ed25519.export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'geheim' }),
    text: 'canary-4711',
  };
  const messages: Record<string, unknown> = {};
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, `${name}.pem`);
    writeFileSync(path, content);
    messages[name] = await signText('x', path).catch((error: unknown) => (error as Fault).message);
  }
  messages['missing'] = await signText('x', join(folder, 'none')).catch(
    (error: unknown) => (error as Fault).message,
  );
  expect(messages).toEqual({
    rsa: 'the key is no Ed25519 key',
    locked: 'the key cannot be read as a private key in PEM without a passphrase',
    text: 'the key cannot be read as a private key in PEM without a passphrase',
    missing: 'reading the key to sign with failed: it does not exist',
  });
});
