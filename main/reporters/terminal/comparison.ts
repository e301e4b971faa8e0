import type { z } from 'zod';
import type { trials } from '#contract/trials.ts';
import { catalogEntry } from '#domain/diagnostics/catalog.ts';
import { plain } from '#reporters/escape.ts';
import { count, users } from '#reporters/numbers.ts';
import { labelled, paint, type Style } from '#reporters/terminal/style.ts';
import { table } from '#reporters/terminal/table.ts';

type Comparison = z.infer<NonNullable<(typeof trials.compare)['~orpc']['outputSchema']>>;
type ChangedPage = z.infer<NonNullable<(typeof trials.changed)['~orpc']['outputSchema']>>;

const cause = (value: string | null) => (value === null ? 'ok' : plain(value));

/** What a later trial mended and broke: in sum, by cause, and from which cause to which. */
export function comparisonText(a: string, b: string, comparison: Comparison, style: Style): string {
  const only = comparison.onlyInA + comparison.onlyInB;
  return `${[
    paint(style, 'bold', `${plain(a)} → ${plain(b)}`),
    `  ${paint(style, 'green', `${count(comparison.fixed)} mended`)}, ${paint(style, 'red', `${count(comparison.broken)} broken`)}, ${count(comparison.changedCause)} fail for another cause, ${count(comparison.same)} the same`,
    ...(only === 0
      ? []
      : [
          `  ${count(comparison.onlyInA)} only in the first, ${count(comparison.onlyInB)} only in the second`,
        ]),
    ...causeLines(comparison, style),
    ...changeLines(comparison, style),
  ].join('\n')}\n`;
}

function causeLines({ causes }: Comparison, style: Style): readonly string[] {
  if (causes.length === 0) return [];
  return [
    '',
    ...table(
      [
        { title: 'cause', align: 'left' },
        { title: 'first', align: 'right' },
        { title: 'second', align: 'right' },
        { title: 'change', align: 'right' },
        { title: 'in both', align: 'right' },
        { title: 'what it is', align: 'left', flexible: true },
      ],
      causes.map(({ cause: code, a, b, same }) => [
        code,
        count(a),
        count(b),
        b > a ? `+${count(b - a)}` : count(b - a),
        count(same),
        catalogEntry(code)?.title ?? '',
      ]),
      style,
    ),
  ];
}

function changeLines({ groups }: Comparison, style: Style): readonly string[] {
  const lines = groups.flatMap((group) => {
    const colour = group.to === null ? 'green' : group.from === null ? 'red' : 'yellow';
    const keys = group.samples.map((sample) => sample.key.join('/')).join(', ');
    return [
      `  ${paint(style, colour, users(group.users))}  ${cause(group.from)} → ${cause(group.to)}`,
      ...(keys === '' ? [] : labelled('for example  ', keys, style, 4)),
    ];
  });
  return lines.length === 0 ? [] : ['', ...lines];
}

/** A page of users that changed, by key and id. */
export function changedUsersText({ users: page, next }: ChangedPage, style: Style): string {
  if (page.length === 0) return 'Nobody fits.\n';
  const lines = table(
    [
      { title: 'position', align: 'right' },
      { title: 'key', align: 'left' },
      { title: 'legacy id', align: 'left' },
      { title: 'change', align: 'left', flexible: true },
    ],
    page.map(({ position, key, legacyId, from, to }) => [
      String(position),
      key.join('/'),
      legacyId ?? '',
      from === null && to === null ? '' : `${cause(from)} → ${cause(to)}`,
    ]),
    style,
    0,
  );
  const more = next === null ? [] : ['', `The next page: --after ${next}`];
  return `${[...lines, ...more].join('\n')}\n`;
}
