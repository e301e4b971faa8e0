/**
 * What the process says to a build server. `findings`: the tool worked and found more than was allowed.
 * `failed`: the tool could not do its work, or was used wrongly. `interrupted`: stopped by Ctrl-C.
 */
export const EXIT = { clean: 0, findings: 1, failed: 2, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export function exitCodeOf(verdict: 'clean' | 'findings' | 'incomplete'): ExitCode {
  if (verdict === 'incomplete') return EXIT.failed;
  return verdict === 'clean' ? EXIT.clean : EXIT.findings;
}
