import type { z } from 'zod';
import type { FlowAccount, FlowResult, FlowStep, flows } from '#contract/flows.ts';
import { plain } from '#reporters/escape.ts';
import { pipelineLines } from '#reporters/terminal/pipeline.ts';
import { heading, labelled, paint, type Style } from '#reporters/terminal/style.ts';
import { table } from '#reporters/terminal/table.ts';

type FlowList = z.infer<NonNullable<(typeof flows.list)['~orpc']['outputSchema']>>;

/** Every flow and story with what it shows. */
export function flowsText(list: FlowList, style: Style): string {
  const part = (title: string, items: FlowList['flows']) => [
    paint(style, 'bold', title),
    ...table(
      [
        { title: 'name', align: 'left' },
        { title: 'what happens', align: 'left', flexible: true },
      ],
      items.map(({ name, meaning }) => [name, meaning]),
      style,
    ),
  ];
  return `${[...part('Flows', list.flows), '', ...part('Stories', list.stories)].join('\n')}\n`;
}

const SOURCES = {
  typed: 'the password that was given',
  credentials: 'the password of the test accounts',
  assumed: 'no known password: checks of it are answered by the rehearsal',
} as const satisfies Record<FlowResult['password'], string>;

/** A story step by step: what was decided, which scripts ran, what is logged, and where the user stands. */
export function flowText(result: FlowResult, identifier: string, style: Style): string {
  const store = result.trial === null ? 'an empty user store' : `the user store of trial ${result.trial}`;
  const kept = result.kept ? ', what happens is kept' : ', nothing is kept';
  return `${[
    heading(`${result.name} of ${plain(identifier)}`, style),
    ...labelled('', result.meaning, style, 2),
    ...labelled('', `With ${SOURCES[result.password]}; in ${store}${kept}.`, style, 2, ['dim', 'dim']),
    ...result.steps.flatMap((step) => ['', ...stepLines(step, style)]),
    ...assumptionLines(result, style),
  ].join('\n')}\n`;
}

function stepLines(step: FlowStep, style: Style): readonly string[] {
  const { outcome } = step;
  const ok = outcome.status === 'ok';
  const mark = paint(style, ok ? 'green' : 'red', ok ? '✓' : '✗');
  const aside = [step.preparation ? 'to have an account' : '', `import ${step.importMode ? 'on' : 'off'}`]
    .filter((text) => text !== '')
    .join(', ');
  return [
    `${mark} ${paint(style, 'bold', `${step.number}. ${step.title}`)}  ${paint(style, 'dim', aside)}`,
    ...step.decisions.flatMap((text) => labelled('· ', text, style, 4)),
    ...step.scripts.flatMap((script) => scriptLines(script, style)),
    ...(step.pipeline === null ? [] : pipelineLines(step.pipeline, style)),
    ...(outcome.status === 'ok'
      ? []
      : [
          ...labelled(
            `${outcome.status === 'failed' ? 'failed' : 'not possible'}  `,
            `${outcome.title} (${outcome.cause})${outcome.detail === '' ? '' : `: ${outcome.detail}`}`,
            style,
            4,
            ['red'],
          ),
          ...labelled('fix  ', outcome.fix, style, 4),
        ]),
    ...step.events.flatMap((text) => labelled('→ ', text, style, 4)),
    ...step.log.map(({ type, userId, description }) =>
      `    ${paint(style, 'dim', 'log ')} ${type.padEnd(8)}  ${plain([userId, description].filter((text) => text !== '').join('  '))}`.trimEnd(),
    ),
    ...step.findings.flatMap((one) =>
      labelled(
        `${one.severity}  `,
        `${one.title} (${one.code})${one.detail === '' ? '' : `: ${one.detail}`}`,
        style,
        4,
        [one.severity === 'error' ? 'red' : 'yellow'],
      ),
    ),
    ...labelled('user  ', `${accountInWords(step.before)} → ${accountInWords(step.after)}`, style, 4),
  ];
}

function scriptLines(script: FlowStep['scripts'][number], style: Style): readonly string[] {
  const { ms, error, statements } = script;
  const times = `${script.slot}: ${tenth(ms.total)} ms, ${statements.length} ${statements.length === 1 ? 'statement' : 'statements'}`;
  const at = error?.line === undefined ? '' : ` (line ${error.line})`;
  return [
    `      ${paint(style, 'dim', times)}`,
    ...(error === null ? [] : labelled('', `${error.name}: ${error.message}${at}`, style, 6)),
    ...script.diagnostics
      .filter(({ severity }) => severity !== 'note')
      .flatMap(({ severity, code, message }) =>
        labelled(`${severity}  `, `${message} (${code})`, style, 6, [
          severity === 'error' ? 'red' : 'yellow',
        ]),
      ),
  ];
}

function accountInWords(account: FlowAccount | null): string {
  if (account === null) return 'not in the store';
  const blocked = account.blocked ? ', blocked' : '';
  const verified =
    account.email === null ? '' : `, ${account.email}${account.emailVerified ? ' (verified)' : ''}`;
  return `auth0|${account.userId} ${account.state}, credential ${account.credential}${verified}${blocked}`;
}

function assumptionLines({ assumptions }: FlowResult, style: Style): readonly string[] {
  if (assumptions.length === 0) return [];
  return [
    '',
    paint(style, 'bold', 'Rests on these assumptions'),
    ...assumptions.flatMap(({ name, value, isDefault, effect }) =>
      labelled(`${name} = ${value}${isDefault ? '' : ' (set)'}  `, effect, style, 2),
    ),
  ];
}

function tenth(ms: number): string {
  return String(Math.round(ms * 10) / 10);
}
