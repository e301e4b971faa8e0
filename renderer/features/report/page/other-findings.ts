import type { Report } from '#contract/report.ts';

/** Findings that decided nothing, the grave ones first; what the clashes say already is left out. */
export function otherFindings(report: Report): readonly Report['findings'][number][] {
  const decided = new Set(report.causes.map(({ phase, code }) => `${phase} ${code}`));
  const clashing = new Set(report.clashes.map(({ code }) => code));
  const others = report.findings.filter(
    ({ phase, code }) => !decided.has(`${phase} ${code}`) && !clashing.has(code),
  );
  const place = { error: 0, warning: 1, note: 2 } as const;
  return others.toSorted((a, b) => place[a.severity] - place[b.severity] || b.users - a.users);
}
