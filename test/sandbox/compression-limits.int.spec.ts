import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';

// Compression runs on the host for the guest: what a script could ask of it beyond any use is refused.

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

async function answer(body: string): Promise<unknown> {
  const { ending, value } = await sandbox.run(
    `function login(user, password, callback) {
       const zlib = require('zlib');
       const told = (action) => { try { return action(); } catch (error) { return error.message; } };
       ${body}
     }`,
    { container: 'fresh', timeLimitMs: 20_000 },
  );
  return ending === 'called-back' ? value : ending;
}

it('keeps 64 streams at once, and gives back what was closed', async () => {
  const script = `
    const open = Array.from({ length: 64 }, () => zlib.createDeflate());
    const full = told(() => zlib.createDeflate());
    for (const stream of open) stream.destroy();
    setImmediate(() => callback(null, [full, told(() => zlib.gunzipSync(zlib.gzipSync('again')).toString())]));`;
  expect(await answer(script)).toEqual(['too many open compression streams', 'again']);
});

it('gives back the streams of one-shot calls, also of those that fail', async () => {
  const script = `
    for (let i = 0; i < 200; i++) { zlib.gzipSync('x'); told(() => zlib.gunzipSync('not gzip')); }
    callback(null, told(() => zlib.inflateSync(zlib.deflateSync('still there')).toString()));`;
  expect(await answer(script)).toBe('still there');
});

it('refuses windows of gigabytes', async () => {
  const script = `
    const { BROTLI_PARAM_LARGE_WINDOW, BROTLI_PARAM_LGWIN, ZSTD_c_windowLog, ZSTD_d_windowLogMax } = zlib.constants;
    callback(null, [
      told(() => zlib.brotliCompressSync('x', { params: { [BROTLI_PARAM_LARGE_WINDOW]: true, [BROTLI_PARAM_LGWIN]: 30 } })),
      told(() => zlib.zstdCompressSync('x', { params: { [ZSTD_c_windowLog]: 31 } })),
      told(() => zlib.zstdDecompressSync('x', { params: { [ZSTD_d_windowLogMax]: 31 } })),
    ]);`;
  expect(await answer(script)).toEqual(
    Array.from({ length: 3 }, () => 'a compression window beyond what the sandbox allows'),
  );
});

it('stops a bomb at the limit that the script gives, before it has been unpacked', async () => {
  const script = `
    const bomb = zlib.gzipSync(Buffer.alloc(30_000_000));
    callback(null, told(() => zlib.gunzipSync(bomb, { maxOutputLength: 100_000 })));`;
  expect(await answer(script)).toBe('Cannot create a Buffer larger than 100000 bytes');
});
