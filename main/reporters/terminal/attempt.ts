import type { Attempt } from '#contract/scripts.ts';
import { plain } from '#reporters/escape.ts';
import { bytes, count } from '#reporters/numbers.ts';
import { diagnosticLines } from '#reporters/terminal/diagnostics.ts';
import { heading, labelled, paint, type Style } from '#reporters/terminal/style.ts';

/** An attempt that a person should look at: an ending other than a plain callback, or an error found by it. */
export function attemptFailed(attempt: Attempt): boolean {
  return attempt.ending !== 'called-back' || attempt.diagnostics.some((one) => one.severity === 'error');
}

/** Everything that was seen of one or several attempts. */
export function attemptsText(attempts: readonly Attempt[], style: Style): string {
  return `${attempts
    .map((attempt, index) =>
      [
        heading(
          attempts.length > 1 ? `${attempt.slot}, run ${index + 1} of ${attempts.length}` : attempt.slot,
          style,
        ),
        ...outcomeLines(attempt, style),
        ...attempt.diagnostics.flatMap((one) => ['', ...diagnosticLines(one, style)]),
        ...wireLines(attempt, style),
        ...consoleLines(attempt, style),
        ...section(
          'Refused connections',
          attempt.refused.map(
            (one) =>
              `${plain(one.host)}:${one.port}  ${plain(one.reason)}${one.line === undefined ? '' : ` (script line ${one.line})`}`,
          ),
          style,
        ),
      ].join('\n'),
    )
    .join('\n\n')}\n`;
}

function outcomeLines(attempt: Attempt, style: Style): readonly string[] {
  const { ms, error } = attempt;
  const good = attempt.ending === 'called-back';
  const memory = attempt.memoryBytes === null ? '' : `, ${bytes(attempt.memoryBytes)} of memory`;
  const longest =
    attempt.longestTurnMs === undefined ? '' : `, longest turn ${tenth(attempt.longestTurnMs)} ms`;
  const at =
    error?.line === undefined
      ? ''
      : ` (script line ${error.line}${error.column === undefined ? '' : `, column ${error.column}`})`;
  return [
    `  ${paint(style, good ? 'green' : 'red', `${good ? '✓' : '✗'} ${attempt.ending.replaceAll('-', ' ')}`)}  ${paint(style, 'dim', `${tenth(ms.total)} ms: database ${tenth(ms.database)}, hashing ${tenth(ms.hashing)}, script ${tenth(ms.script)}${longest}${memory}`)}`,
    ...(error === null ? [] : labelled('error  ', `${error.name}: ${error.message}${at}`, style, 2)),
    ...(error?.description === undefined ? [] : labelled('       ', error.description, style, 2)),
    ...(attempt.value === null ? ['  no profile'] : valueLines(attempt.value)),
  ];
}

function valueLines(value: Attempt['value']): readonly string[] {
  return JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => `  ${plain(line)}`);
}

function wireLines(attempt: Attempt, style: Style): readonly string[] {
  const connections = attempt.connections.map(
    (one) =>
      `#${one.id} ${plain(one.host)}:${one.port}, ${one.tls === 'none' ? 'no TLS' : `TLS ${one.tls}`}, open ${tenth(one.openMs)} ms${one.leftOpen ? ', left open' : ''}`,
  );
  const statements = attempt.statements.flatMap((one) => {
    const rows = one.rows === null ? '' : `, ${count(one.rows)} ${one.rows === 1 ? 'row' : 'rows'}`;
    return [
      ...labelled(`#${one.connection} `, one.text, style, 2),
      `     ${paint(style, 'dim', `${tenth(one.ms)} ms${rows}${one.binds.length === 0 ? '' : `, values: ${plain(one.binds.join(', '))}`}`)}`,
      ...(one.error === undefined ? [] : [`     ${paint(style, 'red', plain(one.error))}`]),
    ];
  });
  return [
    ...section('Connections', connections, style),
    ...(statements.length === 0 ? [] : ['', paint(style, 'bold', 'Statements'), ...statements]),
  ];
}

function consoleLines(attempt: Attempt, style: Style): readonly string[] {
  return section(
    'Console',
    attempt.console.map(
      (one) => `${`${tenth(one.atMs)} ms`.padStart(10)}  ${one.level.padEnd(5)}  ${plain(one.text)}`,
    ),
    style,
  );
}

function section(title: string, lines: readonly string[], style: Style): readonly string[] {
  return lines.length === 0 ? [] : ['', paint(style, 'bold', title), ...lines.map((line) => `  ${line}`)];
}

function tenth(ms: number): string {
  return String(Math.round(ms * 10) / 10);
}
