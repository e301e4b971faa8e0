import type { Inspection, SettingChange } from '#contract/legacy.ts';
import { plain } from '#reporters/escape.ts';
import { count } from '#reporters/numbers.ts';
import { diagnosticLines } from '#reporters/terminal/diagnostics.ts';
import { heading, labelled, paint, type Style } from '#reporters/terminal/style.ts';
import { padEnd, padStart, widthOf } from '#reporters/terminal/cells.ts';
import { table } from '#reporters/terminal/table.ts';

/** A schema has hundreds of tables, and nobody reads them all. */
const MOST_TABLES = 25;
const GUESS = 0.5;

/** What was seen of a legacy database and how its users would map. */
export function inspectionText(inspection: Inspection, style: Style): string {
  return `${[
    `${plain(inspection.version)}, ${readOnlyText(inspection)}`,
    '',
    ...tableLines(inspection, style),
    '',
    ...proposalLines(inspection, style),
    ...previewLines(inspection, style),
    ...inspection.findings.flatMap((one) => ['', ...diagnosticLines(one, style)]),
    ...settingsLines(inspection, style),
  ].join('\n')}\n`;
}

function readOnlyText({ readOnly }: Inspection): string {
  return readOnly.enforced
    ? `read-only: ${plain(readOnly.how)}`
    : `not read-only by force: ${plain(readOnly.how)}`;
}

function tableLines({ tables, proposal }: Inspection, style: Style): readonly string[] {
  const chosen = proposal.table?.name;
  const first = tables.filter((one) => one.name === chosen);
  const others = tables.filter((one) => one.name !== chosen);
  const shown = [...first, ...others].slice(0, MOST_TABLES);
  const rows = shown.map((one) => [
    one.name === chosen ? '→' : '',
    one.name,
    one.kind,
    count(one.columns),
    one.estimatedRows === null ? 'unknown' : `about ${count(one.estimatedRows)}`,
  ]);
  const more = tables.length - shown.length;
  return [
    ...table(
      [
        { title: '', align: 'left' },
        { title: 'name', align: 'left', flexible: true },
        { title: 'kind', align: 'left' },
        { title: 'columns', align: 'right' },
        { title: 'rows', align: 'right' },
      ],
      rows,
      style,
      0,
    ),
    ...(more > 0 ? [`and ${count(more)} more`] : []),
  ];
}

function proposalLines({ proposal, tables }: Inspection, style: Style): readonly string[] {
  if (proposal.table === null) {
    return [
      `${paint(style, 'red', '✗')} ${paint(style, 'bold', tables.length === 0 ? 'There is no table that this user may read' : 'No table looks like a list of users')}`,
      ...labelled(
        'fix   ',
        tables.length === 0
          ? 'Check "database" and "schema" of the connection, and that the user may read the tables.'
          : 'Name the table with --table, or write a query that joins what belongs together into "users.query".',
        style,
        2,
      ),
    ];
  }
  const rows: readonly Row[] = [
    ['users table', proposal.table.name, proposal.table],
    ...(proposal.key === null ? [] : [['key', proposal.key.columns.join(', '), proposal.key] as const]),
    ...proposal.fields.map((one) => [one.attribute, one.column, one] as const),
  ];
  return [
    heading('Proposal', style),
    ...reasonedLines(rows, style),
    ...(proposal.key === null ? ['  no column is unique, so there is no key to propose'] : []),
    ...(proposal.unused.length === 0 ? [] : labelled('not used    ', proposal.unused.join(', '), style, 2)),
    ...(proposal.alternatives.length === 0
      ? []
      : labelled(
          'or perhaps  ',
          proposal.alternatives.map((one) => `${one.name} (${sure(one.confidence)})`).join(', '),
          style,
          2,
        )),
  ];
}

type Row = readonly [
  setting: string,
  is: string,
  judged: { readonly confidence: number; readonly reason: string },
];

/** A table whose last column wraps: the reasons are what a reader checks. */
function reasonedLines(rows: readonly Row[], style: Style): readonly string[] {
  const widest = (index: 0 | 1) => Math.max(...rows.map((row) => widthOf(row[index])));
  return rows.flatMap(([setting, is, { confidence, reason }]) => {
    const label = `${padEnd(setting, widest(0))}  ${padEnd(plain(is), widest(1))}  ${padStart(sure(confidence), 5)}  `;
    return labelled(label, reason === '' ? 'nothing speaks against it' : reason, style, 2, [
      confidence < GUESS ? 'yellow' : 'bold',
      'dim',
    ]);
  });
}

function sure(confidence: number): string {
  return `${Math.round(confidence * 100)} %${confidence < GUESS ? '?' : ''}`;
}

function previewLines({ preview }: Inspection, style: Style): readonly string[] {
  return preview.flatMap((user, index) => [
    '',
    heading(`User ${index + 1} of ${preview.length}, masked`, style),
    ...user.values.map(({ attribute, value }) => `  ${attribute.padEnd(15)} ${plain(value)}`),
    ...user.findings
      .filter(({ severity }) => severity !== 'note')
      .flatMap(({ severity, title, code, detail }) =>
        labelled(severity === 'error' ? '✗ ' : '! ', `${title} (${code}): ${detail}`, style, 2, [
          severity === 'error' ? 'red' : 'yellow',
        ]),
      ),
  ]);
}

function settingsLines({ settings }: Inspection, style: Style): readonly string[] {
  if (settings === null) return [];
  const { changes, kept } = settings;
  return [
    ...(changes.length === 0
      ? []
      : ['', heading('Changes to userferry.json', style), ...changesLines(changes, style)]),
    ...(kept.length === 0
      ? []
      : [
          '',
          heading('Set by hand, so left alone', style),
          ...kept.map((one) => `  ${one.setting} is ${valueText(one.from)}; proposed: ${valueText(one.to)}`),
          '  --force would replace these too.',
        ]),
  ];
}

function changesLines(changes: readonly SettingChange[], style: Style): readonly string[] {
  return changes.flatMap(({ setting, from, to, why }) => [
    ...(from === null ? [] : [paint(style, 'red', `- ${setting}: ${valueText(from)}`)]),
    ...(to === null
      ? [paint(style, 'dim', `  (${plain(why)})`)]
      : [paint(style, 'green', `+ ${setting}: ${valueText(to)}`)]),
  ]);
}

function valueText(value: SettingChange['from']): string {
  return plain(JSON.stringify(value));
}
