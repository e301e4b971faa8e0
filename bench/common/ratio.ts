import type { Figure, Goal } from './rows.ts';

/** How ours stands to the baseline, whatever the unit: above 1 is better than it. Null without a baseline. */
export function ratioOf({ ours, baseline, better }: Figure): number | null {
  if (baseline === null) return null;
  return better === 'more' ? ours / baseline.figure : baseline.figure / ours;
}

export type Reached = 'yes' | 'no' | 'too few users' | '';

export function reachedOf(figure: Figure): Reached {
  const { goal, users, ours } = figure;
  if (goal === null) return '';
  if (goal.users !== undefined && (users ?? 0) < goal.users) return 'too few users';
  const ratio = ratioOf(figure);
  const held = [
    goal.ratio === undefined || (ratio !== null && ratio >= goal.ratio),
    goal.least === undefined || ours >= goal.least,
    goal.most === undefined || ours <= goal.most,
  ];
  return held.every(Boolean) ? 'yes' : 'no';
}

export function goalText(goal: Goal | null, unit: string): string {
  if (goal === null) return '';
  const parts = [
    ...(goal.ratio === undefined ? [] : [`ratio ≥ ${goal.ratio}`]),
    ...(goal.least === undefined ? [] : [`≥ ${numberText(goal.least)} ${unit}`]),
    ...(goal.most === undefined ? [] : [`≤ ${numberText(goal.most)} ${unit}`]),
  ];
  return parts.join(', ');
}

/** Three digits that count, whatever the size. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return Number(value.toFixed(digits)).toLocaleString('en');
}
