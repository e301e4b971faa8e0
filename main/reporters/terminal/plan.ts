import type { PlanEvent, PlanResult } from '#contract/plan.ts';
import { plain } from '#reporters/escape.ts';
import { bytes, count, duration, percent } from '#reporters/numbers.ts';
import type { Block, PlanItem, PlanSection } from '#reporters/plan-blocks.ts';
import { planSections } from '#reporters/plan-sections.ts';
import { planHeadline } from '#reporters/plan-wording.ts';
import { widthOf } from '#reporters/terminal/cells.ts';
import { heading, labelled, paint, type Paint, type Style, wrap } from '#reporters/terminal/style.ts';
import { table } from '#reporters/terminal/table.ts';

const BAR_CELLS = 40;
const COLOURS = { error: 'red', warning: 'yellow', note: 'dim', plain: 'bold' } as const satisfies Record<
  PlanItem['tone'],
  Paint
>;

/** The plan for a terminal. Ends with a line break; nothing in it can steer the terminal. */
export function planText(plan: PlanResult, given: Style): string {
  const style = { ...given, width: Math.min(120, Math.max(80, given.width)) };
  const head = [
    paint(style, 'bold', `Migration plan of ${plain(plan.project)}`),
    '',
    ...planHeadline(plan).flatMap((one) => wrap(one, style.width)),
  ];
  const sections = planSections(plan).map((section) => sectionLines(section, style).join('\n'));
  const time = paint(style, 'dim', `Worked out in ${duration(plan.milliseconds / 1000)}.`);
  return `${[head.join('\n'), ...sections, time].join('\n\n')}\n`;
}

function sectionLines({ title, blocks }: PlanSection, style: Style): readonly string[] {
  const [first, ...others] = blocks.map((block) => blockLines(block, style));
  return [heading(title, style), ...(first ?? []), ...others.flatMap((lines) => ['', ...lines])];
}

function blockLines(block: Block, style: Style): readonly string[] {
  switch (block.kind) {
    case 'text': {
      const lines = wrap(block.text, style.width - 2).map((line) => `  ${line}`);
      return block.soft === true ? lines.map((line) => paint(style, 'dim', line)) : lines;
    }
    case 'facts':
      return factLines(block.rows, style);
    case 'table':
      return tableLines(block, style);
    case 'items':
      return block.items.flatMap((item, index) => [...(index === 0 ? [] : ['']), ...itemLines(item, style)]);
    case 'curve':
      return curveLines(block, style);
    default:
      return block satisfies never;
  }
}

function factLines(rows: readonly (readonly [string, string, string])[], style: Style): readonly string[] {
  const width = Math.max(...rows.map(([name]) => widthOf(name))) + 2;
  return rows.flatMap(([name, value, source]) => [
    ...labelled(name.padEnd(width), value, style, 2),
    ...(source === '' ? [] : labelled(' '.repeat(width), `from: ${source}`, style, 2, ['dim', 'dim'])),
  ]);
}

function tableLines({ columns, rows }: Extract<Block, { kind: 'table' }>, style: Style): readonly string[] {
  return table(
    columns.map(({ title, number, flexible }) => ({
      title,
      align: number === true ? ('right' as const) : ('left' as const),
      ...(flexible === true ? { flexible } : {}),
    })),
    rows,
    style,
  );
}

function itemLines({ title, tone, lines }: PlanItem, style: Style): readonly string[] {
  return [
    ...wrap(title, style.width - 2).map((line) => `  ${paint(style, COLOURS[tone], line)}`),
    ...lines.flatMap(([label, text]) => labelled(label === '' ? '' : label.padEnd(6), text, style, 4)),
  ];
}

function curveLines({ points, whole }: Extract<Block, { kind: 'curve' }>, style: Style): readonly string[] {
  const cells = (value: number) => (whole === 0 ? 0 : Math.round((value / whole) * BAR_CELLS));
  const rows = shown(points).map(({ day, date, expected, lower, upper }) => {
    const bar = '█'.repeat(cells(lower)) + '▒'.repeat(cells(upper) - cells(lower));
    return [
      count(day),
      date,
      count(expected),
      percent(expected, whole),
      `${count(lower)} to ${count(upper)}`,
      bar,
    ];
  });
  return table(
    [
      { title: 'day', align: 'right' },
      { title: 'date', align: 'left' },
      { title: 'users', align: 'right' },
      { title: 'share', align: 'right' },
      { title: 'interval', align: 'left' },
      { title: '', align: 'left', flexible: true },
    ],
    rows,
    style,
  );
}

/** A dozen days say as much as all of them. */
function shown<Point>(points: readonly Point[]): readonly Point[] {
  const step = Math.max(1, Math.floor(points.length / 12));
  return points.filter((_point, index) => (points.length - 1 - index) % step === 0);
}

/** One line that is written over. */
export function planProgressLine(event: PlanEvent): string {
  if (event.type !== 'reading') return 'Working it out';
  const { done, expected } = event;
  return event.what === 'legacy'
    ? `Reading users: ${count(done)} of ${count(expected)}`
    : `Reading the access log: ${bytes(done)} of ${bytes(expected)}`;
}
