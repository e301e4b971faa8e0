import { wordedValues } from '#contract/cohort-words.ts';
import type { Report } from '#contract/report.ts';
import { count } from '#reporters/numbers.ts';

export type CoverageBy = Report['coverage'][number]['by'];
type Coverage = Report['coverage'][number];
export type PhaseName = Report['counts'][number]['phase'];
export type CauseGroup = Report['causes'][number];
export type FindingGroup = Report['findings'][number];
type TrialInputs = Report['trial']['inputs'];
export type Sample = CauseGroup['samples'][number];

export const PHASE_TITLES = { lazy: 'Lazy migration', bulk: 'Bulk import' } as const satisfies Record<
  PhaseName,
  string
>;

/** What an `ok` of the phase means, after "N of M users". */
export const PHASE_OK = {
  lazy: 'can be migrated lazily',
  bulk: 'can be imported in bulk',
} as const satisfies Record<PhaseName, string>;

export const COVERAGE_TITLES = {
  state: 'State after the trial',
  hashFormat: 'Password hash',
  lastLogin: 'Last login',
  emailDomain: 'E-mail domain',
} as const satisfies Record<CoverageBy, string>;

const DEPTH_MEANINGS = {
  profiles: 'profiles only: the get_user script ran for every user; no password was looked at',
  formats: 'profiles and hash formats: get_user ran for every user and every stored hash was recognised',
  assumed:
    'password checks assumed: login ran for every user, and comparisons of the password were answered for it',
  proven: 'passwords proven: login ran with known credentials and real password checks',
} as const satisfies Record<Report['trial']['options']['depth'], string>;

export function depthMeaning(report: Report): string | null {
  return report.trial.options.kind === 'bulk' ? null : DEPTH_MEANINGS[report.trial.options.depth];
}

const VERDICTS = { clean: 'Clean', findings: 'Findings', incomplete: 'Incomplete' } as const satisfies Record<
  Report['verdict'],
  string
>;

/** The verdict in words. Failures that were allowed are no findings, but they are not clean either. */
export function verdictTitle(report: Report): string {
  const failed = report.counts.some((phase) => phase.failed > 0);
  return report.verdict === 'clean' && failed ? 'Within what is allowed' : VERDICTS[report.verdict];
}

export function kindTitle(report: Report): string {
  const { kind } = report.trial.options;
  if (kind === 'mixed') return 'Mixed trial';
  return kind === 'lazy' ? 'Lazy migration trial' : 'Bulk import trial';
}

/** A mixed trial's phases in their order, and who takes part in each; null for the other kinds. */
export function orderSentence(report: Report): string | null {
  const { kind, order, lazyDays } = report.trial.options;
  if (kind !== 'mixed') return null;
  const lazy = `users seen in the last ${count(lazyDays)} days log in`;
  return order === 'lazy-first'
    ? `Order: first ${lazy}, then everybody is imported.`
    : `Order: first everybody is imported, then ${lazy}.`;
}

/** "PostgreSQL 18.4, 20,000 rows; how it is kept from writing". */
export function legacyText({ legacyVersion, legacyRows, legacyReadOnly }: TrialInputs): string {
  return `${legacyVersion}, ${count(legacyRows)} ${legacyRows === 1 ? 'row' : 'rows'}; ${legacyReadOnly}`;
}

/** "22.23.3" and "v26.10.0" as "Node 22.23.3" and "Node 26.10.0". */
export function nodeName(version: string): string {
  const number = /^v?(\d.*)$/.exec(version)?.[1];
  return number === undefined ? version : `Node ${number}`;
}

/** Rows of a cohort as people expect them: ages from young to old, everything else by size as it comes. */
export function orderedRows({ by, rows }: Coverage): Coverage['rows'] {
  const known = wordedValues(by);
  const place = (value: string) => (known.includes(value) ? known.indexOf(value) : known.length);
  return by === 'lastLogin' ? rows.toSorted((a, b) => place(a.value) - place(b.value)) : rows;
}

/** Findings that decided nothing, the grave ones first; what the clashes say already is left out. */
export function otherFindings(report: Report): readonly FindingGroup[] {
  const decided = new Set(report.causes.map((cause) => `${cause.phase} ${cause.code}`));
  const clashing = new Set(report.clashes.map((clash) => clash.code));
  const others = report.findings.filter(
    (finding) => !decided.has(`${finding.phase} ${finding.code}`) && !clashing.has(finding.code),
  );
  return (['error', 'warning', 'note'] as const).flatMap((severity) =>
    others.filter((finding) => finding.severity === severity),
  );
}

/** Causes in the order of work: failures before what was skipped, the biggest first, whatever the phase. */
export function rankedCauses(report: Report): readonly CauseGroup[] {
  return report.causes.toSorted(
    (a, b) =>
      Number(a.status === 'skipped') - Number(b.status === 'skipped') ||
      b.users - a.users ||
      (a.code < b.code ? -1 : 1),
  );
}
