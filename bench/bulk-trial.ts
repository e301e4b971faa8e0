import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createRouterClient } from '@orpc/server';
import { compose } from '#hosts/compose.ts';

/**
 * A bulk trial over the sample (1,000,000 users unless a number is given) against its rows dumped into a bare SQLite
 * table with the same indexes and none of the checks. Needs the `sqlite3` program for the baseline.
 */
const users = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'userferry-bench-'));
const project = join(folder, 'acme');

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function baseline(): Promise<boolean> {
  const legacy = join(project, 'legacy.db');
  const sql = [
    'CREATE TABLE u (id INTEGER PRIMARY KEY, email TEXT, login_name TEXT, pw_hash TEXT, rest TEXT);',
    'CREATE INDEX e ON u(email); CREATE INDEX n ON u(login_name);',
    `ATTACH '${legacy}' AS l;`,
    'INSERT INTO u SELECT id, lower(email), lower(login_name), pw_hash, profile_json || preferences FROM l.app_users;',
  ].join('\n');
  return Promise.resolve(spawnSync('sqlite3', [join(folder, 'bare.db')], { input: sql }).status === 0);
}

const engine = compose({ noteBug: (reference, cause) => console.error(reference, cause) });
const client = createRouterClient(engine.router, { context: {} });
try {
  const making = await timed(() => client.projects.init({ folder: project, from: 'sample', users }));
  let bare = false;
  const base = await timed(async () => {
    bare = await baseline();
  });
  const trial = await timed(async () => {
    const { id } = await client.trials.start({ project, kind: 'bulk' });
    for await (const progress of await client.trials.watch({ project, trial: id })) void progress;
  });
  const rate = (seconds: number): string => `${Math.round(users / seconds).toLocaleString('en')} users/s`;
  console.table({
    'make the sample': { seconds: making.toFixed(1), rate: rate(making), ratio: '' },
    'baseline: rows into bare SQLite': {
      seconds: bare ? base.toFixed(1) : 'no sqlite3 here',
      rate: bare ? rate(base) : '',
      ratio: bare ? '1.00' : '',
    },
    'bulk trial, all checks': {
      seconds: trial.toFixed(1),
      rate: rate(trial),
      ratio: bare ? (base / trial).toFixed(2) : '',
    },
  });
  console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
} finally {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
}
