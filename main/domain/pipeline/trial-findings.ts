import { type UserFinding, finding } from '#domain/diagnostics/user-finding.ts';
import type { Difference } from '#domain/pipeline/compare-runs.ts';
import type { Notice } from '#domain/pipeline/effects.ts';

/** Denials first, as one of them decides the outcome; then what failed, then the rest as it came. */
const FIRST = [
  'pipeline.registration-denied',
  'pipeline.denied-after-only',
  'pipeline.denied',
  'pipeline.step-failed',
  'pipeline.time-limit',
  'pipeline.claim-lost',
];

/** Findings of one user: one a code, naming steps, claims and attributes but no values. */
export function pipelineFindings(
  differences: readonly Difference[],
  notices: readonly Notice[],
): readonly UserFinding[] {
  const names = new Map<string, Set<string>>();
  for (const { code, name } of differences) names.set(code, (names.get(code) ?? new Set()).add(name));
  const lines = new Map<string, number>();
  for (const { code, detail, line } of notices) {
    names.set(code, (names.get(code) ?? new Set()).add(detail));
    if (line !== undefined && !lines.has(code)) lines.set(code, line);
  }
  const rank = (code: string): number => (FIRST.includes(code) ? FIRST.indexOf(code) : FIRST.length);
  return [...names]
    .sort(([one], [other]) => rank(one) - rank(other))
    .map(([code, details]) => {
      const line = lines.get(code);
      const found = finding(code as Notice['code'], [...details].slice(0, 10).join('; '));
      return line === undefined ? found : { ...found, line };
    });
}
