import { existsSync, mkdirSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAuditWork } from '#audit/audit-work.ts';
import { AUDIT_ATTRIBUTES } from '#domain/audit/audit-user.ts';
import { walkPeople } from '#engine/audit/every-person.ts';
import type { AuditEvent } from '#contract/audit.ts';
import { exportTarget } from '#test/audit-run.ts';
import { startEngine } from '#test/engine.ts';
import { PLANTED_SETTINGS, writePlantedExport, writePlantedLegacy } from '#test/planted-audit.ts';
import { projectFolder } from '#test/project-folder.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const USERS = 30_000;
const temporary = process.env['TMPDIR'];
let folder: string;
let workFolder: string;

beforeAll(async () => {
  folder = projectFolder({ 'userferry.json': PLANTED_SETTINGS });
  writePlantedLegacy(join(folder, 'legacy.db'), USERS);
  await writePlantedExport(join(folder, 'users.json.gz'), USERS);
  workFolder = join(temporaryFolder('cancelled'), 'tmp');
  mkdirSync(workFolder);
  process.env['TMPDIR'] = workFolder;
});
afterAll(() => {
  if (temporary === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = temporary;
});

/** Work files that are still there, and open ones where the system tells. */
function left() {
  const opened = existsSync('/proc/self/fd')
    ? readdirSync('/proc/self/fd').flatMap((number) => {
        try {
          return [readlinkSync(`/proc/self/fd/${number}`)];
        } catch {
          return [];
        }
      })
    : [];
  return {
    files: readdirSync(workFolder),
    opened: opened.filter((path) => path.startsWith(workFolder)),
    threads: process.getActiveResourcesInfo().filter((name) => name.includes('Worker')),
  };
}

/** Runs an audit up to the first event of a kind that `wanted` takes, and gives it up there. */
async function givenUp(wanted: (event: AuditEvent) => boolean, how: 'signal' | 'return', list: boolean) {
  const engine = startEngine();
  const controller = new AbortController();
  let ended = 'completed';
  let during = 0;
  try {
    const request = { project: folder, against: exportTarget(folder, 'users.json.gz'), list };
    const events = await engine.client.audit.run(request, { signal: controller.signal });
    for await (const event of events) {
      if (!wanted(event)) continue;
      during = readdirSync(workFolder).length;
      if (how === 'return') {
        ended = 'returned';
        break;
      }
      controller.abort();
    }
  } catch (error) {
    ended = (error as { data?: { kind?: string } }).data?.kind ?? String(error);
  }
  await engine.close();
  return { ended, during, bugs: engine.bugs, ...left() };
}

const reading = ({ type }: AuditEvent) => type === 'reading';
const readingOn = (event: AuditEvent) => event.type === 'reading' && event.legacy.done > 0;
const NOTHING = { during: 1, bugs: [], files: [], opened: [], threads: [] };

it.each([
  ['before anybody was read', reading, 'signal', false, 'cancelled'],
  ['in the middle of reading', readingOn, 'signal', false, 'cancelled'],
  ['while people are counted', ({ type }: AuditEvent) => type === 'comparing', 'signal', false, 'cancelled'],
  ['while people are listed', ({ type }: AuditEvent) => type === 'people', 'signal', true, 'cancelled'],
  ['by somebody who reads no further', readingOn, 'return', false, 'returned'],
  [
    'by somebody who has enough of the list',
    ({ type }: AuditEvent) => type === 'people',
    'return',
    true,
    'returned',
  ],
] as const)('an audit that is given up %s leaves nothing behind', async (_when, wanted, how, list, ended) => {
  expect(await givenUp(wanted, how, list)).toEqual({ ended, ...NOTHING });
});

it('looks at nobody further while the people it told are not taken', async () => {
  const work = openAuditWork({ legacyUsers: USERS, files: [] });
  const values = AUDIT_ATTRIBUTES.map(() => null);
  work.addLegacy(Array.from({ length: USERS }, (_, n) => ({ position: n, key: [n], id: `L${n}`, values })));
  let looked = 0;
  const events = walkPeople(
    { now: () => 0, ticks: () => 0, sleep: async () => undefined },
    {
      request: { list: true, personalData: false, values: false },
      work: {
        count: work.count.bind(work),
        people: (visit) => work.people((group) => [(looked += 1), visit(group)]),
      },
      rules: { importHistory: 'never', cutover: null, files: [], compared: [] },
      selection: { since: null },
      changes: null,
      expected: USERS,
    },
    new AbortController().signal,
  );
  const [took, lookedAt]: [number[], number[]] = [[], []];
  let taken = 0;
  for (let event = await events.next(); event.done !== true; event = await events.next()) {
    if (event.value.type !== 'people') continue;
    taken += event.value.people.length;
    await new Promise(setImmediate);
    took.push(taken);
    lookedAt.push(looked);
  }
  await work.close();
  expect({ lookedAt, taken, parts: took.length > 10 }).toEqual({ lookedAt: took, taken: USERS, parts: true });
});
