import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { diagnosticSchema, severitySchema } from '#contract/diagnostic.ts';
import { procedure } from '#contract/errors.ts';
import { assumptionInForceSchema } from '#contract/report.ts';
import { depthSchema, legacyKeySchema, trialKindSchema } from '#contract/trial-record.ts';
import { BULK_FATES, LAZY_FATES, NEEDS } from '#domain/plan/fates.ts';
import { TIER_NAMES } from '#domain/plan/tiers.ts';

export const PLAN_VERSION = 1;

export const planFormatSchema = z.enum(['html', 'markdown', 'json']);
export type PlanFormat = z.infer<typeof planFormatSchema>;

const tierNameSchema = z.enum(TIER_NAMES);
const day = z.iso.date();

export const planRequestSchema = z.strictObject({
  project: z.string(),
  /** First day of the lazy phase; today where none is given. */
  start: day.optional(),
  /** Length of the lazy phase. Absent: what `cutover` leaves once the import has its time, else 90. */
  days: z.int().min(1).max(3650).optional(),
  /** Day on which the scripts become no-ops. Absent: the day after the import of the rest. */
  cutover: day.optional(),
  /** Kind of tenant; the one that the assumption `import-rate` speaks about otherwise. */
  tier: tierNameSchema.optional(),
  /** Finished trials to rest on; the newest of each kind otherwise. */
  trials: z.array(z.string()).max(20).default([]),
  accessLog: z
    .strictObject({
      /** Absolute paths of CSV or NDJSON files, packed with gzip or not, lines in any order. */
      files: z.array(z.string().min(1)).min(1).max(1000),
      format: z.enum(['csv', 'ndjson']).optional(),
      /** Column or dotted key; the usual names are found without. */
      user: z.string().min(1).optional(),
      time: z.string().min(1).optional(),
      /** Only lines in which these columns have these values: `event` to `login`. */
      only: z.record(z.string(), z.string()).default({}),
    })
    .optional(),
  /** Whether people who need something are sent one by one before the result. */
  list: z.boolean().default(false),
  /** The same people as the text of a file, piece by piece, safe to open in a spreadsheet. */
  listAs: z.literal('csv').optional(),
  /** Real e-mail addresses in that list. */
  personalData: z.boolean().default(false),
  /** Users that may be left behind whatever happens, for the verdict. */
  allow: z.int().nonnegative().default(0),
});
export type PlanRequest = z.infer<typeof planRequestSchema>;

/** Where a figure comes from; a figure that was worked out names everything it rests on. */
export const sourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('trial'), trial: z.string() }),
  z.strictObject({
    kind: z.literal('measured'),
    what: z.enum(['legacy rows', 'log lines']),
    count: z.int(),
  }),
  z.strictObject({ kind: z.literal('documented'), what: z.string() }),
  z.strictObject({ kind: z.literal('assumption'), name: z.string() }),
  z.strictObject({ kind: z.literal('forecast'), by: z.enum(['last-login', 'access-log']) }),
  z.strictObject({ kind: z.literal('request'), option: z.string() }),
]);
const from = z.array(sourceSchema).min(1);
const figure = z.strictObject({ value: z.number(), from });
export type Figure = z.infer<typeof figure>;

/** Users, with an interval of the forecast's level. `expected` is null where only the bounds are known. */
const estimate = z.strictObject({
  expected: z.int().nullable(),
  lower: z.int(),
  upper: z.int(),
  from,
});
export type PlanEstimate = z.infer<typeof estimate>;

const usedTrial = z.strictObject({
  trial: z.string(),
  kind: trialKindSchema,
  depth: depthSchema,
  order: z.enum(['lazy-first', 'bulk-first']),
  createdAt: z.string(),
  users: z.int(),
  /** Settings or scripts are others now. */
  outdated: z.boolean(),
  /** Only some of the legacy users took part, or the store has more or fewer now. */
  partly: z.boolean(),
});
export type UsedTrial = z.infer<typeof usedTrial>;

const tierRow = z.strictObject({
  tier: tierNameSchema,
  title: z.string(),
  chosen: z.boolean(),
  usersPerSecond: figure.nullable(),
  /** First job to the end of the last; null where no rate is known for the tier. */
  seconds: figure.nullable(),
  longestJobSeconds: figure.nullable(),
  stoppedJobs: z.int(),
  requests: figure,
  requestSeconds: figure.nullable(),
  scriptsAtOnce: figure,
});

