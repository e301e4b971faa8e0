import { closeSync, openSync } from 'node:fs';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import { Fault } from '#engine/fault.ts';
import type { EarlierList, PersonChange, PersonMark } from '#engine/ports/audit-work.ts';
import { headOf, TEXT_LIMITS, textOf } from '#audit/export-text.ts';
import { linesIn } from '#audit/lines.ts';
import { type BlockTable, linesOf, PartitionSpool } from '#audit/partition-spool.ts';
import { decodeFields, encodeFields, idOf } from '#audit/record-codec.ts';
import { hashOf } from '#audit/seen-filter.ts';

const FIELDS = 4;

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
    const [before, now] = [this.#before.finish(), this.#now.finish()];
    const [left, right] = [openSync(this.#paths.before, 'r'), openSync(this.#paths.now, 'r')];
    try {
      for (let partition = 0; partition < this.#partitions; partition++) {
        yield* changesIn(peopleIn(left, before, partition), peopleIn(right, now, partition));
      }
    } finally {
      closeSync(left);
      closeSync(right);
    }
  }

  #put(spool: PartitionSpool, { key, legacyId, tenantId, mark }: PersonMark): void {
    const keyText = key === null ? null : JSON.stringify(key);
    const id = keyText ?? `tenant ${tenantId ?? ''}`;
    spool.add(hashOf(id) % this.#partitions, encodeFields([mark, keyText, legacyId, tenantId], id));
  }
}

function peopleIn(file: number, blocks: BlockTable, partition: number): ReadonlyMap<string, PersonMark> {
  const people = new Map<string, PersonMark>();
  for (const line of linesOf(file, blocks[partition]!)) {
    const [mark, key, legacyId, tenantId] = decodeFields(line, FIELDS);
    people.set(idOf(line), {
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
