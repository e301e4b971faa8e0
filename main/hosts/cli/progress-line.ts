import type { Progress } from '#contract/trials.ts';
import { count, duration, percent, rate } from '#reporters/numbers.ts';
import { cut } from '#reporters/terminal/cells.ts';
import { PHASE_TITLES } from '#reporters/wording.ts';

/** One line that says where a trial stands, cut to fit `width`. */
export function progressLine(progress: Progress, width: number): string {
  const parts = [
    progress.phase === null ? 'Starting' : PHASE_TITLES[progress.phase],
    `${count(progress.done)}/${count(progress.expected)} (${percent(progress.done, progress.expected)})`,
    progress.rate === null ? null : rate(progress.rate),
    progress.etaSeconds === null ? null : `${duration(Math.round(progress.etaSeconds))} left`,
    progress.failed > 0 ? `${count(progress.failed)} failed` : null,
    progress.skipped > 0 ? `${count(progress.skipped)} skipped` : null,
    progress.status === 'paused' ? `paused: ${progress.note ?? 'waiting for the legacy database'}` : null,
  ].filter((part) => part !== null);
  return cut(parts.join(' · '), width);
}