/** Users who have logged in by the end of the day; day 1 is the first of the lazy phase. */
const curvePoint = z.strictObject({
  day: z.int(),
  date: z.string(),
  expected: z.int(),
  lower: z.int(),
  upper: z.int(),
});

const backTest = z.strictObject({
  /** First and last day that was held out. */
  fromDate: z.string(),
  toDate: z.string(),
  days: z.int(),
  /** Users that existed then. */
  users: z.int(),
  expected: z.int(),
  lower: z.int(),
  upper: z.int(),
  actual: z.int(),
  inside: z.boolean(),
});

export const forecastSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('made'),
    by: z.enum(['last-login', 'access-log']),
    /** The model in plain words, a sentence each. */
    model: z.array(z.string()),
    data: z.strictObject({
      users: z.int(),
      /** Users with a login in the data. */
      seen: z.int(),
      fromDate: z.string(),
      toDate: z.string(),
      /** Every how manieth user was looked at; 1 is everybody. */
      sampleOf: z.int(),
    }),
    /** Of everybody, who logs in during the lazy phase. */
    atEnd: estimate,
    /** The same until the cutover; null where the data do not reach that far. */
    atCutover: estimate.nullable(),
    /** Of those who keep their password only by a login: who does in time. */
    savedByLogin: estimate,
    /** Of those who can only come over by a login: who does before the cutover, as far as the data reach. */
    movedByLogin: estimate,
    curve: z.array(curvePoint),
    backTests: z.array(backTest),
    insideOf: z.strictObject({ inside: z.int(), all: z.int() }),
  }),
  z.strictObject({
    kind: z.literal('refused'),
    by: z.enum(['last-login', 'access-log']),
    /** Codes of the diagnostics that say why. */
    codes: z.array(z.string()).min(1),
  }),
]);
export type PlanForecast = z.infer<typeof forecastSchema>;

const breakage = z.strictObject({
  code: z.string(),
  severity: severitySchema,
  title: z.string(),
  why: z.string(),
  fix: z.string(),
  users: estimate,
});

const orderPlan = z.strictObject({
  order: z.enum(['lazy-first', 'bulk-first']),
  recommended: z.boolean(),
  /** Users that have to reset their password or are left behind. */
  harmed: estimate,
  breaks: z.array(breakage),
});

const resetCause = z.strictObject({
  need: z.enum(NEEDS),
  code: z.string(),
  title: z.string(),
  fix: z.string(),
  /** Null where the hash is not what is in the way. */
  hashFormat: z.string().nullable(),
  users: figure,
});

