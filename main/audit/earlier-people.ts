import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import { textHash } from '#domain/text-hash.ts';
import { Fault } from '#engine/fault.ts';
import type { EarlierList, PersonChange, PersonMark } from '#engine/ports/audit-work.ts';
import { headOf, TEXT_LIMITS, textOf } from '#audit/export-text.ts';
import { linesIn } from '#audit/lines.ts';
import { PartitionReader, PartitionSpool } from '#audit/partition-spool.ts';
import { type Cut, mostBytes, putRecord, recordFields, recordId, sizeOf } from '#audit/record-codec.ts';
import { partitionOf } from '#audit/side-writer.ts';

const START: Cut = { place: 'start', field: 0 };
/** The mark, the key, the id of either side. */
const END: Cut = { place: 'end', field: 4 };

/** The list of an earlier audit and the people of this one, brought together person by person on disk. */
export class EarlierPeople {
  readonly #partitions: number;
  readonly #paths: { readonly before: string; readonly now: string };
  readonly #before: PartitionSpool;
  readonly #now: PartitionSpool;

  constructor(path: (name: string) => string, partitions: number) {
    this.#partitions = partitions;
    this.#paths = { before: path('before'), now: path('now') };
    this.#before = new PartitionSpool(this.#paths.before, partitions);
    this.#now = new PartitionSpool(this.#paths.now, partitions);
  }

  async read(path: string, signal: AbortSignal): Promise<EarlierList> {
    const text = textOf(path, await headOf(path), TEXT_LIMITS, () => undefined, signal);
    let header: Omit<EarlierList, 'people'> | null = null;
    let people = 0;
    for await (const { line, text: given } of linesIn(text, TEXT_LIMITS.longestLine)) {
      const value = given === null ? null : parsed(given);
      if (header === null) header = headerOf(value, path);
      else {
        this.#put(this.#before, markOf(value, path, line));
        people += 1;
      }
    }
    if (header === null) throw noList(path);
    return { ...header, people };
  }

  noteNow(person: PersonMark): void {
    this.#put(this.#now, person);
  }

  close(): void {
    this.#before.close();
    this.#now.close();
  }

  *changes(): IterableIterator<PersonChange> {
    const before = new PartitionReader(this.#paths.before, this.#before.finish());
    const now = new PartitionReader(this.#paths.now, this.#now.finish());
    try {
      for (let partition = 0; partition < this.#partitions; partition++) {
        yield* changesIn(peopleIn(before, partition), peopleIn(now, partition));
      }
    } finally {
      before.close();
      now.close();
    }
  }

  #put(spool: PartitionSpool, { key, legacyId, tenantId, mark }: PersonMark): void {
    const keyText = key === null ? null : JSON.stringify(key);
    const id = keyText ?? `tenant ${tenantId ?? ''}`;
    const hash = textHash(id);
    const fields = [mark, keyText, legacyId, tenantId];
    const keys = { id: hash, first: 0, second: 0, flags: 0, numbers: [0, 0] } as const;
    spool.add(partitionOf(hash, this.#partitions), mostBytes(fields, id), (room, at) =>
      putRecord(room, at, keys, fields, 0, id),
    );
  }
}

function peopleIn(reader: PartitionReader, partition: number): ReadonlyMap<string, PersonMark> {
  const people = new Map<string, PersonMark>();
  const { room, end } = reader.read(partition);
  for (let at = 0; at < end; at += sizeOf(room, at)) {
    const [mark, key, legacyId, tenantId] = recordFields(room, at, START, END);
    people.set(recordId(room, at), {
      key: key === null || key === undefined ? null : (JSON.parse(key) as LegacyKey),
      legacyId: legacyId ?? null,
      tenantId: tenantId ?? null,
      mark: mark!,
    });
  }
  return people;
}

function* changesIn(
  before: ReadonlyMap<string, PersonMark>,
  now: ReadonlyMap<string, PersonMark>,
): IterableIterator<PersonChange> {
  for (const [id, { mark, ...person }] of now) {
    const from = before.get(id)?.mark ?? null;
    if (from !== mark) yield { ...person, from, to: mark };
  }
  for (const [id, { mark, ...person }] of before) {
    if (!now.has(id)) yield { ...person, from: mark, to: null };
  }
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function headerOf(value: Record<string, unknown> | null, path: string): Omit<EarlierList, 'people'> {
  if (value?.['audit'] !== 1) throw noList(path);
  if (value['everybody'] !== true) {
    throw new Fault('input-invalid', 'the list of the earlier audit leaves people out', {
      where: path,
      help: 'Compare with a list that was written without --state and --domain.',
    });
  }
  return { generatedAt: String(value['generatedAt']), project: String(value['project']) };
}

function markOf(value: Record<string, unknown> | null, path: string, line: number): PersonMark {
  const state = value?.['state'];
  if (value === null || typeof state !== 'string') {
    throw new Fault('input-invalid', `line ${line} of the earlier list cannot be read`, {
      where: path,
      help: 'The list must be as the audit wrote it.',
    });
  }
  const text = (name: string) => (typeof value[name] === 'string' ? value[name] : null);
  const tenantIds = value['tenantIds'];
  const key = value['key'];
  const code = text('code');
  return {
    key: Array.isArray(key) ? (key as LegacyKey) : null,
    legacyId: text('legacyId'),
    tenantId: Array.isArray(tenantIds) && typeof tenantIds[0] === 'string' ? tenantIds[0] : null,
    mark: code === null ? state : `${state} ${code}`,
  };
}

function noList(path: string): Fault {
  return new Fault('input-invalid', 'the file is not the list of an earlier audit', {
    where: path,
    help: 'Write one with: userferry audit --against … --list people.ndjson',
  });
}
