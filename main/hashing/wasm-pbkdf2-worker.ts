import { parentPort } from 'node:worker_threads';
import { pbkdf2 } from 'hash-wasm';
import { WASM_DIGESTS } from '#hashing/digest.ts';
import type { Pbkdf2Job } from '#hashing/wasm-pbkdf2.ts';

async function answer(job: Pbkdf2Job): Promise<Uint8Array> {
  return pbkdf2({
    password: job.password,
    salt: job.salt,
    iterations: job.iterations,
    hashLength: job.length,
    hashFunction: WASM_DIGESTS[job.digest](),
    outputType: 'binary',
  });
}

parentPort?.on('message', (message: { readonly id: number; readonly job: Pbkdf2Job }) => {
  answer(message.job).then(
    (key) => parentPort?.postMessage({ id: message.id, key }, []),
    () => parentPort?.postMessage({ id: message.id, key: null }, []),
  );
});
