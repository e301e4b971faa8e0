import { createHash } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Account } from '#domain/migration/account.ts';
import type { UserOutcome } from '#domain/migration/outcome.ts';
import { usesOfLazyUser } from '#domain/projections/script-uses.ts';
import type { Phase, Replica, ReplicaBatch } from '#engine/ports/replica.ts';
import type { CoverageFilter, Evidence } from '#engine/ports/replica-coverage.ts';
import { replicaComparer } from '#replica/compare.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { account, outcome } from '#test/replica-samples.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

/*
 * Writes and reads of the replica, against a plain better-sqlite3 loop that inserts the same rows into the same
 * tables with the same indexes and does nothing else. Run: node bench/replica.ts [users] [batch]
 */
const users = Number(process.argv[2] ?? 1_000_000);
const batchSize = Number(process.argv[3] ?? 1_000);
const folder = temporaryFolder('replica-bench');

const seconds = (work: () => void): number => {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
};
/** Legacy users come in the order of their ids; their e-mail addresses come in none. */
const userId = (n: number): string => `${100_000_000 + n}`;
const email = (n: number): string => `${createHash('md5').update(`${n}`).digest('hex')}@mail.example`;
const userOf = (n: number): Account => account(n, { userId: userId(n), email: email(n) });

/** Every `shift`-th user fails instead; 0: none. */
function resultOf(n: number, phase: Phase, shift: number): UserOutcome {
  const result = outcome(n, phase);
  return shift > 0 && n % shift === 0 ? { ...result, status: 'failed', cause: 'script.timed-out' } : result;
}

/** What a trial keeps beside the outcome: fifteen traits, one of them an e-mail domain of many. */
function evidenceOf(n: number, { cohorts, status }: UserOutcome): Evidence {
  const { hashFormat, lastLogin, emailDomain } = cohorts;
  const flags = ['emailVerified', 'blocked', 'username', 'name', 'givenName', 'familyName', 'phoneNumber'];
  return {
    uses: usesOfLazyUser({
      getUser: { ending: 'called-back', value: {}, error: null },
      login: status === 'ok' ? { ending: 'called-back', value: {}, error: null } : null,
      wrongPassword: null,
    }),
    traits: [
      { attribute: 'hashFormat', value: hashFormat },
      { attribute: 'lastLogin', value: lastLogin },
      { attribute: 'emailDomain', value: emailDomain },
      { attribute: 'createdAt', value: `${2010 + (n % 16)}` },
      ...flags.map((attribute, index) => ({ attribute, value: (n >> index) % 3 === 0 ? 'no' : 'yes' })),
      { attribute: 'appMetadata.plan', value: ['basic', 'plus', 'business'][n % 3]! },
      { attribute: 'appMetadata.number', value: `${n}` },
      { attribute: 'userMetadata.locale', value: `l${n % 30}` },
    ],
    mark: n,
  };
}

/** Writes all users; `copy`, if given, gets the same rows right after each batch. Seconds of both. */
function write(
  path: string,
  phase: Phase,
  shift: number,
  copy: string | null,
): { ours: number; bare: number } {
  const replica = replicaOpener.open(path);
  const bare = copy === null ? null : bareLoop(path, copy, phase);
  const took = { ours: 0, bare: 0 };
  for (let from = 0; from < users; from += batchSize) {
    const to = Math.min(from + batchSize, users);
    const rows = Array.from({ length: to - from }, (_, i) => ({
      user: userOf(from + i),
      result: resultOf(from + i, phase, shift),
    })).map((row, i) => ({ ...row, evidence: evidenceOf(from + i, row.result) }));
    const work = (batch: ReplicaBatch): void => {
      for (const { user, result, evidence } of rows) {
        const { position } = result;
        if (phase === 'lazy') {
          batch.byEmail(user.email!);
          batch.apply({ type: 'logged', log: 's', userId: user.userId, description: '' }, position, position);
        }
        if (result.status === 'ok')
          batch.apply({ type: 'account-created', account: user }, position, position);
        batch.outcome(result, evidence);
      }
      batch.checkpoint({ phase, after: [to], done: to, finished: to === users });
    };
    took.ours += seconds(() => replica.batch(work));
    took.bare += bare?.copyFrom(from) ?? 0;
  }
  took.bare += bare?.close() ?? 0;
  took.ours += seconds(() => replica.close());
  return took;
}

/** The floor: rows that are there already, inserted again in one transaction per batch by plain statements. */
function bareLoop(from: string, to: string, phase: Phase) {
  replicaOpener.open(to).close();
  const source = new Database(from, { readonly: true });
  const target = new Database(to);
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = NORMAL',
    'cache_size = -65536',
    'wal_autocheckpoint = 10000',
    'foreign_keys = OFF',
  ]) {
    target.pragma(pragma);
  }
  const phaseNo = phase === 'lazy' ? 0 : 1;
  const newest: Record<string, string> = {
    labels: 'id > (SELECT coalesce(max(id), 0) FROM bare.labels)',
    accounts: 'legacy_position >= ? AND id > (SELECT coalesce(max(id), 0) FROM bare.accounts)',
    credentials: 'account > (SELECT coalesce(max(account), 0) FROM bare.credentials)',
    tenant_log: 'id > (SELECT coalesce(max(id), 0) FROM bare.tenant_log)',
    outcomes: `phase = ${phaseNo} AND position >= ?`,
    finding_users: `phase = ${phaseNo} AND position >= ? AND code IN (SELECT id FROM labels WHERE text = 'profile.name-missing')`,
  };
  source.prepare('ATTACH ? AS bare').run(to);
  const tables = Object.entries(newest).map(([table, where]) => {
    const select = source.prepare<number[], unknown[]>(`SELECT * FROM main.${table} WHERE ${where}`).raw();
    const places = select
      .columns()
      .map(() => '?')
      .join(', ');
    return {
      select,
      places: where.split('?').length - 1,
      insert: target.prepare(`INSERT INTO ${table} VALUES (${places})`),
    };
  });
  return {
    copyFrom(position: number): number {
      const rows = tables.map(({ select, places, insert }) => ({
        insert,
        rows: select.all(...(places === 0 ? [] : [position])),
      }));
      const insertAll = target.transaction(() => {
        for (const table of rows) for (const row of table.rows) table.insert.run(...row);
      });
      return seconds(() => insertAll.immediate());
    },
    close(): number {
      source.close();
      return seconds(() => target.close());
    },
  };
}

