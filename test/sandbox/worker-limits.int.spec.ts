import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startSandbox } from '#test/script-runner.ts';

const isThere = process.platform === 'linux' && existsSync('/usr/bin/prlimit');

it('the system lets a worker write no file, dump no memory and open few descriptors', async () => {
  const sandbox = await startSandbox();
  try {
    const [pid] = sandbox.runner.processIds;
    const { value } = await sandbox.run('function login(user, password, callback) { callback(null, user); }');
    const limits = isThere ? readFileSync(`/proc/${pid}/limits`, 'utf8') : '';
    const limit = (name: string): string | undefined => new RegExp(`^${name} +(\\S+)`, 'm').exec(limits)?.[1];
    expect([
      value,
      limit('Max file size'),
      limit('Max core file size'),
      limit('Max open files'),
      isThere ? readFileSync(`/proc/${pid}/oom_score_adj`, 'utf8').trim() : undefined,
    ]).toEqual(['ada@example.com', ...(isThere ? ['0', '0', '256', '800'] : Array(4).fill(undefined))]);
  } finally {
    await sandbox.close();
  }
});
