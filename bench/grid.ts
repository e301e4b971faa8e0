import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { closeBrowser, openApp } from '#test/app.ts';
import { manyPeopleProject } from '#test/many-people.ts';
import { startPostgresql } from '#test/postgresql.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { benchOptions, usersOf } from './common/options.ts';
import { figure } from './common/rows.ts';
import { median, quantile } from './common/statistics.ts';

/*
 * The grid of legacy users in Chromium over a PostgreSQL table of a million rows: opening it, jumps all over the list
 * until the rows are painted, and scrolling by wheel, measured with requestAnimationFrame in the page itself.
 * Run after npm run build:renderer: node --no-node-snapshot bench/grid.ts [--users N]
 */
const rows = usersOf(benchOptions(), 1_000_000);
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

const figures = (values: readonly number[]): string =>
  [0, 0.5, 0.95, 1].map((part) => quantile(values, part).toFixed(1)).join(' / ');

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
  const inTime = gaps.filter((gap) => gap <= 1000 / 55).length;
  console.log(`load ${load()}; milliseconds, least / median / 95 of 100 / most`);
  console.log(`jumps before the places are noted: ${figures(early)}\njumps: ${figures(late)}`);
  console.log(`between frames while scrolling by wheel: ${figures(gaps)}`);
  const users = rows;
  figure('legacy users opened in the app, with the count', opened, 'ms', { better: 'less', users });
  figure(`jump in the grid until its rows are painted, median of ${JUMPS}`, median(late), 'ms', {
    better: 'less',
    users,
    goal: rows > 1_000_000 ? { most: 100, users: 10_000_000 } : { most: 65, users: 1_000_000 },
  });
  figure('scrolling by wheel, frames within a sixtieth of a second', (100 * inTime) / gaps.length, 'of 100', {
    users,
    goal: { least: 95, users: 1_000_000 },
  });
} finally {
  await app.close();
  await closeBrowser();
  await server.remove();
  removeFolder(folder);
}
