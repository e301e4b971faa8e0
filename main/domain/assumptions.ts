import type { AssumptionRule } from '#domain/assumption-tables/assumption-rule.ts';
import { IMPORT_ASSUMPTIONS } from '#domain/assumption-tables/import-assumptions.ts';
import { LOGIN_ASSUMPTIONS } from '#domain/assumption-tables/login-assumptions.ts';
import { PIPELINE_ASSUMPTIONS } from '#domain/assumption-tables/pipeline-assumptions.ts';
import { PASSWORD_ASSUMPTIONS } from '#domain/assumption-tables/password-assumptions.ts';

const RULES = {
  ...LOGIN_ASSUMPTIONS,
  ...PASSWORD_ASSUMPTIONS,
  ...IMPORT_ASSUMPTIONS,
  ...PIPELINE_ASSUMPTIONS,
} as const;

export type AssumptionName = keyof typeof RULES;

/** One value per switch. Printed in every report. */
export type Assumptions = {
  readonly [Name in AssumptionName]: keyof (typeof RULES)[Name]['options'] & string;
};

export interface Assumption {
  readonly name: AssumptionName;
  readonly question: string;
  readonly options: readonly { readonly value: string; readonly effect: string }[];
  readonly default: string;
  readonly source: string;
}

/** Every switch for behaviour that public documentation does not settle. Names never change their meaning. */
export const ASSUMPTIONS: readonly Assumption[] = (
  Object.entries(RULES) as [AssumptionName, AssumptionRule][]
).map(([name, rule]) => ({
  name,
  question: rule.question,
  options: orderedOptions(rule),
  default: rule.default,
  source: rule.source,
}));

/** The default first: objects put keys like `150` before all others, whatever the order of writing. */
function orderedOptions(rule: AssumptionRule): Assumption['options'] {
  const options = Object.entries(rule.options).map(([value, effect]) => ({ value, effect }));
  return options.sort((a, b) => Number(b.value === rule.default) - Number(a.value === rule.default));
}

export const DEFAULT_ASSUMPTIONS = Object.fromEntries(
  ASSUMPTIONS.map((assumption) => [assumption.name, assumption.default]),
) as Assumptions;

export interface AssumptionProblem {
  readonly kind: 'unknown-name' | 'unknown-value';
  readonly name: string;
  readonly value: string;
  /** What would have been understood: the values of the switch, or the nearest names. */
  readonly expected: readonly string[];
}

export interface ResolvedAssumptions {
  readonly assumptions: Assumptions;
  readonly problems: readonly AssumptionProblem[];
}

/**
 * The defaults with a project's choices on top; `true` and `false` stand for `yes` and `no`. A name or value that
 * is not known leaves the default in force and is a problem to show.
 */
export function resolveAssumptions(
  overrides: Readonly<Record<string, string | boolean>>,
): ResolvedAssumptions {
  const chosen: Record<string, string> = {};
  const problems: AssumptionProblem[] = [];
  for (const [name, given] of Object.entries(overrides)) {
    const value = yesOrNo(given);
    const assumption = ASSUMPTIONS.find((candidate) => candidate.name === name);
    if (assumption === undefined) {
      problems.push({ kind: 'unknown-name', name, value, expected: nearestNames(name) });
    } else if (assumption.options.some((option) => option.value === value)) {
      chosen[name] = value;
    } else {
      const expected = assumption.options.map((option) => option.value);
      problems.push({ kind: 'unknown-value', name, value, expected });
    }
  }
  return { assumptions: { ...DEFAULT_ASSUMPTIONS, ...chosen }, problems };
}

function yesOrNo(value: string | boolean): string {
  const text = String(value);
  return text === 'true' ? 'yes' : text === 'false' ? 'no' : text;
}

/** Names that share the most words with a mistyped one; at most three. */
function nearestNames(name: string): readonly string[] {
  const words = new Set(name.toLowerCase().split(/[^a-z0-9]+/));
  const shared = (candidate: string): number => candidate.split('-').filter((word) => words.has(word)).length;
  return ASSUMPTIONS.map((assumption) => assumption.name)
    .filter((candidate) => shared(candidate) > 0)
    .sort((a, b) => shared(b) - shared(a))
    .slice(0, 3);
}
