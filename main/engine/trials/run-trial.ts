import type { PhaseRecord, TrialRecord, TrialStatus } from '#contract/trial-record.ts';
import type { Progress } from '#contract/trials.ts';
import { resolveAssumptions } from '#domain/assumptions.ts';
import { Fault } from '#engine/fault.ts';
import { pipelineHost } from '#engine/pipeline/pipeline-host.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import { runBulkPhase } from '#engine/trials/bulk-phase.ts';
import { runLazyPhase } from '#engine/trials/lazy-phase.ts';
import { openTrial, type OpenTrial } from '#engine/trials/open-trial.ts';
import { throughOutages } from '#engine/trials/outage.ts';
import type { PhaseContext, PhaseProgress } from '#engine/trials/phase-context.ts';
import { type ProgressFeed, RateMeter } from '#engine/trials/progress.ts';
import { writeRejects } from '#engine/trials/write-rejects.ts';
import { openUserSource } from '#engine/trials/user-source.ts';

const WRITE_RECORD_EVERY_MS = 2_000;

/** One trial while it runs: its record, who watches, and how it is stopped. */
export interface LiveTrial {
  record: TrialRecord;
  readonly feed: ProgressFeed;
  readonly controller: AbortController;
  /** Somebody asked for a pause: it ends with the running batch. */
  pausing: boolean;
}

interface Ending {
  readonly status: TrialStatus;
  readonly fault: TrialRecord['fault'];
  /** What went wrong on our side, to be passed on once the record says how the trial ended. */
  readonly bug: unknown;
}

/**
 * Runs a trial from where its replica stands to its end, a cancellation or a fault that lasts. Rejects only for
 * mistakes of ours. `ended` is called once nothing is held open any more and before watchers are told.
 */
export async function runTrial(
  ports: Ports,
  project: Project,
  live: LiveTrial,
  ended: () => void,
): Promise<void> {
  const { status, fault, bug } = await runToItsEnd(ports, project, live);
  try {
    await update(ports, project, live, { status, fault });
  } catch (trouble) {
    // A record that cannot be written, on a full disk above all, still ends for whoever watches; what the replica
    // has committed is kept, and the record on the disk says "running", which is read as interrupted.
    if (!(trouble instanceof Fault)) throw trouble;
  } finally {
    ended();
    const { pausedBy: _, ...latest } = live.feed.latest;
    const note = fault?.message ?? null;
    const by = status === 'paused' ? ({ pausedBy: 'user' } as const) : {};
    live.feed.publish({ ...latest, status, etaSeconds: null, note, ...by });
  }
  if (bug !== null) throw bug;
}

async function runToItsEnd(ports: Ports, project: Project, live: LiveTrial): Promise<Ending> {
  let open: OpenTrial | null = null;
  try {
    open = await openTrial(ports, project, live.record);
    for (const phase of live.record.phases) await runPhase(ports, project, live, open, phase);
    const phases = live.record.phases.map(({ phase }) => phase);
    await writeRejects(ports.trialFolders, project.folder, live.record.id, open.replica, phases);
    return { status: 'finished', fault: null, bug: null };
  } catch (trouble) {
    return endingOf(trouble, live.pausing);
  } finally {
    await open?.close();
  }
}

function endingOf(trouble: unknown, pausing: boolean): Ending {
  if (!(trouble instanceof Fault)) {
    const message = 'userferry stopped on a mistake of its own; the trial can be resumed';
    return { status: 'interrupted', fault: { kind: 'bug', message }, bug: trouble };
  }
  if (trouble.kind === 'cancelled') {
    return { status: pausing ? 'paused' : 'cancelled', fault: null, bug: null };
  }
  const { kind, message, help } = trouble;
  const fault = { kind, message, ...(help === undefined ? {} : { help }) };
  return { status: 'interrupted', fault, bug: null };
}

/** Between batches, where everything that was done is committed. */
function stopWherePaused({ pausing }: LiveTrial): void {
  if (pausing) throw new Fault('cancelled', 'the trial was paused');
}

