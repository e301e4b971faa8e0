import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PlanResult } from '#contract/plan.ts';
import { DATABASE, projectFolder, SETTINGS } from '#test/project-folder.ts';
import { codesOf, runPlanOf } from '#test/plan-run.ts';

const DAY = 86_400_000;
const TODAY = Math.floor(Date.now() / DAY) * DAY;
const HASH = `$2b$10$${'a'.repeat(53)}`;

interface Person {
  readonly lastLogin?: string;
  readonly hash?: string;
}

const isoBefore = (days: number) => new Date(TODAY - days * DAY).toISOString();
/** Ages spread evenly over two years. */
const spread = (index: number, of: number): Person => ({ lastLogin: isoBefore((index * 730) / of) });

function projectOf(
  people: readonly Person[],
  { mapped = true, importMode = true }: { readonly mapped?: boolean; readonly importMode?: boolean } = {},
): string {
  const { options } = DATABASE;
  const folder = projectFolder({
    'userferry.json': {
      ...SETTINGS,
      legacy: { engine: 'csv', file: 'users.csv' },
      users: { table: 'users', key: ['id'] },
      fields: {
        id: 'id',
        email: 'email',
        passwordHash: 'hash',
        ...(mapped ? { lastLogin: 'last_login' } : {}),
      },
    },
    'connection/database.json': { ...DATABASE, options: { ...options, import_mode: importMode } },
  });
  const rows = people.map(
    ({ lastLogin = '', hash = HASH }, index) => `${index},user${index}@example.com,${hash},${lastLogin}\n`,
  );
  writeFileSync(join(folder, 'users.csv'), `id,email,hash,last_login\n${rows.join('')}`);
  return folder;
}

const many = (count: number, of: (index: number) => Person) =>
  Array.from({ length: count }, (_one, index) => of(index));

function logOf(folder: string, lines: Iterable<string>): { accessLog: { files: string[] } } {
  const file = join(folder, 'log.csv');
  writeFileSync(file, `user,time\n${[...lines].join('\n')}\n`);
  return { accessLog: { files: [file] } };
}

/** Every user once on each of these days before today. */
function* logins(
  users: number,
  from: number,
  to: number,
  name = (index: number) => `user${index}@example.com`,
) {
  for (let day = from; day >= to; day--) {
    for (let user = 0; user < users; user++)
      yield `${name(user)},${new Date(TODAY - day * DAY + user * 1000 + 3_600_000).toISOString()}`;
  }
}

const forecastOf = ({ forecasts }: PlanResult, by: 'lastLogin' | 'accessLog') => {
  const forecast = forecasts[by];
  return forecast?.kind === 'refused' ? forecast.codes : forecast?.kind;
};

describe('a forecast from last logins is refused', () => {
  it.each([
    [
      'without a column',
      many(300, (index) => spread(index, 300)),
      { mapped: false },
      {},
      ['plan.no-last-login'],
    ],
    ['with an empty column', many(300, () => ({})), {}, {}, ['plan.too-few-logins']],
    ['with too few users', many(99, (index) => spread(index, 99)), {}, {}, ['plan.too-few-logins']],
    [
      'with one date for all',
      many(300, () => ({ lastLogin: isoBefore(400) })),
      {},
      {},
      ['plan.last-logins-same-day'],
    ],
    [
      'with dates to come',
      many(300, (index) => ({ lastLogin: isoBefore(index - 200) })),
      {},
      {},
      ['plan.last-logins-in-future'],
    ],
    [
      'with a young column',
      many(300, (index) => (index < 200 ? { lastLogin: isoBefore(index / 4) } : {})),
      {},
      {},
      ['plan.last-logins-too-short'],
    ],
  ] as const)('%s', async (_name, people, options, request, codes) => {
    const { result } = await runPlanOf({ project: projectOf(people, options), ...request });
    expect({
      forecast: forecastOf(result, 'lastLogin'),
      used: result.forecasts.used,
      verdict: result.verdict,
      told: codes.every((code) => codesOf(result).includes(code)),
      messages: result.diagnostics
        .filter(({ code }) => codes.some((one) => one === code))
        .every(({ help }) => help !== undefined),
    }).toEqual({ forecast: codes, used: null, verdict: 'findings', told: true, messages: true });
  });

  it('and nothing that rests on it is made up', async () => {
    const people = many(200, (index) => ({ hash: index < 50 ? 'what is this' : HASH }));
    const { result } = await runPlanOf({ project: projectOf(people, { mapped: false }) });
    expect({ reset: result.resets.users, harmed: result.orders.map(({ harmed }) => harmed.upper) }).toEqual({
      reset: {
        expected: null,
        lower: 0,
        upper: 50,
        from: [{ kind: 'measured', what: 'legacy rows', count: 200 }],
      },
      harmed: [50, 50],
    });
  });

  it('but made where the column carries it', async () => {
    const project = projectOf(many(300, (index) => spread(index, 300)));
    const { result } = await runPlanOf({ project, days: 73 });
    const { lastLogin } = result.forecasts;
    if (lastLogin.kind !== 'made') throw new Error('no forecast');
    expect([lastLogin.atEnd.expected, lastLogin.data.seen]).toEqual([30, 300]);
    const late = await runPlanOf({ project, days: 73, start: '2027-01-01', cutover: '2030-01-01' });
    const far = late.result.forecasts.lastLogin;
    expect([far.kind === 'made' && far.atCutover, lastLogin.atCutover?.expected]).toEqual([null, 31]);
  });
});

