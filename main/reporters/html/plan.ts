import type { PlanResult } from '#contract/plan.ts';
import { markup } from '#reporters/escape.ts';
import { planCurve } from '#reporters/html/plan-curve.ts';
import { STYLE } from '#reporters/html/style.ts';
import { when } from '#reporters/html/summary.ts';
import { count, duration } from '#reporters/numbers.ts';
import type { Block, PlanItem, PlanSection } from '#reporters/plan-blocks.ts';
import { planSections } from '#reporters/plan-sections.ts';
import { planHeadline } from '#reporters/plan-wording.ts';

const OWN_STYLE = `
dl.facts dd small { display: block; }
.item { margin: 14px 0 0; } .item:first-child { margin-top: 0; } .item b.error { color: var(--bad); } .item b.warning { color: var(--skip); }
.item dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 14px; margin: 4px 0 0; font-size: 15px; }
.item dt { color: var(--soft); } .item dd { margin: 0; max-width: 84ch; }
svg.curve { display: block; width: 100%; height: auto; font-size: 13px; }
svg.curve .band { fill: var(--ok-bar); opacity: .25; } svg.curve .line { fill: none; stroke: var(--ok); stroke-width: 2; }
svg.curve .grid { stroke: var(--line); } svg.curve text { fill: var(--soft); }
td { overflow-wrap: anywhere; } .card + p { margin-top: 14px; }
`;

/** The plan as one page that needs nothing else: no script, no network, light and dark, printable. */
export function planHtml(plan: PlanResult): string {
  const [title = '', ...more] = planHeadline(plan);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${markup(`Migration plan of ${plan.project}`)}</title>`,
    `<style>${STYLE}${OWN_STYLE}</style>`,
    '</head>',
    '<body>',
    `<header><div class="brand">${markup(plan.project)} <span>· migration plan</span></div><div class="soft">${markup(when(plan.generatedAt))}</div></header>`,
    '<main>',
    answer(plan, title, more),
    ...planSections(plan).map(sectionMarkup),
    '</main>',
    `<footer>Made offline by Userferry ${markup(plan.versions.userferry)} in ${duration(plan.milliseconds / 1000)}. No person is named on this page.</footer>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function answer(plan: PlanResult, title: string, more: readonly string[]): string {
  const figures: readonly (readonly [string, number])[] = [
    ['users', plan.legacy.users],
    ['import files', plan.import.files.value],
    ['days of lazy logins', plan.schedule.days],
  ];
  const { verdict } = plan;
  return [
    `<section class="answer ${verdict}" aria-labelledby="answer">`,
    `<p class="kicker"><span class="badge ${verdict}">${verdict === 'clean' ? 'Nobody is left behind for certain' : 'Not ready as it stands'}</span></p>`,
    `<h1 id="answer">${markup(title)}</h1>`,
    ...more.map((one) => `<p>${markup(one)}</p>`),
    `<div class="phase"><dl class="counts">${figures
      .map(([name, value]) => `<div><dt>${markup(name)}</dt><dd>${count(value)}</dd></div>`)
      .join('')}</dl></div>`,
    '</section>',
  ].join('\n');
}

function sectionMarkup({ title, blocks }: PlanSection): string {
  return [
    `<section><h2>${markup(title)}</h2>`,
    ...blocks.map((block) => blockMarkup(block, title)),
    '</section>',
  ].join('\n');
}

function blockMarkup(block: Block, title: string): string {
  switch (block.kind) {
    case 'text':
      return `<p${block.soft === true ? ' class="soft"' : ''}>${markup(block.text)}</p>`;
    case 'facts':
      return `<div class="card"><dl class="facts">${block.rows
        .map(
          ([name, value, source]) =>
            `<dt>${markup(name)}</dt><dd>${markup(value)}${source === '' ? '' : `<small>from: ${markup(source)}</small>`}</dd>`,
        )
        .join('')}</dl></div>`;
    case 'table':
      return tableMarkup(block, title);
    case 'items':
      return `<div class="card">${block.items.map(itemMarkup).join('\n')}</div>`;
    case 'curve':
      return `<div class="card">${planCurve(block.points, block.whole)}</div>`;
    default:
      return block satisfies never;
  }
}

function tableMarkup({ columns, rows }: Extract<Block, { kind: 'table' }>, name: string): string {
  const cell = (index: number) => (columns[index]?.number === true ? ' class="number"' : '');
  return [
    `<div class="card"><div class="scroll"><table aria-label="${markup(name)}">`,
    `<thead><tr>${columns.map(({ title }, index) => `<th scope="col"${cell(index)}>${markup(title)}</th>`).join('')}</tr></thead>`,
    `<tbody>${rows
      .map((row) => `<tr>${row.map((text, index) => `<td${cell(index)}>${markup(text)}</td>`).join('')}</tr>`)
      .join('\n')}</tbody>`,
    '</table></div></div>',
  ].join('\n');
}

function itemMarkup({ title, tone, lines }: PlanItem): string {
  const rows = lines.map(([label, text]) => `<dt>${markup(label)}</dt><dd>${markup(text)}</dd>`).join('');
  return `<div class="item"><b class="${tone}">${markup(title)}</b><dl>${rows}</dl></div>`;
}
