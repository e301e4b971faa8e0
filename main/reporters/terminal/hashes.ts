import type { FormatsResult, SearchAnswer, SearchResult } from '#contract/passwords.ts';
import { plain } from '#reporters/escape.ts';
import { count, duration, percent, users } from '#reporters/numbers.ts';
import { box, table } from '#reporters/terminal/table.ts';
import { heading, labelled, paint, type Style } from '#reporters/terminal/style.ts';

const ROUTES = {
  'password-hash': 'importable as password_hash',
  custom: 'importable as custom_password_hash',
  'lazy-only': 'only lazy migration can carry it over',
  'reset-only': 'needs a password reset',
} as const;

/** How the stored hashes of all users divide, and what the target can do with each kind. */
export function formatsText(result: FormatsResult, style: Style): string {
  const rows = result.formats.map((format) => [
    format.format,
    count(format.users),
    percent(format.users, result.users),
    format.targets.map((target) => ROUTES[target.route]).join('; '),
  ]);
  const remarks = result.formats.flatMap((format) => [
    ...format.targets.flatMap((target) =>
      target.reason === null ? [] : [{ ...target.reason, users: target.users }],
    ),
    ...format.warnings,
  ]);
  const { routes } = result;
  return `${[
    heading('Stored password hashes', style),
    ...table(
      [
        { title: 'format', align: 'left' },
        { title: 'users', align: 'right' },
        { title: 'share', align: 'right' },
        { title: 'what the target does', align: 'left', flexible: true },
      ],
      rows,
      style,
    ),
    '',
    ...remarks.flatMap((one) => labelled(`${users(one.users)}  `, `${one.title} (${one.code})`, style, 2)),
    ...(remarks.length === 0 ? [] : ['']),
    ...box(
      [
        `${users(result.users)}, read in ${duration(result.milliseconds / 1000)}`,
        `${count(routes.passwordHash + routes.custom)} importable, ${count(routes.lazyOnly)} lazy only, ${count(routes.resetOnly)} reset, ${count(result.unreadable)} unreadable, ${count(result.withoutId)} without id`,
      ],
      style,
      routes.resetOnly + result.unreadable > 0 ? 'yellow' : 'green',
    ),
  ].join('\n')}\n`;
}

/** What a search found out about stored values with known passwords. */
export function searchText(result: SearchResult, style: Style): string {
  const { accounts } = result;
  const lines = result.answers.flatMap((answer, index) => [
    ...(index === 0 ? [] : ['']),
    ...answerLines(answer, style),
  ]);
  if (accounts !== null) {
    lines.push(
      '',
      `${count(accounts.known)} test accounts: ${count(accounts.found)} found, ${count(accounts.notFound)} not found, ${count(accounts.ambiguous)} ambiguous, ${count(accounts.leftOut)} left out`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function answerLines(answer: SearchAnswer, style: Style): readonly string[] {
  const { recognised } = answer;
  const tried = answer.tried.reduce((sum, one) => sum + one.candidates, 0);
  const samples = answer.samples === 1 ? '1 sample' : `${count(answer.samples)} samples`;
  return [
    heading(`${plain(recognised.format)}, ${samples}`, style),
    ...labelled(
      'looks like ',
      [recognised.format, ...recognised.parameters, `(${recognised.confidence})`].join(' '),
      style,
      2,
    ),
    ...recognised.remarks.flatMap((one) =>
      labelled(`${one.severity}  `, `${one.title} (${one.code})`, style, 2),
    ),
    ...verdictLines(answer.verdict, style),
    paint(style, 'dim', `  ${count(tried)} computations tried in ${duration(answer.milliseconds / 1000)}`),
    ...answer.notTried.flatMap((one) => labelled('not tried  ', one, style, 2)),
  ];
}

function verdictLines(verdict: SearchAnswer['verdict'], style: Style): readonly string[] {
  switch (verdict.kind) {
    case 'importable':
      return [
        `  ${paint(style, 'green', '✓ proven, and importable')}`,
        ...foundLines(verdict, style),
        ...verdict.mappings.flatMap((mapping) => [
          `  ${paint(style, 'bold', mapping.field)} (${count(mapping.samples)} of the samples)`,
          ...indented(JSON.stringify(mapping.value, null, 2)),
        ]),
      ];
    case 'not-importable':
      return [
        `  ${paint(style, 'yellow', '! proven, but the import has no form for it')}`,
        ...foundLines(verdict, style),
        '  For the login script:',
        ...indented(verdict.sketch),
        ...verdict.remains.flatMap((one) => labelled('remains  ', one, style, 2)),
      ];
    case 'several':
      return [
        `  ${paint(style, 'yellow', '! several computations fit')}`,
        ...verdict.candidates.map(
          (one) => `    ${plain(one.computation)}${one.importable ? ', importable' : ''}`,
        ),
        ...labelled('go on  ', verdict.askFor, style, 2),
      ];
    case 'none':
      return [
        `  ${paint(style, 'red', '✗ no computation fits')}`,
        ...verdict.remains.flatMap((one) => labelled('remains  ', one, style, 2)),
      ];
    case 'stopped':
      return [
        `  ${paint(style, 'yellow', verdict.reason === 'time' ? '○ stopped by the time limit' : '○ cancelled')}`,
      ];
    case 'no-hash':
      return [`  ${paint(style, 'yellow', '○ there is no hash: the account is locked or has no password')}`];
    default:
      return verdict satisfies never;
  }
}

interface Found {
  readonly computation: string;
  readonly reading: string;
  readonly bits: number;
  readonly openQuestions: readonly string[];
}

function foundLines(found: Found, style: Style): readonly string[] {
  return [
    ...labelled('computed  ', found.computation, style, 2),
    ...labelled('stored    ', found.reading, style, 2),
    ...labelled(
      'certainty ',
      `${count(Math.floor(found.bits))} bits would have to agree by accident`,
      style,
      2,
    ),
    ...found.openQuestions.flatMap((one) => labelled('open      ', one, style, 2)),
  ];
}

/** Lines of code or JSON: spaces at their start are their shape, everything after them is data. */
function indented(text: string): readonly string[] {
  return text.split('\n').map((line) => {
    const start = /^ */.exec(line)![0];
    return `    ${start}${plain(line.slice(start.length))}`;
  });
}
