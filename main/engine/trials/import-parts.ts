import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { Trait } from '#domain/projections/traits.ts';
import type { ImportPart, PartFile } from '#engine/ports/bulk-import.ts';
import type { BulkEntry } from '#engine/trials/bulk-entries.ts';

/** Traits that have numbers; e-mail domains have no upper bound, so the memory for them gets one. */
const MOST_TRAITS = 50_000;

export interface PartPacker {
  /** Users since the last part was taken. */
  readonly size: number;
  /** Users since the last file was closed. */
  readonly waiting: number;
  add(entry: BulkEntry): void;
  /** Closes the part of a file: everybody added since the last one belongs to it, or was kept out before it. */
  file(file: PartFile['file']): void;
  /** What was added since the last call. */
  take(checkpoint: ImportPart['checkpoint']): ImportPart;
}

/** Takes each user apart at once: entries that waited would be copied over and over by the garbage collector. */
export function createPartPacker(): PartPacker {
  const numbers = createTraitNumbers();
  let open = emptyPart();
  let inFiles = 0;
  return {
    get size() {
      return open.keys.length;
    },
    get waiting() {
      return open.keys.length - inFiles;
    },
    add({ prepared, findings, refusal, json }) {
      const index = open.keys.length;
      if (index === 0) open.position = prepared.position;
      open.keys.push(JSON.stringify(prepared.record.key));
      open.legacyIds.push(prepared.user?.id ?? null);
      open.marks.push(prepared.mark ?? Number.NaN);
      open.traits.push(prepared.traits.length);
      let place = 0;
      for (const trait of prepared.traits) open.traits.push(numbers.of(trait, place++));
      if (findings.length > 0) open.findings.push([index, findings]);
      if (refusal !== null) open.keptOut.push([index, refusal]);
      open.records.push(json);
    },
    file(file) {
      open.files.push({ users: open.keys.length - inFiles, file });
      inFiles = open.keys.length;
    },
    take(checkpoint) {
      const part: ImportPart = {
        ...open,
        ...numbers.take(),
        marks: Float64Array.from(open.marks),
        traits: Int32Array.from(open.traits),
        checkpoint,
      };
      open = emptyPart();
      inFiles = 0;
      return part;
    },
  };
}

function emptyPart() {
  return {
    position: 0,
    keys: [] as string[],
    legacyIds: [] as (string | null)[],
    marks: [] as number[],
    traits: [] as number[],
    findings: [] as ImportPart['findings'][number][],
    keptOut: [] as ImportPart['keptOut'][number][],
    records: [] as (string | null)[],
    files: [] as PartFile[],
  };
}

function createTraitNumbers() {
  const known = new Map<string, Map<string, number>>();
  /** Nearly all users have the same attributes in the same places. */
  let usual: { readonly attribute: string; readonly values: Map<string, number> }[] = [];
  let given = 0;
  let fresh: string[] = [];
  let anew = true;
  const valuesOf = (attribute: string, place: number): Map<string, number> => {
    const guess = usual[place];
    if (guess?.attribute === attribute) return guess.values;
    let values = known.get(attribute);
    if (values === undefined) known.set(attribute, (values = new Map()));
    usual[place] = { attribute, values };
    return values;
  };
  return {
    of({ attribute, value }: Trait, place: number): number {
      const values = valuesOf(attribute, place);
      let number = values.get(value);
      if (number === undefined) {
        values.set(value, (number = given++));
        fresh.push(attribute, value);
      }
      return number;
    },
    take(): Pick<ImportPart, 'newTraits' | 'traitsAnew'> {
      const taken = { newTraits: fresh, traitsAnew: anew };
      fresh = [];
      anew = given >= MOST_TRAITS;
      if (anew) {
        known.clear();
        usual = [];
        given = 0;
      }
      return taken;
    },
  };
}

/** One user of a part. */
export interface PartUser {
  readonly position: number;
  readonly key: LegacyKey;
  readonly legacyId: string | null;
  readonly traits: readonly Trait[];
  readonly mark: number | null;
  readonly findings: ImportPart['findings'][number][1];
  /** Null where the user was kept out of the files, for `refusal`. */
  readonly record: string | null;
  readonly refusal: string | null;
}

/** Reads parts in the order they were taken. */
export function createPartReader(): (part: ImportPart) => PartUser[] {
  let known: Trait[] = [];
  return (part) => {
    if (part.traitsAnew) known = [];
    for (let at = 0; at < part.newTraits.length; at += 2) {
      known.push({ attribute: part.newTraits[at]!, value: part.newTraits[at + 1]! });
    }
    const findings = new Map(part.findings);
    const refusals = new Map(part.keptOut);
    let at = 0;
    return part.keys.map((key, index) => {
      const traits: Trait[] = [];
      for (let left = part.traits[at++]!; left > 0; left--) traits.push(known[part.traits[at++]!]!);
      const mark = part.marks[index]!;
      return {
        position: part.position + index,
        key: JSON.parse(key) as LegacyKey,
        legacyId: part.legacyIds[index]!,
        traits,
        mark: Number.isNaN(mark) ? null : mark,
        findings: findings.get(index) ?? [],
        record: part.records[index]!,
        refusal: refusals.get(index) ?? null,
      };
    });
  };
}
