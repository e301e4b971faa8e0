import { cohortValue } from '#contract/cohort-words.ts';
import type { CoverageUse } from '#contract/coverage.ts';
import { capital } from '#contract/capital.ts';
import { attributeTitle, PHASES } from '#renderer/components/trial-words.ts';

const STATUSES = ['ok', 'failed', 'skipped'] as const;
/** Cohorts that every outcome carries: these combine with causes and findings. */
const OWN_COHORTS = ['hashFormat', 'lastLogin', 'emailDomain'] as const;
type OwnCohort = (typeof OWN_COHORTS)[number];

/** Which users of a phase are listed, as the address says it. */
export interface UserFilter {
  readonly phase: 'lazy' | 'bulk';
  readonly status?: (typeof STATUSES)[number] | undefined;
  readonly cause?: string | undefined;
  readonly finding?: string | undefined;
  readonly by?: string | undefined;
  readonly value?: string | undefined;
  readonly script?: CoverageUse['script'] | undefined;
  readonly scenario?: CoverageUse['scenario'] | undefined;
  readonly outcome?: string | undefined;
}

const SCRIPTS = ['get_user', 'login', 'import'] as const;
const SCENARIOS = ['existing-user', 'right-password', 'wrong-password', 'record'] as const;

/** Reads an address. What it does not know it leaves out; a half of a pair is nothing. */
export function filterOf(search: URLSearchParams, phases: readonly ('lazy' | 'bulk')[]): UserFilter | null {
  const phase = phases.find((one) => one === search.get('phase')) ?? phases[0];
  if (phase === undefined) return null;
  const text = (name: string): string | undefined => search.get(name) ?? undefined;
  const script = SCRIPTS.find((one) => one === search.get('script'));
  const scenario = SCENARIOS.find((one) => one === search.get('scenario'));
  const outcome = text('outcome');
  const way =
    script === undefined || scenario === undefined || outcome === undefined
      ? {}
      : { script, scenario, outcome };
  const [by, value] = [text('by'), text('value')];
  return {
    phase,
    ...defined({ status: STATUSES.find((one) => one === search.get('status')) }),
    ...defined({ cause: text('cause'), finding: text('finding') }),
    ...(by === undefined || value === undefined ? {} : { by, value }),
    ...way,
  };
}

function defined<Shape extends object>(shape: Shape): { [Name in keyof Shape]?: NonNullable<Shape[Name]> } {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Shape]?: NonNullable<Shape[Name]>;
  };
}

/** The filter as an address. */
export function searchOf(filter: UserFilter): Readonly<Record<string, string>> {
  return defined(filter);
}

/**
 * Which procedure answers. `coverage` knows every attribute and what scripts did, but no causes and no findings;
 * where both are asked for, causes and findings win.
 */
export function askedOf(filter: UserFilter) {
  const { status, cause, finding, by, value, script, scenario, outcome } = filter;
  const own = OWN_COHORTS.find((one) => one === by);
  const needsCoverage = script !== undefined || (by !== undefined && own === undefined && by !== 'state');
  if (needsCoverage && cause === undefined && finding === undefined) {
    return { from: 'coverage', filter: defined({ status, by, value, script, scenario, outcome }) } as const;
  }
  const cohort =
    own === undefined || value === undefined ? undefined : { by: own satisfies OwnCohort, value };
  const state = by === 'state' ? value : undefined;
  return {
    from: 'outcomes',
    filter: defined({ status, cause, findingCode: finding, state, cohort }),
  } as const;
}

export interface Chip {
  /** Names in the address that go with it. */
  readonly names: readonly (keyof UserFilter)[];
  readonly text: string;
}

const ENDINGS: Readonly<Record<string, string>> = {
  'existing-user': 'existing user',
  'right-password': 'right password',
  'wrong-password': 'wrong password',
};

/** What narrows the list, each part removable. */
export function chipsOf(filter: UserFilter, titleOf: (code: string) => string): readonly Chip[] {
  const { status, cause, finding, by, value, script, scenario, outcome } = filter;
  return [
    status === undefined ? null : { names: ['status'] as const, text: status },
    cause === undefined ? null : { names: ['cause'] as const, text: `Cause: ${capital(titleOf(cause))}` },
    finding === undefined
      ? null
      : { names: ['finding'] as const, text: `Finding: ${capital(titleOf(finding))}` },
    by === undefined || value === undefined
      ? null
      : { names: ['by', 'value'] as const, text: `${attributeTitle(by)}: ${cohortValue(by, value)}` },
    script === undefined || scenario === undefined || outcome === undefined
      ? null
      : {
          names: ['script', 'scenario', 'outcome'] as const,
          text: `${script}, ${ENDINGS[scenario] ?? scenario}: ${outcome}`,
        },
  ].filter((chip) => chip !== null);
}

/** The filter without some of its parts. */
export function without(filter: UserFilter, names: Chip['names']): UserFilter {
  const rest = Object.entries(filter).filter(([name]) => !names.some((one) => one === name));
  return { ...Object.fromEntries(rest), phase: filter.phase };
}

/** `Lazy migration: failed users`. */
export function listTitle({ phase, status }: UserFilter): string {
  return `${PHASES[phase]}: ${status === undefined ? 'all' : status} users`;
}
