import type { Progress } from '#contract/trials.ts';
import { count, duration, percent, rate } from '#reporters/numbers.ts';
import { cut } from '#reporters/terminal/cells.ts';
import { PHASE_TITLES } from '#reporters/wording.ts';

/**
 * One line that says where a trial stands, cut to fit `width`. Users count once their batch is kept, so the line
 * can stand still for a while; `waitedSeconds` since the last change shows that the trial does not.
 */
export function progressLine(progress: Progress, width: number, waitedSeconds = 0): string {
  const first = progress.done === 0 && progress.phase === 'lazy' && progress.status === 'running';
  const parts = [
    progress.phase === null ? 'Starting' : PHASE_TITLES[progress.phase],
    `${count(progress.done)}/${count(progress.expected)} (${percent(progress.done, progress.expected)})`,
    first && waitedSeconds > 0 ? `scripts run for the first users, ${duration(waitedSeconds)}` : null,
    progress.rate === null ? null : rate(progress.rate),
    progress.etaSeconds === null ? null : `${duration(Math.round(progress.etaSeconds))} left`,
    progress.failed > 0 ? `${count(progress.failed)} failed` : null,
    progress.skipped > 0 ? `${count(progress.skipped)} skipped` : null,
    progress.status === 'paused' ? `paused: ${progress.note ?? 'waiting for the legacy database'}` : null,
  ].filter((part) => part !== null);
  return cut(parts.join(' · '), width);
}
