import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { severitySchema } from '#contract/diagnostic.ts';
import { procedure } from '#contract/errors.ts';
import { legacyKeySchema } from '#contract/trial-record.ts';

const confidence = z.enum(['certain', 'likely', 'guess']);

/** A finding about a stored hash in general: catalog code and title. */
const remark = z.strictObject({ code: z.string(), severity: severitySchema, title: z.string() });

/** A stored value and the password it was made from. Used once and never kept. */
export const hashSampleSchema = z.strictObject({
  password: z.string(),
  stored: z.string().min(1),
  salt: z.string().optional(),
  username: z.string().optional(),
  email: z.string().optional(),
});

/** Where known passwords and the stored values behind them come from. */
export const searchSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('samples'), samples: z.array(hashSampleSchema).min(1).max(50) }),
  /** One legacy user, by e-mail address or username in any case, or by key. */
  z.strictObject({
    kind: z.literal('user'),
    project: z.string(),
    user: z.union([
      z.strictObject({ identifier: z.string().min(1) }),
      z.strictObject({ key: legacyKeySchema }),
    ]),
    password: z.string(),
  }),
  /** All test accounts of the project, one search for each recognised format. */
  z.strictObject({ kind: z.literal('credentials'), project: z.string() }),
]);
export type SearchSource = z.infer<typeof searchSourceSchema>;

/** How the target is told: the field of the import record and its value, secrets masked. */
const mapping = z.strictObject({
  field: z.enum(['password_hash', 'custom_password_hash']),
  value: z.json(),
  /** Samples that this very form stands for. */
  samples: z.int(),
});

const found = {
  /** The computation in words. */
  computation: z.string(),
  /** How the stored value is taken apart. */
  reading: z.string(),
  /** Bits that would have to agree by accident if this were wrong, tries taken off. */
  bits: z.number(),
  openQuestions: z.array(z.string()),
} as const;

export const searchVerdictSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('importable'), ...found, mappings: z.array(mapping) }),
  z.strictObject({
    kind: z.literal('not-importable'),
    ...found,
    /** Lines for a login script. */
    sketch: z.string(),
    remains: z.array(z.string()),
  }),
  z.strictObject({
    kind: z.literal('several'),
    candidates: z.array(z.strictObject({ computation: z.string(), importable: z.boolean() })),
    askFor: z.string(),
  }),
  z.strictObject({ kind: z.literal('none'), remains: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('stopped'), reason: z.enum(['cancelled', 'time']) }),
  /** There is nothing to compute: the account is locked or has no password. */
  z.strictObject({ kind: z.literal('no-hash') }),
]);

export const searchAnswerSchema = z.strictObject({
  /** What the stored values look like before anything is computed. */
  recognised: z.strictObject({
    format: z.string(),
    parameters: z.array(z.string()),
    confidence,
    remarks: z.array(remark),
  }),
  /** Samples that the verdict is about. */
  samples: z.int(),
  /** Samples that all others contradict: keys of legacy users, or positions in the request. */
  misfits: z.array(z.string()),
  verdict: searchVerdictSchema,
  tried: z.array(z.strictObject({ family: z.string(), candidates: z.int() })),
  notTried: z.array(z.string()),
  milliseconds: z.int(),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;

export const searchResultSchema = z.strictObject({
  answers: z.array(searchAnswerSchema),
  /** Of source `credentials`: the accounts of the file against the legacy store; null otherwise. */
  accounts: z
    .strictObject({ known: z.int(), found: z.int(), notFound: z.int(), ambiguous: z.int(), leftOut: z.int() })
    .nullable(),
});
export type SearchResult = z.infer<typeof searchResultSchema>;

export const searchEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('reading'), done: z.int(), expected: z.int() }),
  z.strictObject({
    type: z.literal('searching'),
    /** 1-based number of the format at hand, out of `formats`. */
    format: z.int(),
    formats: z.int(),
    family: z.string(),
    tried: z.int(),
  }),
  z.strictObject({ type: z.literal('result'), result: searchResultSchema }),
]);
export type SearchEvent = z.infer<typeof searchEventSchema>;

const target = z.strictObject({
  route: z.enum(['password-hash', 'custom', 'lazy-only', 'reset-only']),
  /** Field and options of an importable hash, values masked; null for the other routes. */
  value: z.json(),
  /** Why it cannot be imported; null where it can. */
  reason: remark.nullable(),
  users: z.int(),
});

export const formatGroupSchema = z.strictObject({
  format: z.string(),
  users: z.int(),
  /** Most frequent first; `(other)` holds the rest. */
  parameters: z.array(z.strictObject({ parameters: z.string(), users: z.int() })),
  confidence: z.strictObject({ certain: z.int(), likely: z.int(), guess: z.int() }),
  targets: z.array(target),
  warnings: z.array(z.strictObject({ ...remark.shape, users: z.int() })),
  samples: z.array(z.strictObject({ key: legacyKeySchema, legacyId: z.string() })),
});

/** users = sum over formats + unreadable + withoutId, and the routes add up to the formats. */
export const formatsResultSchema = z.strictObject({
  users: z.int(),
  unreadable: z.int(),
  withoutId: z.int(),
  routes: z.strictObject({ passwordHash: z.int(), custom: z.int(), lazyOnly: z.int(), resetOnly: z.int() }),
  formats: z.array(formatGroupSchema),
  milliseconds: z.int(),
});
export type FormatsResult = z.infer<typeof formatsResultSchema>;

export const formatsEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('reading'), done: z.int(), expected: z.int() }),
  z.strictObject({ type: z.literal('result'), result: formatsResultSchema }),
]);
export type FormatsEvent = z.infer<typeof formatsEventSchema>;

export const passwords = {
  /**
   * Finds the computation behind stored values whose passwords are known. Events until the result, which comes
   * last; dropping the stream stops the search.
   */
  search: procedure
    .input(
      z.strictObject({
        source: searchSourceSchema,
        /** A secret of the legacy application that may be mixed in, for all samples. */
        pepper: z.string().min(1).optional(),
        timeLimitMs: z.int().min(1_000).max(3_600_000).default(120_000),
      }),
    )
    .output(eventIterator(searchEventSchema)),
  /** Recognises the stored hash of every legacy user; runs no script and checks no password. */
  formats: procedure.input(z.strictObject({ project: z.string() })).output(eventIterator(formatsEventSchema)),
};
