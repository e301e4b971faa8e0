import type { TrialRecord } from '#contract/trial-record.ts';
import type { Progress } from '#contract/trials.ts';
import { resolveAssumptions } from '#domain/assumptions.ts';
import { Fault } from '#engine/fault.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { ListedTrial } from '#engine/ports/trial-folders.ts';
import { assertSameInputs, newRecord, optionsOf, type TrialRequest } from '#engine/trials/new-record.ts';
import { ProgressFeed } from '#engine/trials/progress.ts';
import { type LiveTrial, runTrial } from '#engine/trials/run-trial.ts';
import { openUserSource } from '#engine/trials/user-source.ts';
import {
  assertHasPipeline,
  assertReadable,
  assertTakesImports,
  openUsable,
} from '#engine/trials/usable-project.ts';

/** The trials that run in this engine, and the way to start, watch and stop them. */
export class TrialsDesk {
  readonly #ports: Ports;
  readonly #live = new Map<string, LiveTrial & { ended: Promise<void> }>();
  readonly #noteBug: (cause: unknown) => void;

  constructor(ports: Ports, noteBug: (cause: unknown) => void) {
    this.#ports = ports;
    this.#noteBug = noteBug;
  }

  get running(): number {
    return this.#live.size;
  }

  async start(request: TrialRequest): Promise<TrialRecord> {
    const project = await openUsable(this.#ports, request.project);
    await this.#assertFree(project.folder);
    const options = optionsOf(request);
    assertTakesImports(project, options.kind);
    assertHasPipeline(project, options);
    const { assumptions } = resolveAssumptions(project.settings.assumptions);
    const { where } = options.filter;
    const legacy = await this.#ports.openLegacy(project, {
      forScripts: false,
      ...(where === undefined ? {} : { where }),
    });
    let record: TrialRecord;
    try {
      const source = await openUserSource(legacy.store, options.filter);
      await assertReadable(project.settings, legacy.store, source);
      const { expected } = source;
      record = await newRecord(this.#ports, project, options, assumptions, legacy.store, expected);
    } finally {
      await legacy.close();
    }
    await this.#ports.trialFolders.create(project.folder, record);
    return this.#run(project, record);
  }

  async resume(folder: string, trial: string): Promise<TrialRecord> {
    if (this.#live.has(trial)) throw new Fault('project-busy', `trial ${trial} is already running`);
    const project = await openUsable(this.#ports, folder);
    const record = await this.#ports.trialFolders.readRecord(project.folder, trial);
    if (record.status === 'finished') {
      throw new Fault('input-invalid', `trial ${trial} is finished; there is nothing to resume`, {
        help: `Read its report with "userferry report ${trial}", or start a new trial.`,
      });
    }
    assertSameInputs(this.#ports, project, record);
    await this.#assertFree(project.folder);
    // Written at once: an engine that dies before the next batch must not leave it as paused or cancelled.
    const going: TrialRecord = { ...record, status: 'running', fault: null };
    await this.#ports.trialFolders.writeRecord(project.folder, going);
    return this.#run(project, going);
  }

  async *watch(folder: string, trial: string, signal?: AbortSignal): AsyncGenerator<Progress> {
    const live = this.#live.get(trial);
    if (live !== undefined) {
      yield* live.feed.watch(signal);
      return;
    }
    yield progressAtRest(await this.show(folder, trial));
  }

  /** Answers as soon as the trial has let go of its work. */
  async cancel(trial: string): Promise<boolean> {
    const live = this.#live.get(trial);
    if (live === undefined) return false;
    live.pausing = false;
    live.controller.abort();
    await live.ended;
    return true;
  }

  /** Answers at once; the trial stops after its running batch, or now where it only waits for its database. */
  pause(trial: string): boolean {
    const live = this.#live.get(trial);
    if (live === undefined) return false;
    live.pausing = true;
    if (live.feed.latest.status === 'paused') live.controller.abort();
    return true;
  }

  async show(folder: string, trial: string): Promise<TrialRecord> {
    const live = this.#live.get(trial);
    if (live !== undefined) return live.record;
    return asSeenNow(await this.#ports.trialFolders.readRecord(folder, trial));
  }

  async list(folder: string): Promise<readonly ListedTrial[]> {
    const listed = await this.#ports.trialFolders.list(folder);
    return listed.map((one) => {
      if (one.kind === 'damaged') return one;
      return { kind: 'trial', record: this.#live.get(one.record.id)?.record ?? asSeenNow(one.record) };
    });
  }

  async remove(folder: string, trial: string): Promise<void> {
    if (this.#live.has(trial)) {
      throw new Fault('project-busy', `trial ${trial} is running`, { help: 'Cancel it first.' });
    }
    const lock = await this.#ports.lockProject(folder);
    try {
      await this.#ports.trialFolders.remove(folder, trial);
    } finally {
      await lock.release();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#live.keys()].map((trial) => this.cancel(trial)));
  }

  /** Whether somebody else is writing to the project is told before a trial is made that could not begin. */
  async #assertFree(folder: string): Promise<void> {
    const lock = await this.#ports.lockProject(folder);
    await lock.release();
  }

  #run(project: Project, record: TrialRecord): TrialRecord {
    const live: LiveTrial = {
      record,
      feed: new ProgressFeed({ ...progressAtRest(record), status: 'running' }, this.#ports.clock),
      controller: new AbortController(),
      pausing: false,
    };
    const ended = runTrial(this.#ports, project, live, () => this.#live.delete(record.id)).catch(
      this.#noteBug,
    );
    this.#live.set(record.id, Object.assign(live, { ended }));
    return record;
  }
}

/** A record that says `running` without anybody running it was left by a process that died. */
function asSeenNow(record: TrialRecord): TrialRecord {
  return record.status === 'running' ? { ...record, status: 'interrupted' } : record;
}

function progressAtRest(record: TrialRecord): Progress {
  const phase = record.phases.find((one) => !one.finished) ?? record.phases.at(-1) ?? null;
  return {
    trial: record.id,
    status: record.status,
    phase: phase?.phase ?? null,
    expected: phase?.expected ?? 0,
    done: phase?.done ?? 0,
    ok: phase?.ok ?? 0,
    failed: phase?.failed ?? 0,
    skipped: phase?.skipped ?? 0,
    rate: null,
    etaSeconds: null,
    note: record.fault?.message ?? null,
    ...(record.status === 'paused' ? { pausedBy: 'user' as const } : {}),
  };
}
