/** Codes of the linter that are about its comments, not about a rule for scripts. */
export const LINT_ONLY_UNNUMBERED = [
  'lint.unknown-suppression',
  'lint.unused-suppression',
  'lint.suppression-without-reason',
] as const;

/** Codes of runs that no rule stands behind. */
export const RUN_ONLY_UNNUMBERED = ['script.lost-with-worker', 'egress.refused'] as const;
