import assert from 'node:assert/strict';
import { rmSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { mergedTally, type PeopleTally } from '#domain/audit/people-tally.ts';
import { Fault } from '#engine/fault.ts';
import type {
  AuditWork,
  EarlierList,
  ExportSummary,
  OpenAuditWork,
  PersonChange,
  PersonMark,
  VisitGroup,
} from '#engine/ports/audit-work.ts';
import {
  countedSoFar,
  countPartitions,
  type CountRules,
  newProgress,
  peopleCounter,
} from '#audit/count-people.ts';
import { EarlierPeople } from '#audit/earlier-people.ts';
import { ExportThread } from '#audit/export-thread.ts';
import { unreadable } from '#audit/export-text.ts';
import { JoinById, leafFilesOf } from '#audit/join-by-id.ts';
import { SharedUsers } from '#audit/shared-users.ts';
import { type FinishedSide, LegacySide, TenantSide } from '#audit/side-writer.ts';
import { openWorkFolder, workFault } from '#audit/work-folder.ts';

/** Users of one side in one partition, about: what is in memory at once. */
const USERS_PER_PARTITION = 2_000;
const MOST_PARTITIONS = 2_048;
/** A user in a packed export, about. */
const PACKED_BYTES_PER_USER = 60;

export const openAuditWork: OpenAuditWork = ({ legacyUsers, files }) => {
  const bytes = files.reduce((sum, path) => sum + sizeOf(path), 0);
  const users = Math.max(legacyUsers, bytes / PACKED_BYTES_PER_USER);
  const partitions = Math.min(MOST_PARTITIONS, Math.max(16, Math.ceil(users / USERS_PER_PARTITION)));
  return new AuditWorkbench(partitions, users);
};

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch (error) {
    throw unreadable(path, error);
  }
}

class AuditWorkbench implements AuditWork {
  readonly #shape: { readonly partitions: number; readonly users: number };
  readonly #folder = guarded(openWorkFolder);
  readonly #legacy: LegacySide;
  #tenant: TenantSide | null = null;
  #thread: ExportThread | null = null;
  #finishedTenant: FinishedSide | null = null;
  #leafFiles: readonly number[] = [];
  #sides: { readonly legacy: FinishedSide; readonly tenant: FinishedSide } | null = null;
  #shared: SharedUsers | null = null;
  #walks = 0;
  #join: JoinById | null = null;
  #earlier: EarlierPeople | null = null;
  #repeated = 0;

  constructor(partitions: number, users: number) {
    this.#shape = { partitions, users };
    this.#legacy = guarded(() => new LegacySide({ path: this.#folder.path('legacy'), ...this.#shape }));
  }

  addLegacy(people: Parameters<AuditWork['addLegacy']>[0]): void {
    guarded(() => {
      for (const person of people) this.#legacy.add(person);
    });
  }

  addTenant(users: Parameters<AuditWork['addTenant']>[0]): void {
    guarded(() => {
      const side = (this.#tenant ??= new TenantSide({ path: this.#folder.path('tenant'), ...this.#shape }));
      for (const user of users) side.add(user);
    });
  }

  async readExports(
    ...[request, report, signal]: Parameters<AuditWork['readExports']>
  ): Promise<ExportSummary> {
    assert(this.#tenant === null && this.#thread === null, 'our bug: the tenant side is filled already');
    this.#thread = new ExportThread({
      request,
      shape: { path: this.#folder.path('tenant'), ...this.#shape },
    });
    const { summary, side } = await this.#thread.read(report, signal);
    this.#finishedTenant = side;
    this.#leafFiles = leafFilesOf(summary.files);
    return summary;
  }

  *people(visit: VisitGroup): IterableIterator<void> {
    yield* guardedSteps(this.#people(visit));
  }

  *#people(visit: VisitGroup): IterableIterator<void> {
    const { join, shared } = this.#joined();
    for (let partition = 0; partition < this.#shape.partitions; partition++) {
      join.partition(partition, visit);
      yield;
    }
    this.#repeated = join.repeated;
    yield* shared.groups(visit);
  }

  async count(...[rules, selection, report, signal]: Parameters<AuditWork['count']>): Promise<PeopleTally> {
    try {
      return await this.#count({ rules, selection }, report, signal);
    } catch (error) {
      throw workFault(error);
    }
  }

  async #count(rules: CountRules, report: (done: number) => void, signal: AbortSignal): Promise<PeopleTally> {
    const { partitions } = this.#shape;
    const { join, shared, legacy } = this.#joined();
    const progress = newProgress();
    const counter = peopleCounter(rules, progress);
    const task = { ...rules, legacy, partitions, shared: this.#folder.path('shared-2.db'), progress };
    const other = this.#thread?.count(task, signal) ?? null;
    // Failing before anybody waits for it is no accident: it is waited for below.
    other?.catch(() => undefined);
    const told = () => report(countedSoFar(progress));
    await inTurns(countPartitions(join, partitions, counter, progress), told, signal);
    const part = await other;
    this.#repeated = join.repeated + (part?.repeated ?? 0);
    if (part !== null) await inTurns(shared.take(part.shared), told, signal);
    counter.part(partitions);
    await inTurns(shared.groups(counter.visit), told, signal);
    return part === null ? counter.tally : mergedTally([counter.tally, part.tally]);
  }

  #joined(): { readonly join: JoinById; readonly shared: SharedUsers; readonly legacy: FinishedSide } {
    if (this.#finishedTenant === null && this.#tenant === null) this.addTenant([]);
    const { legacy, tenant } = (this.#sides ??= {
      tenant: this.#finishedTenant ?? this.#tenant!.finish(),
      legacy: this.#legacy.finish(),
    });
    // What an earlier walk looked at more closely is gone with it: each begins with nobody.
    this.#join?.close();
    this.#join = null;
    this.#shared?.close();
    if (this.#walks > 0) rmSync(this.#folder.path(`shared-of-${this.#walks}.db`), { force: true });
    this.#walks += 1;
    const shared = (this.#shared = new SharedUsers(this.#folder.path(`shared-of-${this.#walks}.db`)));
    const join = (this.#join = new JoinById(legacy, tenant, shared, this.#leafFiles));
    return { join, shared, legacy };
  }

  readEarlier(path: string, signal: AbortSignal): Promise<EarlierList> {
    this.#earlier = guarded(() => new EarlierPeople(this.#folder.path, this.#shape.partitions));
    return this.#earlier.read(path, signal);
  }

  noteNow(person: PersonMark): void {
    guarded(() => this.#earlier!.noteNow(person));
  }

  *changes(): IterableIterator<PersonChange> {
    yield* guardedSteps(this.#earlier!.changes());
  }

  repeated(): number {
    return this.#repeated;
  }

  async close(): Promise<void> {
    await this.#thread?.close();
    this.#join?.close();
    this.#shared?.close();
    this.#legacy.close();
    this.#tenant?.close();
    this.#earlier?.close();
    this.#folder.remove();
  }
}

/** Milliseconds of work between two turns of everybody else. */
const TURN_MS = 15;

async function inTurns(steps: Iterable<void>, told: () => void, signal: AbortSignal): Promise<void> {
  let began = performance.now();
  for (const _step of steps) {
    if (performance.now() - began < TURN_MS) continue;
    told();
    await setImmediate();
    if (signal.aborted) throw new Fault('cancelled', 'the audit was cancelled');
    began = performance.now();
  }
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw workFault(error);
  }
}

function* guardedSteps<T>(steps: IterableIterator<T>): IterableIterator<T> {
  try {
    yield* steps;
  } catch (error) {
    throw workFault(error);
  }
}
