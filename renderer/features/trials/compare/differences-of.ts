import type { TrialRecord } from '#contract/trial-record.ts';
import { DEPTHS, kindOf, whoOf } from '#renderer/components/trial-words.ts';

export interface Difference {
  readonly name: string;
  readonly value: string;
}

/** What the result of a trial depends on and the two do not share, from `a` to `b`. */
export function differencesOf(a: TrialRecord, b: TrialRecord): readonly Difference[] {
  const slots = [...new Set([...Object.keys(a.inputs.scripts), ...Object.keys(b.inputs.scripts)])];
  const assumptions = [...new Set([...Object.keys(a.assumptions), ...Object.keys(b.assumptions)])];
  const facts: readonly (readonly [name: string, before: string, after: string])[] = [
    ['Kind', kindOf(a.options), kindOf(b.options)],
    ['Depth', DEPTHS[a.options.depth].title, DEPTHS[b.options.depth].title],
    ['Who', whoOf(a.options.filter), whoOf(b.options.filter)],
    ['Container', a.options.container, b.options.container],
    ['Time limit', `${a.options.timeLimitMs} ms`, `${b.options.timeLimitMs} ms`],
    ['Upsert', a.options.upsert ? 'yes' : 'no', b.options.upsert ? 'yes' : 'no'],
    ['Legacy database', a.inputs.legacyVersion, b.inputs.legacyVersion],
    ['Legacy rows', String(a.inputs.legacyRows), String(b.inputs.legacyRows)],
    ['Userferry', a.versions.userferry, b.versions.userferry],
    ['Scripts on Node', a.versions.scriptRuntime, b.versions.scriptRuntime],
    ...assumptions.map(
      (name) =>
        [
          `Assumption ${name}`,
          a.assumptions[name] ?? 'not there',
          b.assumptions[name] ?? 'not there',
        ] as const,
    ),
  ];
  return [
    ...slots.flatMap((slot) => scriptDifference(slot, a.inputs.scripts[slot], b.inputs.scripts[slot])),
    ...(a.inputs.settings === b.inputs.settings
      ? []
      : [{ name: 'Settings', value: 'userferry.json or database.json was edited' }]),
    ...facts.flatMap(([name, before, after]) =>
      before === after ? [] : [{ name, value: `${before} → ${after}` }],
    ),
  ];
}

function scriptDifference(
  slot: string,
  before: string | undefined,
  after: string | undefined,
): readonly Difference[] {
  if (before === after) return [];
  const what = before === undefined ? 'was added' : after === undefined ? 'was taken out' : 'was edited';
  return [{ name: `Script ${slot}`, value: what }];
}
