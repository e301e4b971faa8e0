import type { Coverage } from '#contract/coverage.ts';
import type { Report } from '#contract/report.ts';
import type { Bar } from '#renderer/components/charts/bar-list.tsx';

/** What every report is split by, recorded or not. */
export const MAIN = ['state', 'hashFormat', 'lastLogin', 'emailDomain'] as const;
export type MainAttribute = (typeof MAIN)[number];

export function isMain(name: string): name is MainAttribute {
  return MAIN.some((one) => one === name);
}

/** The cohorts of one attribute: from what the trial recorded, else from the report. Null until either is there. */
export function barsOf(
  report: Report,
  recorded: Coverage | undefined,
  by: string,
  phase: 'lazy' | 'bulk',
): readonly Bar[] | null {
  if (recorded?.by === by) {
    const rows = recorded.phases.find((one) => one.phase === phase)?.rows ?? [];
    return rows.map(({ value, collective, ok, failed, skipped }) => ({
      id: value,
      label: value,
      ok,
      failed,
      skipped,
      collective,
    }));
  }
  const own = report.coverage.find((one) => one.phase === phase && one.by === by);
  if (own === undefined) return null;
  return own.rows.map(({ value, ok, failed, skipped }) => ({
    id: value,
    label: value,
    ok,
    failed,
    skipped,
    collective: value === '(other)',
  }));
}
