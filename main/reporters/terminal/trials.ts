import type { z } from 'zod';
import type { TrialRecord } from '#contract/trial-record.ts';
import type { trialListItemSchema } from '#contract/trials.ts';
import { ASSUMPTIONS } from '#domain/assumptions.ts';
import { count, duration, percent, users } from '#reporters/numbers.ts';
import { defaultsSentence } from '#reporters/terminal/summary.ts';
import { table } from '#reporters/terminal/table.ts';
import { labelled, paint, type Style } from '#reporters/terminal/style.ts';
import { legacyText, nodeName, PHASE_TITLES } from '#reporters/wording.ts';

type ListItem = z.infer<typeof trialListItemSchema>;

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
