import type { Trace, TraceStep } from '#contract/traces.ts';
import { plain } from '#reporters/escape.ts';
import { attemptsText } from '#reporters/terminal/attempt.ts';
import { diagnosticLines } from '#reporters/terminal/diagnostics.ts';
import { heading, labelled, paint, type Paint, type Style } from '#reporters/terminal/style.ts';
import { table } from '#reporters/terminal/table.ts';
import { PHASE_TITLES } from '#reporters/wording.ts';

const MARKS = {
  ok: ['✓', 'green'],
  failed: ['✗', 'red'],
  skipped: ['·', 'yellow'],
} as const satisfies Record<NonNullable<TraceStep['status']>, readonly [string, Paint]>;
const SEVERITIES = { error: 'red', warning: 'yellow', note: 'cyan' } as const satisfies Record<string, Paint>;

/** One person's way through a trial, step by step. */
export function traceText(trace: Trace, who: string, style: Style): string {
  const trial = trace.trial === null ? '' : `, trial ${trace.trial}`;
  const lines = [
    paint(style, 'bold', `${trace.key === null ? plain(who) : `key:${keyText(trace.key)}`}${trial}`),
    ...trace.diagnostics.flatMap((one) => ['', ...diagnosticLines(one, style)]),
    ...matchLines(trace, style),
  ];
  let phase: TraceStep['phase'] = null;
  for (const step of trace.steps) {
    if (step.phase !== null && step.phase !== phase) lines.push('', heading(PHASE_TITLES[step.phase], style));
    if (step.phase === null && phase !== null) lines.push('', heading('After the trial', style));
    ({ phase } = step);
    lines.push('', ...stepLines(step, style));
  }
  const masked = trace.personalData === 'masked' && trace.steps.length > 0;
  if (masked) lines.push('', paint(style, 'dim', 'Personal values are masked; --personal-data shows them.'));
  return `${lines.join('\n')}\n`;
}

function matchLines({ matches }: Trace, style: Style): readonly string[] {
  if (matches.length === 0) return [];
  return [
    '',
    ...table(
      [
        { title: 'key', align: 'left' },
        { title: 'legacy id', align: 'left' },
        { title: 'who', align: 'left', flexible: true },
      ],
      matches.map(({ key, legacyId, who }) => [`key:${keyText(key)}`, legacyId ?? '', who ?? '']),
      style,
    ),
  ];
}

function stepLines(step: TraceStep, style: Style): readonly string[] {
  const [mark, colour] = step.status === null ? (['•', 'dim'] as const) : MARKS[step.status];
  const width = Math.max(0, ...step.facts.map(({ name }) => plain(name).length));
  return [
    `${paint(style, colour, mark)} ${paint(style, 'bold', plain(step.title))}`,
    ...step.facts.flatMap(({ name, value }) => labelled(`${plain(name).padEnd(width)}  `, value, style, 4)),
    ...step.findings.flatMap(({ severity, code, title, detail, fix }) => [
      ...labelled(severity.padEnd(8), `${code}: ${title}${detail === '' ? '' : ` (${detail})`}`, style, 4, [
        SEVERITIES[severity],
      ]),
      ...(severity === 'note' ? [] : labelled('        ', fix, style, 4)),
    ]),
    ...(step.attempt === null
      ? []
      : attemptsText([step.attempt], style)
          .trimEnd()
          .split('\n')
          .slice(1)
          .map((line) => (line === '' ? '' : `  ${line}`))),
  ];
}

function keyText(key: readonly (string | number)[]): string {
  const [only] = key;
  return key.length === 1 && only !== undefined ? plain(String(only)) : JSON.stringify(key);
}