describe('a forecast from an access log is refused', () => {
  const project = projectOf(many(300, (index) => spread(index, 300)));

  it.each([
    ['that is too short', () => logins(150, 60, 1), ['plan.log-too-short']],
    ['of a single day', () => logins(150, 3, 3), ['plan.log-too-few-users']],
    ['of too few users', () => logins(99, 120, 1), ['plan.log-too-few-users']],
    ['of other people', () => logins(150, 120, 1, (index) => `stranger${index}`), ['plan.log-of-others']],
    ['with times to come', () => [...logins(150, 120, 1), ...logins(150, -20, -30)], ['plan.log-in-future']],
    ['with missing files', () => [...logins(150, 120, 110), ...logins(150, 20, 1)], ['plan.log-with-gaps']],
  ] as const)('%s, and the one from last logins is used', async (_name, lines, codes) => {
    const { result } = await runPlanOf({ project, ...logOf(project, lines()) });
    expect([
      forecastOf(result, 'accessLog'),
      result.forecasts.used,
      codesOf(result).includes(codes[0]),
    ]).toEqual([codes, 'last-login', true]);
  });

  it('but made where it is long enough, with a word on what was not tested', async () => {
    const { result } = await runPlanOf({ project, days: 30, ...logOf(project, logins(150, 60, 1)) });
    const { accessLog } = result.forecasts;
    if (accessLog?.kind !== 'made') throw new Error('no forecast');
    expect([accessLog.atEnd.expected, accessLog.backTests, codesOf(result)]).toEqual([
      150,
      [],
      expect.arrayContaining(['plan.no-back-test', 'plan.forecasts-differ']),
    ]);
  });

  it('has no busiest hour where it has no times', async () => {
    const dates = [...logins(150, 120, 1)].map((line) => line.replace(/T.*/, ''));
    const { result } = await runPlanOf({ project, ...logOf(project, dates) });
    expect([result.peak, result.forecasts.used, codesOf(result).includes('plan.log-without-times')]).toEqual([
      null,
      'access-log',
      true,
    ]);
  });
});

it('a connection that imports nobody is an error whatever else is planned', async () => {
  const project = projectOf(
    many(300, (index) => spread(index, 300)),
    { importMode: false },
  );
  const { result } = await runPlanOf({ project });
  const found = result.diagnostics.find(({ code }) => code === 'plan.import-off');
  expect([found?.severity, found?.place, result.verdict]).toEqual([
    'error',
    { kind: 'file', path: 'database-connections/acme-users/database.json' },
    'findings',
  ]);
});

it('an access log that is none stops the plan', async () => {
  const project = projectOf(many(120, (index) => spread(index, 120)));
  await expect(
    runPlanOf({ project, accessLog: { files: [join(project, 'gone.csv')] } }),
  ).rejects.toMatchObject({
    data: { kind: 'input-invalid' },
  });
});
