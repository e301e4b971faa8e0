import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Script } from '#engine/ports/script-runner.ts';
import { generateSample } from '#sample/generate-sample.ts';
import { createScriptRunner, type SandboxRunner } from '#sandbox/script-runner.ts';
import { closeKept } from '#sandbox/kept-pools.ts';
import { startEngine } from '#test/engine.ts';
import { startPostgresql } from '#test/postgresql.ts';
import { serverSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { userferry } from '#test/userferry.ts';

/*
 * The sandbox against plain Node with the same drivers and the same PostgreSQL, in one run, with other work on the
 * machine hitting both alike. Processor time per run, of the processes that run and call scripts but not of the database,
 * hardly minds that other work. Run: node --no-node-snapshot bench/sandbox.ts [seconds for each figure]
 */
const budgetMs = Number(process.argv[2] ?? 3) * 1000;
const WORKERS = 2;
const USERS = 2000;

interface Scripts {
  readonly processIds: readonly number[];
  run(text: string, args: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const loginScript = (text: string): Script => ({
  slot: 'login',
  text,
  checksum: createHash('sha256').update(text).digest('hex'),
});

function inSandbox(
  runner: SandboxRunner,
  configuration: Readonly<Record<string, string>>,
  container: 'warm' | 'fresh',
): Scripts {
  const known = new Map<string, Script>();
  return {
    get processIds() {
      return runner.processIds;
    },
    async run(text, args) {
      const script = known.get(text) ?? loginScript(text);
      known.set(text, script);
      const { ending, error } = await runner.run({
        script,
        args,
        password: null,
        configuration,
        container,
        timeLimitMs: 20_000,
        passwordChecks: { kind: 'true' },
        detail: 'counts',
      });
      if (ending !== 'called-back') throw new Error(`${ending}: ${error?.message ?? ''}`);
    },
    close: () => Promise.resolve(),
  };
}

/** As many processes of plain Node as the sandbox has workers, called in turn. */
function inPlainNode(configuration: Readonly<Record<string, string>>): Scripts {
  const waiting = new Map<number, { done: () => void; failed: (error: Error) => void }>();
  const hosts = Array.from({ length: WORKERS }, () =>
    fork(join(import.meta.dirname, 'plain-scripts.cjs'), { execArgv: [] }),
  );
  for (const host of hosts) {
    host.on('message', ({ id, error }: { id: number; error: string | null }) => {
      const call = waiting.get(id);
      waiting.delete(id);
      if (error === null) call?.done();
      else call?.failed(new Error(error));
    });
  }
  let next = 0;
  return {
    processIds: hosts.flatMap(({ pid }) => pid ?? []),
    run: (text, args) =>
      new Promise<void>((done, failed) => {
        const id = next++;
        waiting.set(id, { done, failed });
        hosts[id % WORKERS]!.send({ id, text, args, configuration });
      }),
    close: async () => {
      for (const host of hosts) host.kill();
      await sleep(50);
    },
  };
}

/** Ticks of a hundredth of a second that Linux has counted for a process. */
function ticks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

function processorMs(scripts: Scripts): number {
  if (process.platform !== 'linux') return Number.NaN;
  const own = process.cpuUsage();
  return scripts.processIds.reduce((sum, pid) => sum + ticks(pid) * 10, (own.user + own.system) / 1000);
}

interface Rate {
  readonly perSecond: number;
  readonly processorMs: number;
}

/** Calls with so many under way, after a warm-up. */
async function throughput(scripts: Scripts, text: string, inFlight: number): Promise<Rate> {
  let done = 0;
  let stop = false;
  let call = 0;
  const loop = async (): Promise<void> => {
    while (!stop) {
      await scripts.run(text, [`user${call++ % USERS}@example.com`, 'password']);
      done += 1;
    }
  };
  const loops = Array.from({ length: inFlight }, loop);
  await sleep(budgetMs / 2);
  const since = performance.now();
  const before = processorMs(scripts);
  done = 0;
  await sleep(budgetMs);
  const rate = {
    perSecond: (done / (performance.now() - since)) * 1000,
    processorMs: (processorMs(scripts) - before) / done,
  };
  stop = true;
  await Promise.all(loops);
  return rate;
}

/** Median milliseconds of one call at a time. */
async function latency(scripts: Scripts, text: string): Promise<number> {
  const times: number[] = [];
  const end = performance.now() + budgetMs / 2;
  for (let call = 0; performance.now() < end; call += 1) {
    const since = performance.now();
    await scripts.run(text, [`user${call % USERS}@example.com`, 'password']);
    if (call > 5) times.push(performance.now() - since);
  }
  return times.sort((one, other) => one - other)[times.length >> 1] ?? Number.NaN;
}

const NOTHING = 'function login(user, password, callback) { callback(null, { user_id: user }); }';
const POOLED = `function login(user, password, callback) {
  const { Pool } = require('pg');
  global.pool = global.pool || new Pool({ ...JSON.parse(configuration.DB), max: 4 });
  global.pool.query('SELECT id, name FROM users WHERE email = $1', [user], (error, result) => {
    if (error) return callback(error);
    callback(null, { user_id: String(result.rows[0].id), name: result.rows[0].name });
  });
}`;
const PER_CALL = `function login(user, password, callback) {
  const { Client } = require('pg');
  const client = new Client(JSON.parse(configuration.DB));
  client.connect((error) => {
    if (error) return callback(error);
    client.query('SELECT id, name FROM users WHERE email = $1', [user], (failed, result) => {
      client.end(() => {
        if (failed) return callback(failed);
        callback(null, { user_id: String(result.rows[0].id), name: result.rows[0].name });
      });
    });
  });
}`;
const ALL_MODULES = `function login(user, password, callback) {
  for (const name of ['pg', 'mysql', 'mysql2', 'tedious', 'mssql', 'mongodb', 'bcrypt', 'bcryptjs', 'argon2', 'request',
    'axios', 'node-fetch', 'lodash', 'async', 'uuid', 'jsonwebtoken', 'ldapjs', 'redis', 'moment', 'qs', 'auth0'])
    require(name);
  callback(null, {});
}`;

const database = await startPostgresql();
await database.query('CREATE TABLE users (id integer PRIMARY KEY, email text UNIQUE, name text)');
await database.query(
  `INSERT INTO users SELECT n, 'user' || n || '@example.com', 'User ' || n FROM generate_series(0, ${USERS - 1}) n`,
);
const { host, port, user, password, database: name } = database;
const configuration = { DB: JSON.stringify({ host, port, user, password, database: name }) };

const startedAt = performance.now();
const runner = await createScriptRunner({
  workers: WORKERS,
  egress: [{ host, port, because: 'the bench' }],
});
const startMs = performance.now() - startedAt;
const residentMb = (): number =>
  Math.round(
    Math.max(
      ...runner.processIds.map((pid) =>
        Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0),
      ),
    ) / 1024,
  );
const idleMb = process.platform === 'linux' ? residentMb() : Number.NaN;
const warm = inSandbox(runner, configuration, 'warm');
const fresh = inSandbox(runner, configuration, 'fresh');
const plain = inPlainNode(configuration);

const rows: Record<string, Record<string, string>> = {};
const whole = (rate: Rate): string => Math.round(rate.perSecond).toLocaleString('en');
async function compare(label: string, text: string, sandbox: Scripts, other: Scripts | null): Promise<void> {
  const [ours, ourMs] = [await throughput(sandbox, text, 16), await latency(sandbox, text)];
  rows[label] = {
    'sandbox, runs/s': whole(ours),
    'sandbox, ms': ourMs.toFixed(2),
    'sandbox, CPU ms': ours.processorMs.toFixed(3),
  };
  if (other === null) return;
  const [theirs, theirMs] = [await throughput(other, text, 16), await latency(other, text)];
  Object.assign(rows[label], {
    'plain Node, runs/s': whole(theirs),
    'plain Node, ms': theirMs.toFixed(2),
    'plain Node, CPU ms': theirs.processorMs.toFixed(3),
    'ratio of runs/s': (ours.perSecond / theirs.perSecond).toFixed(2),
    'ratio of ms': (ourMs / theirMs).toFixed(2),
    'ratio of CPU': (ours.processorMs / theirs.processorMs).toFixed(2),
  });
}

await compare('calls back at once, warm', NOTHING, warm, plain);
await compare('calls back at once, fresh', NOTHING, fresh, null);
await compare('PostgreSQL, pool in global', POOLED, warm, plain);
await compare('PostgreSQL, connection per call', PER_CALL, warm, plain);
await compare('PostgreSQL, connection per call, fresh', PER_CALL, fresh, null);
console.table(rows);

const modulesAt = performance.now();
await warm.run(ALL_MODULES, ['a', 'b']);
const modulesMs = performance.now() - modulesAt;
const again: number[] = [];
for (let run = 0; run < 5; run += 1) {
  const since = performance.now();
  await fresh.run(ALL_MODULES, ['a', 'b']);
  again.push(performance.now() - since);
}
console.table({
  'start of two workers, ms': Math.round(startMs),
  'first isolate with all modules, ms': Math.round(modulesMs),
  'further isolate with all modules, ms': Math.round(again.sort((one, other) => one - other)[2]!),
  'memory of a worker, idle, MB': idleMb,
  'memory of a worker, after all this, MB': process.platform === 'linux' ? residentMb() : Number.NaN,
});
await plain.close();
await runner.close();

// One user, as `userferry try` runs it: in an engine that is open, and from the start of the command.
const folder = await serverSampleProject(temporaryFolder('sandbox-bench'), 'postgresql', database, {
  users: 300,
});
const someone = generateSample({ users: 300, seed: 1, now: Date.UTC(2026, 10, 24) })
  .map(({ row }) => row.email)
  .find((email) => email !== null)!;
const engine = startEngine();
const tries: number[] = [];
for (let run = 0; run < 12; run += 1) {
  const since = performance.now();
  const { attempts } = await engine.client.scripts.try({
    project: folder,
    slot: 'get_user',
    identifier: someone,
  });
  if (attempts[0]?.ending !== 'called-back') throw new Error(`try: ${attempts[0]?.ending}`);
  tries.push(performance.now() - since);
}
await engine.close();
await closeKept();
const commandAt = performance.now();
const command = await userferry(['try', 'get_user', someone, '--project', folder]);
const commandMs = performance.now() - commandAt;
console.table({
  'first try of an engine, ms': Math.round(tries[0]!),
  'further tries, ms': Math.round(tries.slice(1).sort((one, other) => one - other)[5]!),
  'userferry try, from the start of the command, ms': Math.round(commandMs),
  'its exit code': command.code ?? -1,
});
removeFolder(folder);
await database.remove();
