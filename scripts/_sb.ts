import { readFileSync } from 'node:fs';
import { createScriptRunner } from '#sandbox/script-runner.ts';
const runner = await createScriptRunner({ workers: 1, egress: [], snapshots: process.argv[3] === 'snap' });
const text =
  process.argv[2] === '-'
    ? "function getUser(email, callback) { return callback(null, {user_id: email, n: require('util').format('%s', 1)}); }"
    : readFileSync(process.argv[2]!, 'utf8');
for (let i = 0; i < 3; i++) {
  const r = await runner.run({
    script: { slot: 'get_user', text, checksum: 'x' },
    args: ['a@b.c'],
    password: null,
    configuration: { LEGACY_URL: 'http://127.0.0.1:1', LEGACY_API_KEY: 'k' },
    container: 'warm',
    timeLimitMs: 3000,
    passwordChecks: { kind: 'true' },
    detail: 'full',
  });
  console.log(JSON.stringify(r).slice(0, 1500));
}
await runner.close();
