import type { FormatsEvent, SearchAnswer, SearchEvent, SearchResult } from '#contract/passwords.ts';
import { plain } from '#reporters/escape.ts';
import { count, duration, percent } from '#reporters/numbers.ts';
import { heading, labelled, paint, type Style } from '#reporters/terminal/style.ts';

type Verdict = SearchAnswer['verdict'];
type Found = Extract<Verdict, { kind: 'importable' | 'not-importable' }>;

/** One line that says where a search or a reading stands. */
export function hashProgressLine(event: SearchEvent | FormatsEvent): string {
  if (event.type === 'result') return '';
  if (event.type === 'reading') {
    return `Reading legacy users · ${count(event.done)}/${count(event.expected)} (${percent(event.done, event.expected)})`;
  }
  const which = event.formats > 1 ? `Format ${event.format} of ${event.formats} · ` : '';
  return `${which}${event.family} · ${count(event.tried)} tried`;
}

/** What was found about each format. */
export function searchText(result: SearchResult, style: Style): string {
  const blocks = result.answers.map((answer) => answerLines(answer, style).join('\n'));
  const accounts = result.accounts === null ? [] : [accountsLine(result.accounts)];
  const nothing = result.answers.length === 0 ? ['There was nothing to search for.'] : [];
  return `${[...blocks, ...nothing, ...accounts].join('\n\n')}\n`;
}

function accountsLine(accounts: NonNullable<SearchResult['accounts']>): string {
  const parts = [
    `${count(accounts.known)} test accounts`,
    `${count(accounts.found)} found in the legacy store`,
    ...(accounts.notFound > 0 ? [`${count(accounts.notFound)} not found`] : []),
    ...(accounts.ambiguous > 0 ? [`${count(accounts.ambiguous)} shared by several users and left out`] : []),
    ...(accounts.leftOut > 0 ? [`${count(accounts.leftOut)} left out, since their format had enough`] : []),
  ];
  return `${parts.join(', ')}.`;
}

function answerLines(answer: SearchAnswer, style: Style): readonly string[] {
  const { recognised, samples, verdict } = answer;
  const candidates = answer.tried.reduce((sum, one) => sum + one.candidates, 0);
  const looks = [recognised.format, ...recognised.parameters].join(', ');
  const certainty = recognised.confidence === 'certain' ? '' : ` (${recognised.confidence})`;
  return [
    heading(plain(recognised.format), style),
    ...labelled('looks like  ', `${looks}${certainty}`, style, 2),
    ...labelled('samples     ', count(samples), style, 2),
    ...(answer.misfits.length === 0
      ? []
      : labelled(
          'misfits     ',
          `${answer.misfits.join(', ')}: left out, since the others agree without; perhaps the password is an old one`,
          style,
          2,
          ['yellow'],
        )),
    ...(answer.tried.length === 0
      ? []
      : labelled(
          'tried       ',
          `${count(candidates)} candidates in ${duration(answer.milliseconds / 1000)}: ${triedText(answer)}`,
          style,
          2,
        )),
    '',
    ...verdictLines(verdict, samples, style),
    ...(verdict.kind === 'importable' || verdict.kind === 'no-hash' ? remarkLines(answer, style) : []),
  ];
}

/** Families with nothing to try are noise; what was left out matters only while nothing was found. */
function triedText({ tried, notTried, verdict }: SearchAnswer): string {
  const families = tried
    .filter(({ candidates }) => candidates > 0)
    .map(({ family, candidates }) => `${family} ${count(candidates)}`)
    .join(', ');
  const open = verdict.kind === 'none' || verdict.kind === 'stopped';
  return open && notTried.length > 0 ? `${families}; not tried: ${notTried.join(', ')}` : families;
}

/** What the recogniser alone warns of; that its guess needs proof is settled once there is one. */
function remarkLines({ recognised, verdict }: SearchAnswer, style: Style): readonly string[] {
  const remarks = recognised.remarks.filter(
    ({ code, severity }) =>
      severity !== 'note' && !(verdict.kind === 'importable' && SETTLED_BY_PROOF.has(code)),
  );
  return remarks.flatMap(({ code, title }) => labelled('note  ', `${title} (${code})`, style, 2));
}

