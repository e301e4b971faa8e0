import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import type { AuditGroup } from '#domain/audit/audit-user.ts';
import { EarlierPeople } from '#audit/earlier-people.ts';
import type {
  AuditWork,
  EarlierList,
  ExportSummary,
  OpenAuditWork,
  PersonChange,
  PersonMark,
} from '#engine/ports/audit-work.ts';
import { readExportsBeside } from '#audit/export-thread.ts';
import { unreadable } from '#audit/export-text.ts';
import { JoinById } from '#audit/join-by-id.ts';
import { SharedUsers } from '#audit/shared-users.ts';
import { type FinishedSide, LegacySide, TenantSide } from '#audit/sides.ts';
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
  #finishedTenant: FinishedSide | null = null;
  #shared: SharedUsers | null = null;
  #earlier: EarlierPeople | null = null;
  #repeated = 0;

  constructor(partitions: number, users: number) {
    this.#shape = { partitions, users };
    this.#legacy = guarded(() => new LegacySide({ path: this.#folder.path('legacy'), ...this.#shape }));
  }

  addLegacy(people: Parameters<AuditWork['addLegacy']>[0]): void {
    guarded(() => people.forEach((person) => this.#legacy.add(person)));
  }

  addTenant(users: Parameters<AuditWork['addTenant']>[0]): void {
    guarded(() => {
      const side = (this.#tenant ??= new TenantSide({ path: this.#folder.path('tenant'), ...this.#shape }));
      users.forEach((user) => side.add(user));
    });
  }

  async readExports(
    ...[request, report, signal]: Parameters<AuditWork['readExports']>
  ): Promise<ExportSummary> {
    assert(this.#tenant === null, 'our bug: the tenant side is filled already');
    const input = { request, shape: { path: this.#folder.path('tenant'), ...this.#shape } };
    const { summary, side } = await readExportsBeside(input, report, signal);
    this.#finishedTenant = side;
    return summary;
  }

  *groups(): IterableIterator<AuditGroup> {
    if (this.#finishedTenant === null) this.addTenant([]);
    const tenant = this.#finishedTenant ?? guarded(() => this.#tenant!.finish());
    const legacy = guarded(() => this.#legacy.finish());
    this.#shared = guarded(() => new SharedUsers(this.#folder.path('shared.db')));
    const join = new JoinById(legacy, tenant, this.#shared);
    yield* guardedSteps(join.groups());
    this.#repeated = join.repeated;
    yield* guardedSteps(this.#shared.groups());
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

  close(): void {
    this.#shared?.close();
    this.#legacy.close();
    this.#tenant?.close();
    this.#earlier?.close();
    this.#folder.remove();
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
