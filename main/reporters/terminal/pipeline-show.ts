import type { z } from 'zod';
import type { pipeline, PipelineRun } from '#contract/pipeline.ts';
import { plain } from '#reporters/escape.ts';
import { pipelineLines } from '#reporters/terminal/pipeline.ts';
import { heading, labelled, paint, type Style } from '#reporters/terminal/style.ts';
import { table } from '#reporters/terminal/table.ts';

type Shown = z.infer<NonNullable<(typeof pipeline.show)['~orpc']['outputSchema']>>;

/** What a project holds beside its scripts, and which flow sets off what. */
export function pipelineText(shown: Shown, style: Style): string {
  const bound = shown.triggers.filter(({ actions }) => actions.length > 0);
  const rows = [
    ...shown.hooks.map(({ point, name, path }) => [point, 'Hook', name, path]),
    ...shown.rules.map(({ name, path }) => ['every login', 'Rule', name, path]),
    ...bound.flatMap(({ trigger, actions }) =>
      actions.map(({ name, path }) => [trigger, 'Action', name, path]),
    ),
  ].map((row) => row.map((cell) => plain(cell)));
  if (rows.length === 0)
    return 'The project has no Actions, Rules or Hooks that run. They go into actions/, triggers/, rules/ and hooks/.\n';
  return `${[
    heading('In the order in which they run', style),
    ...table(
      [
        { title: 'when', align: 'left' },
        { title: 'what', align: 'left' },
        { title: 'name', align: 'left' },
        { title: 'code', align: 'left', flexible: true },
      ],
      rows,
      style,
    ),
    ...(shown.endOfLife === null
      ? []
      : ['', ...labelled('warning  ', shown.endOfLife, style, 2, ['yellow'])]),
    '',
    heading('Which flow sets off what', style),
    ...shown.matrix.flatMap(({ flow, rules, triggers }) => {
      const runs = triggers.filter((one) => one.runs).map(({ trigger }) => trigger);
      const open = triggers.flatMap(({ runs: on, assumption }) =>
        assumption === null || on ? [] : [assumption],
      );
      const all = [...(rules && shown.rules.length > 0 ? ['Rules (if asked for)'] : []), ...runs];
      const text = all.length === 0 ? 'nothing' : all.join(', ');
      const assumed = open.length === 0 ? '' : `  (registration triggers: assumption ${open[0]})`;
      return labelled(`${flow}  `, `${text}${assumed}`, style, 2);
    }),
    ...(shown.problems === 0
      ? []
      : ['', paint(style, 'yellow', `  ${shown.problems} findings about these files: userferry check`)]),
  ].join('\n')}\n`;
}

/** One trigger that was run by itself. */
export function pipelineRunText(run: PipelineRun, trigger: string, style: Style): string {
  const ok = run.outcome.status === 'ok';
  const mark = paint(style, ok ? 'green' : 'red', ok ? '✓' : '✗');
  const lines = pipelineLines(run, style, 2);
  return `${[`${mark} ${paint(style, 'bold', trigger)}`, ...(lines.length === 0 ? ['  nothing is bound to it'] : lines)].join('\n')}\n`;
}