export const planResultSchema = z.strictObject({
  version: z.literal(PLAN_VERSION),
  generatedAt: z.string(),
  project: z.string(),
  versions: z.strictObject({ userferry: z.string(), node: z.string() }),
  schedule: z.strictObject({
    start: z.string(),
    days: z.int(),
    /** Last day of the lazy phase; the rest is imported after it. Whoever logs in until then keeps the password. */
    lazyEnd: z.string(),
    /** Day on which that import is over; null where no rate is known for the tier. */
    importEnd: z.string().nullable(),
    /** From this day on the scripts are no-ops. */
    cutover: z.string(),
    tier: tierNameSchema,
    from,
  }),
  trials: z.strictObject({
    bulk: usedTrial.nullable(),
    lazy: usedTrial.nullable(),
    mixed: z.array(usedTrial),
  }),
  /** rows = users + unreadable + withoutId. */
  legacy: z.strictObject({ rows: z.int(), users: z.int(), unreadable: z.int(), withoutId: z.int() }),
  import: z.strictObject({
    /** Everybody, as if nobody had logged in before. keptOut + records = users. */
    records: figure,
    /** Never reach a file: the import's rules refuse them beforehand. */
    keptOut: figure,
    files: figure,
    bytes: figure,
    largestFile: figure,
    /** Of the records, those that the jobs refuse; they need a corrected file. */
    refused: figure.nullable(),
    withoutPassword: figure,
    tiers: z.array(tierRow),
  }),
  forecasts: z.strictObject({
    level: z.number(),
    /** The one that the rest of the plan rests on. */
    used: z.enum(['last-login', 'access-log']).nullable(),
    lastLogin: forecastSchema,
    /** Null where no log was given. */
    accessLog: forecastSchema.nullable(),
  }),
  /** Every line is one of these: lines = used + elsewhere + filtered + future + broken. */
  accessLog: z
    .strictObject({
      lines: z.int(),
      /** By users of the legacy store (of the sample, where there is one). */
      used: z.int(),
      /** By nobody in the legacy store, or by somebody outside the sample. */
      elsewhere: z.int(),
      filtered: z.int(),
      future: z.int(),
      broken: z.int(),
      firstAt: z.string().nullable(),
      lastAt: z.string().nullable(),
      brokenLines: z.array(z.strictObject({ file: z.string(), line: z.int(), reason: z.string() })),
    })
    .nullable(),
  /** What both ways do with each user; the cells add up to the users. */
  fates: z.array(z.strictObject({ bulk: z.enum(BULK_FATES), lazy: z.enum(LAZY_FATES), users: z.int() })),
  orders: z.array(orderPlan),
  reasons: z.array(z.string()),
  peak: z
    .strictObject({
      hour: z.strictObject({ at: z.string(), logins: figure }),
      minute: z.strictObject({ at: z.string(), logins: figure }),
      loginsPerSecond: figure,
      durations: z.array(
        z.strictObject({
          /** `mean` and `slow` (one run in twenty takes longer) of the trial, `limit`: every run is stopped. */
          kind: z.enum(['mean', 'slow', 'limit']),
          milliseconds: figure,
          /** In flight on average, and what one moment in 1,000 exceeds. */
          mean: z.number(),
          most: z.int(),
          share: z.number(),
          over: z.boolean(),
        }),
      ),
      limit: figure,
      /** How long runs may take on average before the limit is reached, milliseconds. */
      roomMilliseconds: figure,
    })
    .nullable(),
  resets: z.strictObject({
    /** In any case, and with the interval of whoever does not log in in time. */
    users: estimate,
    leftBehind: estimate,
    /** The last day on which a login saves the password. */
    campaignEnd: z.string(),
    needs: z.array(z.strictObject({ need: z.enum(NEEDS), users: z.int() })),
    causes: z.array(resetCause),
    /** People in the list, where one was asked for. */
    listed: z.int().nullable(),
  }),
  cutover: z.array(z.strictObject({ what: z.string(), users: estimate.nullable() })),
  irreversible: z.array(
    z.strictObject({
      when: z.string(),
      /** Null where it happens with each person or at no set time. */
      date: z.string().nullable(),
      title: z.string(),
      why: z.string(),
      undo: z.string(),
      users: figure.nullable(),
      from,
    }),
  ),
  premises: z.array(z.strictObject({ name: z.string(), text: z.string() })),
  assumptions: z.array(assumptionInForceSchema),
  diagnostics: z.array(diagnosticSchema),
  personalData: z.enum(['shown', 'masked']),
  verdict: z.enum(['clean', 'findings']),
  milliseconds: z.int(),
});
export type PlanResult = z.infer<typeof planResultSchema>;

/** Somebody who needs a password reset, or whom the import does not take. */
export const leftoverSchema = z.strictObject({
  need: z.enum(NEEDS),
  code: z.string(),
  key: legacyKeySchema,
  legacyId: z.string(),
  /** Masked unless personal data was asked for. */
  email: z.string().nullable(),
  hashFormat: z.string(),
  lastLogin: z.string().nullable(),
});
export type Leftover = z.infer<typeof leftoverSchema>;

export const planEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('reading'),
    /** Users of the legacy store, or bytes of the access log. */
    what: z.enum(['legacy', 'access-log']),
    done: z.int(),
    expected: z.int(),
  }),
  z.strictObject({ type: z.literal('people'), people: z.array(leftoverSchema) }),
  z.strictObject({ type: z.literal('text'), text: z.string() }),
  z.strictObject({ type: z.literal('result'), result: planResultSchema }),
]);
export type PlanEvent = z.infer<typeof planEventSchema>;

export const plan = {
  /** From findings to a decision: import, forecast, order, resets, dates. The result comes last. */
  make: procedure.input(planRequestSchema).output(eventIterator(planEventSchema)),
  /** A plan as a file to pass on, as it was made: nothing is worked out anew. */
  render: procedure
    .input(z.strictObject({ plan: planResultSchema, format: planFormatSchema }))
    .output(z.strictObject({ fileName: z.string(), mediaType: z.string(), text: z.string() })),
};
