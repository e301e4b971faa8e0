import { count, percent } from '#reporters/numbers.ts';
import type { CurvePoint } from '#reporters/plan-blocks.ts';

const WIDTH = 960;
const HEIGHT = 320;
const LEFT = 64;
const BOTTOM = 34;
const TOP = 10;
const QUARTERS = [0, 0.25, 0.5, 0.75, 1] as const;

/** The expected number of users by day with its interval. Read out as its last point. */
export function planCurve(points: readonly CurvePoint[], whole: number): string {
  const last = points.at(-1);
  if (last === undefined || whole === 0) return '';
  const x = (day: number) => tenth(LEFT + ((WIDTH - LEFT - 10) * day) / last.day);
  const y = (users: number) => tenth(TOP + (HEIGHT - TOP - BOTTOM) * (1 - users / whole));
  const all = [{ day: 0, expected: 0, lower: 0, upper: 0 }, ...points];
  const along = (of: (point: (typeof all)[number]) => number, list = all) =>
    list.map((point) => `${x(point.day)},${y(of(point))}`).join(' ');
  const band = `${along(({ upper }) => upper)} ${along(({ lower }) => lower, all.toReversed())}`;
  const spoken = `Day ${count(last.day)}: ${count(last.expected)} users, between ${count(last.lower)} and ${count(last.upper)}`;
  return [
    `<svg class="curve" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${spoken}">`,
    ...QUARTERS.map((part) => {
      const at = y(part * whole);
      return `<line class="grid" x1="${LEFT}" x2="${WIDTH - 10}" y1="${at}" y2="${at}"/><text x="${LEFT - 8}" y="${Number(at) + 4}" text-anchor="end">${percent(part * 4, 4)}</text>`;
    }),
    ...QUARTERS.map((part) => {
      const day = Math.round(part * last.day);
      const anchor = part === 0 ? 'start' : part === 1 ? 'end' : 'middle';
      return `<text x="${x(day)}" y="${HEIGHT - 10}" text-anchor="${anchor}">day ${count(day)}</text>`;
    }),
    `<polygon class="band" points="${band}"/>`,
    `<polyline class="line" points="${along(({ expected }) => expected)}"/>`,
    '</svg>',
  ].join('');
}

function tenth(value: number): string {
  return String(Math.round(value * 10) / 10);
}
