import type { PipelineRun, PipelineStep } from '#contract/pipeline.ts';
import { plain } from '#reporters/escape.ts';
import { labelled, paint, type Style } from '#reporters/terminal/style.ts';

/** What happened after the scripts: steps, denial, metadata, tokens, and what differs from the login with import off. */
export function pipelineLines(run: PipelineRun, style: Style, indent = 4): readonly string[] {
  if (run.steps.length === 0) return [];
  const inner = indent + 2;
  return [
    `${' '.repeat(indent)}${paint(style, 'bold', 'after the scripts')}  ${paint(style, 'dim', run.mode)}`,
    ...(run.endOfLife === null ? [] : labelled('warning  ', run.endOfLife, style, inner, ['yellow'])),
    ...run.steps.flatMap((step) => stepLines(step, style, inner)),
    ...outcomeLines(run, style, inner),
    ...run.metadata.flatMap(({ store, key, after, by }) =>
      labelled('writes  ', `${store}.${key} = ${shown(after)}  (${by})`, style, inner),
    ),
    ...run.requests.flatMap(({ by, what }) => labelled('asks for  ', `${what}  (${by})`, style, inner)),
    ...tokenLines('ID token', run.idToken, style, inner),
    ...tokenLines('access token', run.accessToken, style, inner),
    ...run.differences.flatMap((one) =>
      labelled(
        'differs  ',
        `${one.what} ${one.name}: ${shown(one.before)} with import off, ${shown(one.after)} now (${one.code})`,
        style,
        inner,
        ['yellow'],
      ),
    ),
    ...run.findings
      .filter(({ code }) => code !== 'pipeline.rules-ran')
      .flatMap(({ severity, title, code, detail, line }) =>
        labelled(
          `${severity}  `,
          `${title} (${code}): ${detail}${line === null ? '' : `, line ${line}`}`,
          style,
          inner,
          [severity === 'error' ? 'red' : 'yellow'],
        ),
      ),
  ];
}

const MARKS: Readonly<Record<PipelineStep['status'], string>> = {
  ok: '✓',
  denied: '✗',
  failed: '✗',
  left: '↷',
  'not-run': '·',
};

function stepLines(step: PipelineStep, style: Style, indent: number): readonly string[] {
  const { status, error, line } = step;
  const bad = status === 'denied' || status === 'failed';
  const mark = paint(style, bad ? 'red' : status === 'ok' ? 'green' : 'dim', MARKS[status]);
  const time = status === 'not-run' ? 'not run' : `${tenth(step.ms)} ms`;
  const left = status === 'left' ? ', sends the person to another page' : '';
  const kind = step.kind === 'action' ? '' : `${step.kind} `;
  return [
    `${' '.repeat(indent)}${mark} ${kind}${plain(step.name)}  ${paint(style, 'dim', `${step.trigger}, ${time}${left}`)}`,
    ...(error === null
      ? []
      : labelled(
          '',
          `${error.name}: ${error.message}${line === null ? '' : ` (line ${line})`}`,
          style,
          indent + 2,
        )),
    ...step.console.flatMap(({ text }) => labelled('console  ', text, style, indent + 2)),
  ];
}

function outcomeLines({ outcome }: PipelineRun, style: Style, indent: number): readonly string[] {
  if (outcome.status === 'ok') return [];
  if (outcome.status === 'failed') return labelled('failed  ', outcome.detail, style, indent, ['red']);
  const told = outcome.userMessage === null ? '' : `; the person reads "${outcome.userMessage}"`;
  const text = `by ${outcome.by}: ${outcome.reason}  (error=${outcome.error}${told})`;
  return labelled('denied  ', text, style, indent, ['red']);
}

function tokenLines(
  name: string,
  token: PipelineRun['idToken'],
  style: Style,
  indent: number,
): readonly string[] {
  if (token === null) return [];
  const { before, after, dropped, overwritten } = token;
  const added =
    after === null ? [] : Object.keys(after).filter((key) => shown(after[key]) !== shown(before[key]));
  return [
    ...added.flatMap((key) => labelled(`${name}  `, `${key} = ${shown(after?.[key])}`, style, indent)),
    ...dropped.flatMap(({ name: claim, by, why }) =>
      labelled(`${name}  `, `left out: ${claim} of ${by} (${why.replaceAll('-', ' ')})`, style, indent, [
        'yellow',
      ]),
    ),
    ...overwritten.flatMap(({ name: claim, by, replaced }) =>
      labelled(`${name}  `, `${claim}: ${by} replaces the value of ${replaced}`, style, indent, ['yellow']),
    ),
  ];
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function tenth(ms: number): string {
  return String(Math.round(ms * 10) / 10);
}