function queryTimes(replica: Replica, phase: 'lazy' | 'bulk'): Record<string, number> {
  const times: Record<string, number> = {};
  const time = (name: string, query: () => unknown): void => {
    query();
    const runs: number[] = [];
    for (let run = 0; run < 5; run++) runs.push(seconds(query) * 1000);
    times[name] = Math.round(runs.sort((x, y) => x - y)[2]! * 100) / 100;
  };
  const page = (name: string, filter: object, after = -1) =>
    time(name, () => replica.outcomes({ phase, ...filter }, after, 100));
  const middle = Math.floor(users / 2);
  time('coverage by e-mail domain', () => replica.coverageBy(phase, 'emailDomain', 20));
  time('causes', () => replica.causes(phase));
  time('finding codes', () => replica.findingCodes(phase));
  time('counts', () => replica.counts(phase));
  time('accounts', () => replica.accountCount());
  page('page of all, middle', {}, middle);
  page('page of failed, middle', { status: 'failed' }, middle);
  page('page of skipped, middle', { status: 'skipped' }, middle);
  page('page of a cause', { cause: 'script.threw' }, middle);
  page('page of a finding', { findingCode: 'profile.name-missing' }, middle);
  page('page of a rare hash format', { cohort: { by: 'hashFormat', value: 'rare' } });
  page('page of a domain and failed', {
    status: 'failed',
    cohort: { by: 'emailDomain', value: 'company-7.example' },
  });
  page('page of a cause that a cohort never has', {
    cause: 'trial.no-password',
    cohort: { by: 'hashFormat', value: 'bcrypt-2b' },
  });
  const anyWay = replica.usesSplit(phase).map(({ uses }) => uses);
  const coverage = (name: string, filter: Partial<CoverageFilter>) =>
    time(name, () =>
      replica.outcomesWith(phase, { trait: null, status: null, ways: null, ...filter }, -1, 100),
    );
  time('coverage by scripts', () => replica.usesSplit(phase));
  time('coverage by domain and scripts', () => [
    replica.coverageOf(phase, 'emailDomain', 50),
    replica.coverageSum(phase, 'emailDomain'),
  ]);
  coverage('page of a rare trait', { trait: { attribute: 'hashFormat', value: 'rare' } });
  coverage('page of a domain that login was not run for', {
    trait: { attribute: 'emailDomain', value: 'company-7.example' },
    ways: anyWay.filter((uses) => uses.every(({ outcome: ending }, at) => at !== 1 || ending === 'not-run')),
  });
  coverage('page of skipped users of a domain', {
    trait: { attribute: 'emailDomain', value: 'company-7.example' },
    status: 'skipped',
  });
  time('what was kept of one user', () => replica.evidenceOf(phase, [middle * 3 + 1]));
  time('log of one user', () => replica.tenantLogOf(middle));
  time('one user by key', () => replica.outcomesOf([middle * 3 + 1]));
  time('one account by e-mail', () => replica.byEmail(email(middle)));
  return times;
}

const rate = (took: number): string => Math.round(users / took).toLocaleString('en');
const table: Record<string, string>[] = [];
for (const phase of ['bulk', 'lazy'] as const) {
  const path = join(folder, `${phase}.db`);
  const bare = join(folder, 'bare.db');
  const took = write(path, phase, 0, bare);
  table.push({
    work: phase === 'lazy' ? 'look-up, log, account, outcome' : 'account, outcome',
    'replica, users/s': rate(took.ours),
    'bare loop, users/s': rate(took.bare),
    ratio: (took.bare / took.ours).toFixed(2),
    'MB on disk': Math.round(statSync(path).size / 1e6).toString(),
  });
  rmSync(bare);
}
console.table(table);

const replica = replicaOpener.openReadOnly(join(folder, 'lazy.db'));
console.table(queryTimes(replica, 'lazy'));
const other = join(folder, 'other.db');
write(other, 'lazy', 1000, null);
const changed = replicaOpener.openReadOnly(other);
console.table({
  'compare two trials, s': seconds(() => void [...replicaComparer.compare(replica, changed, 'lazy')]).toFixed(
    2,
  ),
  'page of a change, ms': (
    seconds(
      () =>
        void [
          ...replicaComparer.usersOfChange(
            replica,
            changed,
            'lazy',
            { from: null, to: 'script.timed-out' },
            -1,
            100,
          ),
        ],
    ) * 1000
  ).toFixed(2),
  'content digests, s': seconds(() => void replica.contentDigests()).toFixed(2),
  'peak memory, MB': Math.round(process.resourceUsage().maxRSS / 1024),
});
replica.close();
changed.close();
