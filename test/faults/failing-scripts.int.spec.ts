import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SCRIPTS } from '#test/bad-input.ts';
import { followTrial } from '#test/disturbed-trial.ts';
import { startEngine } from '#test/engine.ts';
import { cleanAfterwards } from '#test/fault-leftovers.ts';
import { type Held, held, mostHeld } from '#test/fault-held.ts';
import { noteFault, points } from '#test/fault-matrix.ts';
import { leftBehind, NOTHING } from '#test/nothing-left.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

cleanAfterwards();

const USERS = points(1_500, 10_000);

/** Fails in another way for each user: at once, later, by an answer that is none, by leaving things open. */
const FAILS = `
function getByEmail(email, callback) {
  const ways = [
    () => { throw new Error('thrown at once'); },
    () => setTimeout(() => { throw new TypeError('thrown late'); }, 0),
    () => callback(new Error('called back')),
    () => callback(null, 'no profile'),
    () => callback(null, { email }),
    () => { callback(new Error('first')); callback(null, {}); },
    () => Promise.reject(new RangeError('rejected, and nobody cares')),
    () => { setInterval(() => {}, 5); callback(new Error('leaves a timer')); },
    () => { null.property; },
    () => process.exit(1),
    () => callback(null, { user_id: { toString() { throw new Error('hostile'); } } }),
  ];
  ways[email.length % ways.length]();
}
`;

it(`${USERS} failing scripts in a row: each is counted once, and nothing adds up`, {
  timeout: 1_800_000,
}, async () => {
  const project = await sqliteSampleProject(join(temporaryFolder('failing'), 'acme'), { users: USERS });
  writeFileSync(join(project, SCRIPTS, 'get_user.js'), FAILS);
  const seen: { readonly done: number; readonly held: Held }[] = [];
  const left = await leftBehind([project], async () => {
    const engine = startEngine();
    const { client } = engine;
    const request = { project, kind: 'lazy', depth: 'profiles', timeLimitMs: 300, workers: 2 } as const;
    const { id } = await client.trials.start(request);
    const ended = await followTrial(client, project, id, ({ done }) => {
      const now = held();
      if (now !== null && done > 0) seen.push({ done, held: now });
    });
    const report = await client.trials.report({ project, trial: id });
    await engine.close();
    const [phase] = report.trial.phases;
    const sum = report.causes.reduce((users, cause) => users + cause.users, 0);
    expect({
      ended: [ended.status, ended.fault, engine.bugs],
      phase: [phase!.expected, phase!.done, phase!.ok],
      causes: [sum === phase!.failed + phase!.skipped, report.causes.length > 3],
    }).toEqual({ ended: ['finished', null, []], phase: [USERS, USERS, 0], causes: [true, true] });
    noteFault('scripts that fail one after the other', 'lazy trial, users', 'equal', USERS);
  });
  expect(left).toEqual(NOTHING);
  // One handle, isolate or process for each failure, or for each hundred of them, would show here.
  const [early, late] = [
    seen.filter(({ done }) => done <= USERS / 2),
    seen.filter(({ done }) => done > USERS / 2),
  ];
  if (early.length > 0 && late.length > 0) {
    const [before, after] = [early, late].map((part) => mostHeld(part.map((one) => one.held)));
    const grown = Object.entries(after!).filter(
      ([name, count]) => count > before![name as keyof Held] * 1.5 + 24,
    );
    expect(grown, `more than the ${JSON.stringify(before)} of the first half`).toEqual([]);
  }
  removeFolder(project);
});
