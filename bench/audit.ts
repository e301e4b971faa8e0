import { spawnSync } from 'node:child_process';
import { createReadStream, statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import Database from 'better-sqlite3';
import { countsOf, exportTarget, runAuditOf } from '#test/audit-run.ts';
import {
  PLANTED_OPTIONS,
  PLANTED_SETTINGS,
  plantedTruth,
  writePlantedExport,
  writePlantedLegacy,
} from '#test/planted-audit.ts';
import { projectFolder } from '#test/project-folder.ts';
import { benchOptions, usersOf } from './common/options.ts';
import { figure } from './common/rows.ts';

/*
 * An audit of two stores with planted differences, against a plain loop that reads both inputs (rows out of SQLite,
 * lines unpacked and parsed) and does nothing with them. Each runs in a process of its own, so that their memory can
 * be told. The audit's answer is compared with what was planted. Run: node bench/audit.ts [--users N, in whole thousands]
 */
const LEGACY = 'legacy.db';
const EXPORT = 'users.json.gz';

interface Measured {
  readonly seconds: number;
  /** Of all threads. */
  readonly cpuSeconds: number;
  readonly peakMb: number;
  readonly exact?: boolean;
}

async function readBoth(folder: string): Promise<void> {
  let read = 0;
  const legacy = async () => {
    const db = new Database(join(folder, LEGACY), { readonly: true });
    for (const row of db.prepare('SELECT * FROM users ORDER BY n').iterate()) {
      if (row !== null) read += 1;
      // Both are read at the same time, as the audit does.
      if (read % 2_000 === 0) await new Promise(setImmediate);
    }
    db.close();
  };
  const tenant = async () => {
    let rest = '';
    const text = createReadStream(join(folder, EXPORT), { highWaterMark: 1 << 20 }).pipe(
      createGunzip({ chunkSize: 1 << 20 }),
    );
    text.setEncoding('utf8');
    for await (const piece of text as AsyncIterable<string>) {
      const lines = piece.split('\n');
      lines[0] = rest + lines[0]!;
      rest = lines.pop()!;
      for (const line of lines) if (parses(line)) read += 1;
    }
  };
  await Promise.all([legacy(), tenant()]);
}

function parses(line: string): boolean {
  try {
    return JSON.parse(line) !== null;
  } catch {
    return false;
  }
}

async function audit(folder: string, users: number): Promise<boolean> {
  const { result } = await runAuditOf({
    project: folder,
    against: exportTarget(folder, EXPORT),
    ...PLANTED_OPTIONS,
  });
  return isDeepStrictEqual(countsOf(result), plantedTruth(users));
}

async function measured(what: 'read' | 'audit', folder: string, users: number): Promise<Measured> {
  const start = performance.now();
  const exact = what === 'audit' ? { exact: await audit(folder, users) } : {};
  if (what === 'read') await readBoth(folder);
  const { user, system } = process.cpuUsage();
  return {
    seconds: (performance.now() - start) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakMb: process.resourceUsage().maxRSS / 1024,
    ...exact,
  };
}

function inChild(what: 'read' | 'audit', folder: string, users: number): Measured {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      '--no-node-snapshot',
      '--disable-warning=ExperimentalWarning',
      fileURLToPath(import.meta.url),
      what,
      folder,
      String(users),
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Measured;
}

const [first, folder, count] = process.argv.slice(2);
if (folder !== undefined && (first === 'read' || first === 'audit')) {
  console.log(JSON.stringify(await measured(first, folder, Number(count))));
} else {
  // The planted store is made of groups of a thousand.
  const users = Math.ceil(usersOf(benchOptions(), 1_000_000) / 1_000) * 1_000;
  compare(users, await plant(users));
}

async function plant(users: number): Promise<string> {
  const project = projectFolder({ 'userferry.json': PLANTED_SETTINGS });
  writePlantedLegacy(join(project, LEGACY), users);
  await writePlantedExport(join(project, EXPORT), users);
  const mb = (name: string) => Math.round(statSync(join(project, name)).size / 1e6);
  console.log(
    `${users} legacy users (${mb(LEGACY)} MB), export of ${plantedTruth(users).tenant['lines']} lines (${mb(EXPORT)} MB packed)`,
  );
  return project;
}

function compare(users: number, project: string): void {
  // In turns, so that both meet the same load.
  const rows = (['read', 'audit', 'read', 'audit'] as const).map((what) => ({
    what,
    ...inChild(what, project, users),
  }));
  const best = (what: string) =>
    rows
      .filter((row) => row.what === what)
      .reduce((one, other) => (other.seconds < one.seconds ? other : one));
  for (const { what, seconds, cpuSeconds } of rows) {
    console.log(`${what}: ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} processor seconds`);
  }
  if (rows.some(({ exact }) => exact === false)) throw new Error('the audit is not what was planted');
  const [reading, auditing] = [best('read'), best('audit')];
  figure('audit of as many legacy as tenant users, field by field', auditing.seconds, 's', {
    better: 'less',
    users,
    baseline: { name: 'reading both sides, nothing else', figure: reading.seconds },
    goal: { most: 10, users: 1_000_000 },
  });
  figure('audit: peak memory', auditing.peakMb, 'MB', {
    better: 'less',
    users,
    baseline: { name: 'reading both sides, nothing else', figure: reading.peakMb },
    goal: { most: 500, users: 1_000_000 },
  });
}
