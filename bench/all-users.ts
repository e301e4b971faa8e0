import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { hash } from '@node-rs/bcrypt';
import type { Slot } from '#domain/migration/slots.ts';
import { SAMPLE_TABLE } from '#sample/sample-row.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { bareBcryptRate } from './common/bare-bcrypt.ts';
import { inFlightOf, inTurns, sharesOf, type Sides } from './common/in-turns.ts';
import { benchOptions, secondsOf, usersOf } from './common/options.ts';
import { startPlainLoop } from './common/plain-loop.ts';
import { figure, leftOut } from './common/rows.ts';
import { passwordOfSound, serverProject } from './common/sample-projects.ts';
import { startSandboxLoop } from './common/sandbox-loop.ts';
import { rateOf } from './common/timing.ts';

/*
 * The sample's get_user and login for every user of a PostgreSQL store, in the sandbox as a trial calls them, against
 * the same script text in plain Node processes, one for each core, with the same driver and the same pool. Both go
 * through the same users in turns, a tenth at a time, and what they called back with must be the same to the byte.
 * Run: node --no-node-snapshot bench/all-users.ts [--users N] [--seconds S]
 */
const TEMPLATES = join(import.meta.dirname, '../templates/sample/postgresql');
const BCRYPT_COST = 10;
const options = benchOptions();
const users = usersOf(options, 1_000_000);
const cores = availableParallelism();

const missing = postgresqlMissing();
if (missing === null) await measure();
else leftOut('get_user and login over all users', `no ${missing}`);

async function measure(): Promise<void> {
  const folder = temporaryFolder('all-users-bench');
  const server = await startPostgresql();
  try {
    await serverProject(join(folder, 'acme'), 'postgresql', server, users, 'sound');
    removeFolder(folder);
    await overAll(server, 'get_user', ({ email }) => [email]);
    await overAll(server, 'login', ({ email, id }) => [email, passwordOfSound(id)]);
    await trueBcrypt(server);
  } finally {
    await server.remove();
  }
}

interface Person {
  readonly id: number;
  readonly email: string;
}

async function people(server: DatabaseServer): Promise<readonly Person[]> {
  const rows = await server.query(`SELECT id, email FROM ${SAMPLE_TABLE} ORDER BY id`);
  return rows.map(({ id, email }) => ({ id: Number(id), email: String(email) }));
}

async function connections(server: DatabaseServer): Promise<number> {
  const [row] = await server.query(
    `SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = '${server.database}'`,
  );
  return Number(row?.['open']);
}

async function sidesOf(server: DatabaseServer, slot: Slot): Promise<Sides> {
  const { host, port, user, password, database } = server;
  const configuration = {
    DB_HOST: host,
    DB_PORT: String(port),
    DB_NAME: database,
    DB_USER: user,
    DB_PASSWORD: password,
    DB_TLS: 'off',
  };
  const text = readFileSync(join(TEMPLATES, `${slot}.js`), 'utf8');
  const egress = [{ host, port, because: 'the bench' }];
  return {
    sandbox: await startSandboxLoop(cores, slot, text, configuration, egress),
    plain: await startPlainLoop(cores, text, configuration),
    processes: cores,
  };
}

async function overAll(
  server: DatabaseServer,
  slot: Slot,
  argsOf: (person: Person) => readonly string[],
): Promise<void> {
  const all = (await people(server)).map(argsOf);
  const sides = await sidesOf(server, slot);
  try {
    const before = await connections(server);
    // Pools let go of connections that rest, so they are counted before anything takes long.
    const few = all.slice(0, 1_000);
    await sides.sandbox.run(few);
    const ofSandbox = (await connections(server)) - before;
    await sides.plain.give(sharesOf(few, cores));
    await sides.plain.run(inFlightOf(sides));
    const ofPlain = (await connections(server)) - before - ofSandbox;
    const { oursMs, plainMs } = await inTurns(sides, all);
    console.log(
      `${slot}: ${all.length} users, ${sides.sandbox.concurrency} at once on both sides, results equal; ` +
        `connections: sandbox ${ofSandbox}, plain Node ${ofPlain}`,
    );
    figure(
      `${slot} over all users, pooled${slot === 'login' ? ', cheap hash' : ''}`,
      (all.length / oursMs) * 1000,
      'users/s',
      {
        users,
        baseline: {
          name: `plain Node, same script and driver, ${cores} processes`,
          figure: (all.length / plainMs) * 1000,
        },
        ...(slot === 'get_user' ? { goal: { ratio: 0.8, users: 1_000_000 } } : {}),
      },
    );
  } finally {
    await sides.sandbox.close();
    await sides.plain.close();
  }
}

/** Each user has the same password; who it is makes no difference to the time of a check. */
async function trueBcrypt(server: DatabaseServer): Promise<void> {
  const password = 'correct horse';
  const stored = await hash(password, BCRYPT_COST);
  await server.query(`UPDATE ${SAMPLE_TABLE} SET pw_scheme = 'bcrypt', pw_salt = NULL, pw_hash = '${stored}'
    WHERE id IN (SELECT id FROM ${SAMPLE_TABLE} ORDER BY id LIMIT 1000)`);
  const some = (await people(server)).slice(0, 1_000).map(({ email }) => [email, password]);
  const sides = await sidesOf(server, 'login');
  await sides.plain.close();
  const seconds = secondsOf(options, 10);
  const rates = { ours: 0, bare: 0 };
  let next = 0;
  const login = async (): Promise<void> => {
    const [run] = await sides.sandbox.run([some[next++ % some.length]!]);
    if (run?.ending !== 'called-back') throw new Error(`login ended as ${run?.ending}`);
  };
  const inFlight = cores * 4;
  try {
    await rateOf(inFlight, 0.5, login);
    for (let round = 0; round < 2; round += 1) {
      rates.bare += (await bareBcryptRate(inFlight, seconds, password, stored)) / 2;
      rates.ours += (await rateOf(inFlight, seconds, login)) / 2;
    }
  } finally {
    await sides.sandbox.close();
  }
  figure(`login with a true check, bcrypt ${BCRYPT_COST}, all cores`, rates.ours, 'logins/s', {
    baseline: { name: 'the library alone, all cores', figure: rates.bare },
    goal: { ratio: 0.95 },
  });
}
