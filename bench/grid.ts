import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { closeBrowser, openApp } from '#test/app.ts';
import { manyPeopleProject } from '#test/many-people.ts';
import { startPostgresql } from '#test/postgresql.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

/*
 * The grid of legacy users in Chromium over a PostgreSQL table of a million rows: opening it, jumps all over the list
 * until the rows are painted, and scrolling by wheel, measured with requestAnimationFrame in the page itself.
 * Prints Markdown. Run after npm run build:renderer: node --no-node-snapshot bench/grid.ts [rows]
 */
const rows = Number(process.argv[2] ?? 1_000_000);
const JUMPS = 60;
const SCROLL_MS = 5_000;

const folder = temporaryFolder('grid-bench');
const server = await startPostgresql();
const project = await manyPeopleProject(join(folder, 'acme'), server, rows);
const app = await openApp({ home: folder, size: { width: 1280, height: 800 } });
const load = (): string => loadavg()[0]!.toFixed(1);

/** Milliseconds from a jump of the scroll bar to the frame that shows the rows there. */
function jumps(page: Page, count: number): Promise<number[]> {
  return page.getByRole('grid').evaluate(async (grid, times) => {
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    const filled = (from: number): boolean => {
      const shown = [...grid.querySelectorAll('[role=row][aria-busy]')];
      const first = Number(shown[0]?.getAttribute('aria-rowindex'));
      return (
        first !== from && shown.length > 0 && shown.every((row) => row.getAttribute('aria-busy') === 'false')
      );
    };
    const took: number[] = [];
    for (let jump = 0; jump < times; jump += 1) {
      const before = Number(grid.querySelector('[role=row][aria-busy]')?.getAttribute('aria-rowindex'));
      // Spread evenly and without a pattern that pages near each other could profit from.
      const share = ((jump + 1) * 0.618_034) % 1;
      const start = performance.now();
      grid.scrollTop = share * (grid.scrollHeight - grid.clientHeight);
      do await frame();
      while (!filled(before));
      took.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    return took;
  }, count);
}

/** Milliseconds between frames while the wheel turns at every frame. */
function scrolling(page: Page, ms: number): Promise<number[]> {
  return page.getByRole('grid').evaluate(async (grid, duration) => {
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    const gaps: number[] = [];
    let last = await frame();
    for (const end = last + duration; last < end; ) {
      grid.dispatchEvent(new WheelEvent('wheel', { deltaY: 96, cancelable: true, bubbles: true }));
      const now = await frame();
      gaps.push(now - last);
      last = now;
    }
    return gaps;
  }, ms);
}

const share = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;
const figures = (values: readonly number[]): string =>
  [0, 0.5, 0.95, 1].map((part) => share(values, part).toFixed(1)).join(' / ');

try {
  const { page } = app;
  const start = performance.now();
  await app.go(`/project/${encodeURIComponent(project)}/legacy/users`);
  await page
    .getByRole('grid')
    .getByText('user1@example.com')
    .or(page.getByRole('gridcell').first())
    .first()
    .waitFor();
  const opened = performance.now() - start;
  // The engine notes the places of the rows in the background; far jumps before that cost one longer query.
  const early = await jumps(page, 8);
  await new Promise((resolve) => setTimeout(resolve, 30_000));
  const late = await jumps(page, JUMPS);
  const gaps = await scrolling(page, SCROLL_MS);
  const slow = gaps.filter((gap) => gap > 1000 / 55).length;
  const lines = [
    `${rows.toLocaleString('en')} rows in PostgreSQL, load ${load()}`,
    '',
    '| measured | ms: least / median / 95% / most |',
    '| --- | --- |',
    `| users opened, with the count | ${opened.toFixed(0)} |`,
    `| jump before the places are noted (8) | ${figures(early)} |`,
    `| jump (${JUMPS}) | ${figures(late)} |`,
    `| time between frames while scrolling by wheel (${gaps.length} frames) | ${figures(gaps)} |`,
    '',
    `${(100 - (100 * slow) / gaps.length).toFixed(1)}% of the frames came within a sixtieth of a second.`,
  ];
  console.log(lines.join('\n'));
} finally {
  await app.close();
  await closeBrowser();
  await server.remove();
  removeFolder(folder);
}