const SETTLED_BY_PROOF: ReadonlySet<string> = new Set([
  'password.digest-ambiguous',
  'password.salt-position-assumed',
  'password.construction-ambiguous',
  'password.parameters-assumed',
  'password.parameters-missing',
  'password.pbkdf2-iterations-default',
  'password.bcrypt-extra-salt',
  'password.pepper-possible',
  'password.maybe-plain-text',
  'password.unknown-format',
  'password.hmac-key-missing',
  'password.plain-text',
]);

function verdictLines(verdict: Verdict, samples: number, style: Style): readonly string[] {
  switch (verdict.kind) {
    case 'importable':
      return importableLines(verdict, samples, style);
    case 'not-importable':
      return [
        `${paint(style, 'yellow', '✗')} ${paint(style, 'bold', 'Found, but the import cannot express it')}`,
        ...foundLines(verdict, samples, style),
        ...remainsLines(verdict.remains, style),
        '',
        `  ${paint(style, 'dim', 'for the login script:')}`,
        ...verdict.sketch.split('\n').map((line) => `    ${plain(line)}`),
      ];
    case 'several':
      return [
        `${paint(style, 'yellow', '?')} ${paint(style, 'bold', 'Several computations fit')}`,
        ...verdict.candidates.map(
          ({ computation, importable }) =>
            `  · ${plain(computation)}${importable ? '' : paint(style, 'dim', ' (not importable)')}`,
        ),
        ...labelled('fix   ', verdict.askFor, style, 2),
      ];
    case 'none':
      return [
        `${paint(style, 'red', '✗')} ${paint(style, 'bold', 'Nothing that was tried gives the stored value')}`,
        ...remainsLines(verdict.remains, style),
      ];
    case 'stopped':
      return [
        `${paint(style, 'yellow', '!')} ${paint(style, 'bold', 'Stopped before everything was tried')}`,
        ...(verdict.reason === 'time'
          ? labelled('fix   ', 'Give more time with --time-limit.', style, 2)
          : []),
      ];
    case 'no-hash':
      return [
        `${paint(style, 'yellow', '✗')} ${paint(style, 'bold', 'There is no password to find: a reset remains')}`,
      ];
    default:
      return verdict satisfies never;
  }
}

function importableLines(
  verdict: Extract<Verdict, { kind: 'importable' }>,
  samples: number,
  style: Style,
): readonly string[] {
  return [
    `${paint(style, 'green', '✓')} ${paint(style, 'bold', 'Found, and the import can express it')}`,
    ...foundLines(verdict, samples, style),
    ...verdict.mappings.flatMap((mapping) => [
      '',
      ...(verdict.mappings.length > 1
        ? [`  ${paint(style, 'dim', `for ${mapping.samples} of ${samples} samples:`)}`]
        : []),
      ...JSON.stringify({ [mapping.field]: mapping.value }, null, 2)
        .split('\n')
        .map((line) => `  ${plain(line)}`),
    ]),
  ];
}

function foundLines(found: Found, samples: number, style: Style): readonly string[] {
  return [
    ...labelled('computation  ', found.computation, style, 2),
    ...labelled('stored as    ', found.reading, style, 2),
    ...labelled('certainty    ', certaintyText(found.bits, samples), style, 2),
    ...found.openQuestions.flatMap((question) => labelled('open         ', question, style, 2)),
  ];
}

/** A second sample rules out what one account alone may do by accident: a leftover column, a special row. */
function certaintyText(bits: number, samples: number): string {
  const accident =
    bits >= 40
      ? `an accident would have to agree in ${Math.floor(bits)} bits`
      : `only ${Math.floor(bits)} bits had to agree, which can be an accident`;
  const proved =
    samples === 1 ? 'proved on 1 sample; a second one makes it certain' : `proved on ${samples} samples`;
  return `${proved}; ${accident}`;
}

function remainsLines(remains: readonly string[], style: Style): readonly string[] {
  return remains.flatMap((text, index) =>
    labelled(index === 0 ? 'what remains  ' : '              ', text, style, 2),
  );
}
