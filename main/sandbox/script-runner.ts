import type { Json } from '#domain/json.ts';
import type {
  ScriptAttempt,
  ScriptEnding,
  ScriptFinding,
  ScriptRun,
  ScriptRunner,
  ScriptRunnerOptions,
} from '#engine/ports/script-runner.ts';
import { type AttemptJob, endingOf, newJob } from './attempt-job.ts';
import { createEgressPolicy } from './broker/egress-policy.ts';
import type { AttemptResult } from './protocol.ts';
import { LIMITS } from './protocol.ts';
import type { Resolver } from './broker/resolver.ts';
import { loadSandboxBuild } from './sandbox-build.ts';
import { keep, takeKept } from './kept-pools.ts';
import { WorkerPool } from './worker-pool.ts';

const DEFAULT_MEMORY_MB = 128;
/** Several scripts of one user follow each other, so a few more than the containers that one script gets. */
const ATTEMPTS_PER_WORKER = 8;
/** Numbers start again after this many; by then the first are long over. */
const MOST_ATTEMPTS = 1_000_000_000;

export interface SandboxOptions extends ScriptRunnerOptions {
  /** Start isolates from snapshots (default) or by compiling; the latter is slower and there in case of trouble. */
  readonly snapshots?: boolean;
  /** Where names are looked up, instead of in the system. */
  readonly resolver?: Resolver;
  /** Folder with the built guest, where it is not in its usual place. */
  readonly buildFolder?: string;
}

export interface SandboxRunner extends ScriptRunner {
  /** Process ids of the workers that run now. */
  readonly processIds: readonly number[];
  /** Whether isolates start from snapshots: asked for, and found to work on this machine. */
  readonly snapshots: boolean;
}

/** The port's implementation: worker processes under a pool, with their network brokered in this process. */
export async function createScriptRunner(options: SandboxOptions): Promise<SandboxRunner> {
  const workers = Math.max(1, options.workers);
  const outside = {
    policy: createEgressPolicy(options.egress),
    network: options.network ?? 'normal',
    ...(options.resolver === undefined ? {} : { resolver: options.resolver }),
  } as const;
  const settings = {
    workers,
    memoryLimitMb: options.memoryLimitMb ?? DEFAULT_MEMORY_MB,
    snapshots: options.snapshots ?? true,
    buildFolder: options.buildFolder,
  };
  const key = JSON.stringify(settings);
  const pool =
    (options.keepWorkers === true ? takeKept(key, outside) : null) ??
    (await WorkerPool.start({
      ...settings,
      build: loadSandboxBuild(options.buildFolder),
      outside: { ...outside },
    }));
  let next = 1;
  return {
    concurrency: workers * ATTEMPTS_PER_WORKER,
    get processIds() {
      return pool.processIds;
    },
    snapshots: pool.snapshots,
    run(attempt) {
      if (Buffer.byteLength(attempt.script.text) > LIMITS.scriptBytes)
        return Promise.resolve(tooLarge(attempt));
      return new Promise((resolve, reject) => {
        const id = next;
        next = next === MOST_ATTEMPTS ? 1 : next + 1;
        pool.run(newJob(id, attempt, (job) => resolve(scriptRun(job)), reject));
      });
    },
    close: () => (options.keepWorkers === true ? keep(key, pool) : pool.close()),
  };
}

function tooLarge(attempt: ScriptAttempt): ScriptRun {
  const message = `the script has more than ${LIMITS.scriptBytes / 1024} KB`;
  const job = newJob(
    0,
    attempt,
    () => undefined,
    () => undefined,
  );
  job.result = { ...endingOf('too-large'), error: { name: 'RangeError', message } };
  return scriptRun(job);
}

function scriptRun(job: AttemptJob): ScriptRun {
  const { traffic, full } = job;
  const result = job.result ?? endingOf('crashed');
  const now = performance.now();
  const ending = endingFor(job, result);
  const value = ending === 'called-back' ? parsedValue(result.value) : null;
  const database = Math.min(job.totalMs, traffic.databaseMs(now));
  const hashing = Math.min(job.totalMs - database, result.hashingMs);
  return {
    ending,
    value,
    error: result.error,
    findings: findings(job, result),
    console: full ? job.console : [],
    statements: full ? traffic.statements : [],
    connections: full ? traffic.told(now) : [],
    refused: traffic.refused,
    lostConnection: traffic.lostConnection,
    statementCount: traffic.statementCount,
    connectionCount: traffic.connectionCount,
    passwordChecks: { truly: result.truly, assumed: result.assumed },
    ms: { total: job.totalMs, database, hashing, script: Math.max(0, job.totalMs - database - hashing) },
    memoryBytes: result.memoryBytes,
    ...(result.longestTurnMs === null ? {} : { longestTurnMs: result.longestTurnMs }),
  };
}

/** What it means that nothing had ended an attempt when its time was up: still at work, or forgotten to call back. */
function endingFor(job: AttemptJob, result: AttemptResult): ScriptEnding {
  if (result.ending !== 'expired') return result.ending;
  if (job.traffic.busy) return 'timed-out';
  if (result.waiting === 'work') return 'timed-out';
  // With idle connections open, a timer is most likely the pool's own.
  return result.waiting === 'timer' && job.openSockets === 0 ? 'timed-out' : 'never-called-back';
}

function parsedValue(text: string | null): Json {
  if (text === null) return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

function findings(job: AttemptJob, result: AttemptResult): ScriptFinding[] {
  const { traffic } = job;
  const told: ScriptFinding[] = [...result.findings, ...job.findings].map(
    ({ code, message, line, column }) => ({
      code,
      message,
      ...(line === undefined ? {} : { line }),
      ...(column === undefined ? {} : { column }),
    }),
  );
  for (const { host, port, reason, line } of traffic.refused) {
    const where = port === 0 ? host : `${host}:${port}`;
    told.push({
      code: 'egress.refused',
      message: `${where}: ${reason}`,
      ...(line === undefined ? {} : { line }),
    });
  }
  const unchecked = [...traffic.connections.values()].filter(({ verificationOff }) => verificationOff);
  for (const where of new Set(unchecked.map(({ host, port }) => `${host}:${port}`))) {
    told.push({
      code: 'script.tls-not-verified',
      message: `the connection to ${where} is encrypted, but the server's certificate is not checked`,
    });
  }
  if (traffic.builtStatement) {
    told.push({
      code: 'script.sql-built',
      message: 'what the user typed was part of the text of a statement that went to the database',
    });
  }
  if (!job.full || result.ending === 'expired') return told;
  if (traffic.lateWork > 0) {
    told.push({
      code: 'script.work-after-callback',
      message: `${traffic.lateWork} statements, connections or console lines came after the callback`,
    });
  }
  // Node keeps HTTP connections alive by itself, for fetch and for its default agents.
  const http = new Set(
    traffic.statements.filter(({ protocol }) => protocol === 'http').map((one) => one.connection),
  );
  const left = [...traffic.connections.values()].filter(
    ({ id, closedAt }) => closedAt === null && !http.has(id),
  );
  if (left.length > 0 && !result.pooled) {
    const where = left.map(({ host, port }) => `${host}:${port}`).join(', ');
    told.push({
      code: 'script.connection-left-open',
      message: `open after the callback and not kept in "global": ${where}`,
    });
  }
  return told;
}
