import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostilePair, PAIRS } from '../fixtures/hostile-scripts/neighbours.ts';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';

// If one of these fails, a user's login can be answered with what another user's login has left behind.

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const CONFIGURATION = { NAME: 'test' };

const script = ({ leave, look }: Pick<HostilePair, 'leave' | 'look'>): string =>
  `function login(user, password, callback) {
  if (user === 'look@example.com') return callback(null, ${look});
  ${leave}
  callback(null, 'left');
}`;

async function leaveAndLook(pair: HostilePair, detail: 'counts' | 'full'): Promise<unknown[]> {
  const text = script(pair);
  const call = async (user: string) =>
    (
      await sandbox.run(text, {
        args: [user, 'a password of the first'],
        container: 'fresh',
        configuration: CONFIGURATION,
        detail,
      })
    ).value;
  return [await call('leave@example.com'), await call('look@example.com'), await call('look@example.com')];
}

describe('fresh containers', () => {
  it.each(PAIRS)('$name', async (pair) => {
    expect(await leaveAndLook(pair, 'counts')).toEqual(['left', pair.finds, pair.finds]);
  });

  it('a full attempt finds as little', async () => {
    const [first] = PAIRS;
    expect(await leaveAndLook(first!, 'full')).toEqual(['left', first!.finds, first!.finds]);
  });

  it('a thousand attempts each get a global of their own', async () => {
    const text = `function login(user, password, callback) {
      const before = global.users || [];
      global.users = [...before, user];
      callback(null, [user, before.length]); }`;
    const users = Array.from({ length: 1000 }, (_, index) => `user${index}@example.com`);
    const runs = await Promise.all(
      users.map((user) =>
        sandbox.run(text, { args: [user, 'x'], container: 'fresh', detail: 'counts', timeLimitMs: 60_000 }),
      ),
    );
    expect(runs.map(({ value }) => value)).toEqual(users.map((user) => [user, 0]));
  });
});

describe('other scripts and other configurations', () => {
  it.each(['warm', 'fresh'] as const)('find nothing, %s', async (container) => {
    const leave = 'function login(user, password, callback) { global.secret = password; callback(null, 1); }';
    const look = 'function login(user, password, callback) { callback(null, typeof global.secret); }';
    const leaveAndLookHere = `function login(user, password, callback) {
      const found = typeof global.secret; global.secret = configuration.NAME; callback(null, found); }`;
    await sandbox.run(leave, { container });
    const other = await sandbox.run(look, { container });
    await sandbox.run(leaveAndLookHere, { container, configuration: { NAME: 'one project' } });
    const project = await sandbox.run(leaveAndLookHere, { container, configuration: { NAME: 'another' } });
    expect([other.value, project.value]).toEqual(['undefined', 'undefined']);
  });

  it('a runner of its own finds nothing either', async () => {
    const text =
      'function login(user, password, callback) { const found = typeof global.secret; global.secret = 1; callback(null, found); }';
    const other = await startSandbox();
    const found = [
      (await sandbox.run(text)).value,
      (await other.run(text)).value,
      (await sandbox.run(text)).value,
    ];
    await other.close();
    expect(found).toEqual(['undefined', 'undefined', 'number']);
  });
});
