import type { Report } from '#contract/report.ts';
import { formatCount, formatShare } from '#renderer/components/format.ts';

type Phase = Report['counts'][number];

const OK = { lazy: 'can be migrated at their first login', bulk: 'can be imported' } as const;

const people = (count: number): string => (count === 1 ? '1 user' : `${formatCount(count)} users`);

/** What became of the users of one phase, in one sentence. */
export function sentenceOf({ phase, expected, done, ok, failed, skipped }: Phase): string {
  if (expected === 0) return 'Nobody takes part.';
  if (done === 0) return `None of ${people(expected)} was tried yet.`;
  const rest = [
    failed > 0 ? `${formatCount(failed)} ${failed === 1 ? 'fails' : 'fail'}` : null,
    skipped > 0 ? `${formatCount(skipped)} ${skipped === 1 ? 'was' : 'were'} skipped` : null,
  ].filter((part) => part !== null);
  const tail = rest.length === 0 ? '.' : `; ${rest.join(', ')}.`;
  const open = done < expected ? `${formatCount(done)} of ${people(expected)} tried so far. ` : '';
  return `${open}${formatCount(ok)} of ${people(done)} (${formatShare(ok, done)}) ${OK[phase]}${tail}`;
}

/** What the numbers do not say by themselves. */
export function caveatsOf(report: Report): readonly string[] {
  const { trial, passwordChecks, clashes } = report;
  const clashing = clashes.reduce((sum, clash) => sum + clash.users, 0);
  const { limit, where, only } = trial.options.filter;
  const part = limit !== undefined || where !== undefined || only !== undefined;
  return [
    report.verdict === 'incomplete' ? `The trial is ${trial.status}: users not done yet are missing.` : null,
    clashing > 0
      ? `${formatCount(clashing)} failures of the second phase are clashes with what the first one made; many of these people are across already.`
      : null,
    checksSentence(passwordChecks),
    part
      ? `Only a selection of the ${people(trial.inputs.legacyRows)} in the legacy database took part.`
      : null,
  ].filter((caveat) => caveat !== null);
}

function checksSentence({ truly, assumed }: Report['passwordChecks']): string | null {
  if (assumed === 0) return null;
  return truly > 0
    ? `${formatCount(truly)} password checks were computed, ${formatCount(assumed)} were answered by the rehearsal; those prove nothing about a password.`
    : `All ${formatCount(assumed)} password checks were answered by the rehearsal: scripts and profiles are proven, passwords are not.`;
}
