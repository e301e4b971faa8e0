import type { z } from 'zod';
import type { TrialRecord } from '#contract/trial-record.ts';
import type { trialListItemSchema, trials } from '#contract/trials.ts';
import { ASSUMPTIONS } from '#domain/assumptions.ts';
import { plain } from '#reporters/escape.ts';
import { count, duration, percent, users } from '#reporters/numbers.ts';
import { defaultsSentence } from '#reporters/terminal/summary.ts';
import { table } from '#reporters/terminal/table.ts';
import { labelled, paint, type Style } from '#reporters/terminal/style.ts';
import { legacyText, nodeName, PHASE_TITLES } from '#reporters/wording.ts';

type ListItem = z.infer<typeof trialListItemSchema>;
type Comparison = z.infer<NonNullable<(typeof trials.compare)['~orpc']['outputSchema']>>;

/** Trials in the order given, one line each. */
export function trialsText(items: readonly ListItem[], style: Style): string {
  if (items.length === 0)
    return 'No trial yet. Start one, for example: userferry trial lazy --depth profiles\n';
  const rows = items.map((item) => {
    if (item.kind === 'damaged') return [item.id, 'damaged', '', '', '', item.reason];
    const { record } = item;
    const sum = (name: 'expected' | 'ok' | 'failed' | 'skipped') =>
      record.phases.reduce((total, phase) => total + phase[name], 0);
    const depth = record.options.kind === 'bulk' ? '' : `, ${record.options.depth}`;
    return [
      record.id,
      record.status,
      count(sum('ok')),
      count(sum('failed')),
      count(sum('skipped')),
      `${record.options.kind}${depth}, ${users(sum('expected'))}`,
    ];
  });
  return `${table(
    [
      { title: 'trial', align: 'left' },
      { title: 'status', align: 'left' },
      { title: 'ok', align: 'right' },
      { title: 'failed', align: 'right' },
      { title: 'skipped', align: 'right' },
      { title: 'what', align: 'left', flexible: true },
    ],
    rows,
    style,
    0,
  ).join('\n')}\n`;
}

/** Everything a trial's record says. */
export function trialText(record: TrialRecord, style: Style): string {
  const { options, inputs, versions } = record;
  const defaults = new Map<string, string>(ASSUMPTIONS.map((one) => [one.name, one.default]));
  const changed = Object.entries(record.assumptions).filter(([name, value]) => defaults.get(name) !== value);
  const facts: (readonly [string, string])[] = [
    ['project', record.project],
    ['status', record.fault === null ? record.status : `${record.status}: ${record.fault.message}`],
    [
      'kind',
      options.kind === 'mixed' ? `mixed, ${options.order}, lazy for ${options.lazyDays} days` : options.kind,
    ],
    ...(options.kind === 'bulk' ? [] : ([['depth', options.depth]] as const)),
    ['created', record.createdAt],
    ['updated', record.updatedAt],
    ['legacy', legacyText(inputs)],
    [
      'filter',
      Object.keys(options.filter).length === 0
        ? 'none'
        : JSON.stringify({ ...options.filter, only: options.filter.only?.length }),
    ],
    [
      'versions',
      `userferry ${versions.userferry}, ${nodeName(versions.node)}, scripts on ${nodeName(versions.scriptRuntime)}`,
    ],
    ['settings', `sha-256 ${inputs.settings}`],
    ...Object.entries(inputs.scripts).map(([slot, checksum]) => [slot, `sha-256 ${checksum}`] as const),
    ...changed.map(([name, value]) => ['assumes', `${name} = ${value}`] as const),
    [
      'assumes',
      defaultsSentence(Object.keys(record.assumptions).length - changed.length, changed.length, 'trial.json'),
    ],
  ];
  const phases = record.phases.map(
    (phase) =>
      `  ${PHASE_TITLES[phase.phase]}: ${count(phase.done)} of ${count(phase.expected)} done (${percent(phase.done, phase.expected)}), ${count(phase.ok)} ok, ${count(phase.failed)} failed, ${count(phase.skipped)} skipped, ${duration(phase.seconds)}`,
  );
  return `${[
    paint(style, 'bold', `Trial ${record.id}`),
    ...phases,
    ...facts.flatMap(([name, value]) => labelled(name.padEnd(16), value, style, 2)),
  ].join('\n')}\n`;
}

const cause = (value: string | null) => (value === null ? 'ok' : plain(value));

/** What a later trial mended and broke, user by user. */
export function comparisonText(a: string, b: string, comparison: Comparison, style: Style): string {
  const groups = comparison.groups.flatMap((group) => {
    const colour = group.to === null ? 'green' : group.from === null ? 'red' : 'yellow';
    const keys = group.samples.map((sample) => sample.key.join('/')).join(', ');
    return [
      `  ${paint(style, colour, users(group.users))}  ${cause(group.from)} → ${cause(group.to)}`,
      ...(keys === '' ? [] : labelled('for example  ', keys, style, 4)),
    ];
  });
  const only = comparison.onlyInA + comparison.onlyInB;
  return `${[
    paint(style, 'bold', `${plain(a)} → ${plain(b)}`),
    `  ${paint(style, 'green', `${count(comparison.fixed)} mended`)}, ${paint(style, 'red', `${count(comparison.broken)} broken`)}, ${count(comparison.changedCause)} fail for another cause, ${count(comparison.same)} the same`,
    ...(only === 0
      ? []
      : [
          `  ${count(comparison.onlyInA)} only in the first, ${count(comparison.onlyInB)} only in the second`,
        ]),
    ...(groups.length === 0 ? [] : ['', ...groups]),
  ].join('\n')}\n`;
}
