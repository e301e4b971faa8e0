import { join } from 'node:path';
import { startEngine } from '#test/engine.ts';
import { manyPeopleProject } from '#test/many-people.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { benchOptions, sizesOf } from './common/options.ts';
import { placesAllOver } from './common/places.ts';
import { figure, leftOut } from './common/rows.ts';
import { median, quantile } from './common/statistics.ts';
import { msOf } from './common/timing.ts';

/*
 * Pages of legacy users in PostgreSQL as the grid asks the engine for them: opening the list, and jumps to places all
 * over it once these are noted. Against the same pages by LIMIT and OFFSET from the same server.
 * Run: node --no-node-snapshot bench/legacy-pages.ts [--users N | --sizes N,N]
 */
const JUMPS = 60;
const PAGE = 100;
const NOTING_MS = 300_000;

const missing = postgresqlMissing();
if (missing !== null) leftOut('pages of legacy users', `no ${missing}`);
else for (const users of sizesOf(benchOptions(), 1_000_000)) await measure(users);

type Client = ReturnType<typeof startEngine>['client'];

async function measure(users: number): Promise<void> {
  const folder = temporaryFolder('pages-bench');
  const server = await startPostgresql();
  const { client, close } = startEngine();
  try {
    const project = await manyPeopleProject(join(folder, 'acme'), server, users);
    const opened = await msOf(() => client.legacy.users({ project, at: 0, limit: PAGE }));
    const noted = await msOf(() => untilNoted(client, project));
    const places = placesAllOver(JUMPS, users - PAGE);
    const ours: number[] = [];
    const bare: number[] = [];
    for (const at of places) {
      ours.push(
        await msOf(async () => {
          const { rows } = await client.legacy.users({ project, at, limit: PAGE });
          if (rows.length !== PAGE || rows[0]?.cells[0] !== String(at + 1))
            throw new Error(`wrong rows at ${at}`);
        }),
      );
      bare.push(await msOf(() => offset(server, at)));
    }
    const many = `${users.toLocaleString('en')} users`;
    const byOffset = { name: 'the same by OFFSET', figure: median(bare) };
    console.log(`${many}: all places noted ${(noted / 1000).toFixed(1)} s after the list was opened`);
    figure('legacy users opened, with the count', opened, 'ms', { better: 'less', users });
    figure(`jump among legacy users, median of ${JUMPS}`, median(ours), 'ms', {
      better: 'less',
      users,
      baseline: byOffset,
      goal: users > 1_000_000 ? { most: 100, users: 10_000_000 } : { most: 65, users: 1_000_000 },
    });
    figure(`jump among legacy users, slowest of ${JUMPS}`, quantile(ours, 1), 'ms', {
      better: 'less',
      users,
      baseline: { name: 'the slowest by OFFSET', figure: quantile(bare, 1) },
    });
  } finally {
    await close();
    await server.remove();
    removeFolder(folder);
  }
}

async function untilNoted(client: Client, project: string): Promise<void> {
  for (const end = performance.now() + NOTING_MS; performance.now() < end; ) {
    const { noted } = await client.legacy.users({ project, at: 0, limit: 1 });
    if (noted.complete) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the places of the rows were not noted in time');
}

async function offset(server: DatabaseServer, at: number): Promise<void> {
  const rows = await server.query(`SELECT * FROM people ORDER BY id LIMIT ${PAGE} OFFSET ${at}`);
  if (rows.length !== PAGE) throw new Error(`no rows at ${at}`);
}