async function update(
  ports: Ports,
  project: Project,
  live: LiveTrial,
  changes: Partial<TrialRecord>,
): Promise<void> {
  live.record = { ...live.record, ...changes, updatedAt: new Date(ports.clock.now()).toISOString() };
  await ports.trialFolders.writeRecord(project.folder, live.record);
}

async function runPhase(
  ports: Ports,
  project: Project,
  live: LiveTrial,
  open: OpenTrial,
  planned: PhaseRecord,
): Promise<void> {
  const { phase } = planned;
  if (open.replica.checkpoint(phase)?.finished === true) return;
  stopWherePaused(live);
  const { options } = live.record;
  const meter = new RateMeter();
  const startedAt = ports.clock.ticks();
  let wroteAt = startedAt;
  const guarded = <T>(work: () => Promise<T>): Promise<T> =>
    throughOutages(work, {
      clock: ports.clock,
      signal: live.controller.signal,
      retryForMs: options.retryForSeconds * 1000,
      onPause: (fault, waitMs) => {
        meter.reset();
        const note = `${fault.message}; next attempt in ${Math.ceil(waitMs / 1000)} s`;
        live.feed.publish({
          ...live.feed.latest,
          status: 'paused',
          pausedBy: 'database',
          rate: null,
          etaSeconds: null,
          note,
        });
        // No batch is running that a pause would wait for.
        if (live.pausing) live.controller.abort();
      },
      onBack: () => {
        const { pausedBy: _, ...latest } = live.feed.latest;
        live.feed.publish({ ...latest, status: 'running', note: null });
      },
    });
  const source = await guarded(() => openUserSource(open.legacy.store, options.filter));
  const committed = (progress: PhaseProgress): void => {
    const now = ports.clock.ticks();
    meter.note(now, progress.done);
    const expected = progress.finished ? progress.done : source.expected;
    const seconds = planned.seconds + (now - startedAt) / 1000;
    const phases = live.record.phases.map((one) =>
      one.phase === phase ? { ...one, ...progress, expected, seconds } : one,
    );
    live.record = { ...live.record, status: 'running', phases };
    live.feed.publish(progressOf(live.record, phase, expected, progress, meter));
    if (!progress.finished) stopWherePaused(live);
    if (now - wroteAt < WRITE_RECORD_EVERY_MS) return;
    wroteAt = now;
    // Only for people who look from outside meanwhile; the replica is the truth.
    update(ports, project, live, {}).catch(() => undefined);
  };
  const context: PhaseContext = {
    trialId: live.record.id,
    createdAtMs: Date.parse(live.record.createdAt),
    ports,
    project,
    options,
    assumptions: resolveAssumptions(project.settings.assumptions).assumptions,
    replica: open.replica,
    legacy: open.legacy,
    source,
    signal: live.controller.signal,
    afterOtherPhase: live.record.phases[0]?.phase !== phase,
    throughOutages: guarded,
    committed,
  };
  if (phase === 'bulk') return runBulkPhase(context);
  if (open.runner === null) throw new Error('a lazy phase without a script runner');
  return runLazyPhase({
    ...context,
    runner: open.runner,
    credentials: await ports.credentials(project),
    configuration: { ...project.configuration, ...open.legacy.configuration },
    signs: { seen: false },
    pipeline: pipelineHost(project, ports.identity, {
      mode: options.pipeline ?? 'off',
      runner: open.runner,
      assumptions: context.assumptions,
      timeLimitMs: options.timeLimitMs,
      detail: 'counts',
      container: options.container,
    }),
  });
}

function progressOf(
  record: TrialRecord,
  phase: 'lazy' | 'bulk',
  expected: number,
  counts: PhaseProgress,
  meter: RateMeter,
): Progress {
  const rate = meter.rate();
  const left = expected - counts.done;
  return {
    trial: record.id,
    status: 'running',
    phase,
    expected,
    done: counts.done,
    ok: counts.ok,
    failed: counts.failed,
    skipped: counts.skipped,
    rate,
    etaSeconds: rate === null || rate <= 0 ? null : left / rate,
    note: null,
  };
}
