import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from '#contract/errors.ts';
import { phaseSchema } from '#contract/trial-record.ts';
import { everyUserEventSchema, everyUserFormSchema, outcomeSchema } from '#contract/trials.ts';

const ofTrial = { project: z.string(), trial: z.string() } as const;

/** How one script, or the import, ended in one scenario. The outcomes add up to the users they are about. */
const useSchema = z.strictObject({
  script: z.enum(['get_user', 'login', 'import']),
  scenario: z.enum(['existing-user', 'right-password', 'wrong-password', 'record']),
  /** `profile`, `no-profile`, `refused`, `error`, `not-run`, an ending of a script, or what a job did; biggest first. */
  outcomes: z.array(z.strictObject({ outcome: z.string(), users: z.int() })),
});
export type CoverageUse = z.infer<typeof useSchema>;

const sums = { total: z.int(), ok: z.int(), failed: z.int(), skipped: z.int() } as const;

export const coverageSchema = z.strictObject({
  trial: z.string(),
  /** The attribute that was asked for, under its own name. */
  by: z.string(),
  attributes: z.array(
    z.strictObject({
      name: z.string(),
      /** Columns of the legacy users query that it comes from. */
      columns: z.array(z.string()),
      values: z.int(),
    }),
  ),
  phases: z.array(
    z.strictObject({
      phase: phaseSchema,
      ...sums,
      scripts: z.array(useSchema),
      /** Users by value: the rows add up to the phase, with `(none)` and what is not listed in rows of their own. */
      rows: z.array(
        z.strictObject({
          value: z.string(),
          /** Stands for several values, or for users without one: `coverage.users` cannot list them. */
          collective: z.boolean(),
          ...sums,
          scripts: z.array(useSchema),
        }),
      ),
    }),
  ),
  personalData: z.enum(['masked', 'shown']),
});
export type Coverage = z.infer<typeof coverageSchema>;

/** All that is given has to fit. An `outcome` needs its script and scenario. */
export const coverageFilterSchema = z
  .strictObject({
    by: z.string().optional(),
    value: z.string().optional(),
    script: useSchema.shape.script.optional(),
    scenario: useSchema.shape.scenario.optional(),
    outcome: z.string().optional(),
    status: z.enum(['ok', 'failed', 'skipped']).optional(),
  })
  .refine(({ by, value }) => (by === undefined) === (value === undefined), 'by and value go together')
  .refine(
    ({ script, scenario, outcome }) =>
      new Set([script, scenario, outcome].map((one) => one === undefined)).size === 1,
    'script, scenario and outcome go together',
  );

export const coverage = {
  /**
   * Users of a trial by one attribute of their legacy rows (or `state`) and by what each script did in each
   * scenario. `by` is a name of `attributes`, or a column of the legacy users query.
   */
  show: procedure
    .input(
      z.strictObject({
        ...ofTrial,
        by: z.string().min(1).default('hashFormat'),
        /** Rows per phase; the other values are counted together. */
        limit: z.int().min(1).max(1000).default(50),
        /** Names values that few users have, which may be personal. */
        personalData: z.boolean().default(false),
      }),
    )
    .output(coverageSchema),
  /**
   * The users behind a number of `show`, in the order of the legacy store after `after` (-1: from the start), or from
   * place `at` (0-based) among those that fit.
   */
  users: procedure
    .input(
      z.strictObject({
        ...ofTrial,
        phase: phaseSchema,
        filter: coverageFilterSchema,
        after: z.int().min(-1).default(-1),
        at: z.int().nonnegative().optional(),
        limit: z.int().min(1).max(1000).default(100),
      }),
    )
    .output(
      z.strictObject({
        users: z.array(outcomeSchema),
        next: z.int().nullable(),
        /** All that fit, on whatever page. */
        total: z.int(),
      }),
    ),
  /** All of them, as `trials.everyUser` hands them over. */
  everyUser: procedure
    .input(
      z.strictObject({
        ...ofTrial,
        phase: phaseSchema,
        filter: coverageFilterSchema,
        as: everyUserFormSchema,
      }),
    )
    .output(eventIterator(everyUserEventSchema)),
};
