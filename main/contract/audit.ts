import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { severitySchema } from '#contract/diagnostic.ts';
import { procedure } from '#contract/errors.ts';
import { legacyKeySchema } from '#contract/trial-record.ts';
import { AUDIT_ATTRIBUTES } from '#domain/audit/audit-user.ts';
import { MIGRATION_SIGNS, PERSON_STATES } from '#domain/audit/person.ts';

export const AUDIT_VERSION = 1;

export const personStateSchema = z.enum(PERSON_STATES);
/** A date or a point in time, ISO 8601; a date alone is its first moment, UTC. */
const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
const metadataPath = z.string().regex(/^[^.\s]+(\.[^.\s]+)*$/);

export const auditTargetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('trial'), trial: z.string() }),
  z.strictObject({
    kind: z.literal('export'),
    /** Absolute paths of NDJSON or CSV files, packed with gzip or not. */
    files: z.array(z.string().min(1)).min(1).max(1000),
    format: z.enum(['ndjson', 'csv']).optional(),
    /** Heading or key to field, where an export renamed it: `Id` to `user_id`. */
    columns: z.record(z.string(), z.string()).default({}),
    /** Name of the connection in the tenant; the project's own where there is none. */
    connection: z.string().min(1).optional(),
  }),
]);

export const auditRequestSchema = z.strictObject({
  project: z.string(),
  against: auditTargetSchema,
  /** Dotted paths below app_metadata that show a migration; the usual ones where none are given. */
  markers: z
    .array(z.strictObject({ flag: metadataPath, time: metadataPath.optional(), by: metadataPath.optional() }))
    .min(1)
    .optional(),
  /** Since when the connection imports users. Absent: never where the project has import off, else unknown. */
  importSince: z.union([z.enum(['always', 'never', 'unknown']), moment]).optional(),
  /** Tenant users without a legacy user that are newer than this signed up there. */
  cutover: moment.optional(),
  /** Who is listed and named as a sample. Totals are always those of everybody. */
  filter: z
    .strictObject({
      states: z.array(personStateSchema).min(1).optional(),
      /** Domain of the e-mail address. */
      domain: z.string().min(1).optional(),
    })
    .default({}),
  /** A date, or the list that an earlier audit wrote. */
  since: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('date'), date: moment }),
      z.strictObject({ kind: z.literal('audit'), file: z.string().min(1) }),
    ])
    .optional(),
  /** Whether people are sent one by one before the result. */
  list: z.boolean().default(false),
  /** The same people as the text of a file, piece by piece; NDJSON is what a later `since` takes. */
  listAs: z.enum(['ndjson', 'csv']).optional(),
  /** E-mail addresses in samples and lists. */
  personalData: z.boolean().default(false),
  /** In lists, what each side has where they differ. */
  values: z.boolean().default(false),
  /**
   * `keep`: what was read stays on disk for some minutes, for others to come. `kept`: those who ask the same with
   * another filter or another form get it from there, as it was read, and it is kept on; where there is nothing both
   * sides are read.
   */
  sides: z.enum(['read', 'keep', 'kept']).default('read'),
  /** Legacy users that may be anything but migrated. */
  allow: z.int().nonnegative().default(0),
});
export type AuditRequest = z.infer<typeof auditRequestSchema>;

const sample = z.strictObject({
  key: legacyKeySchema.nullable(),
  legacyId: z.string().nullable(),
  tenantId: z.string().nullable(),
  email: z.string().nullable(),
});
export type AuditSample = z.infer<typeof sample>;

const stateGroup = z.strictObject({
  state: personStateSchema,
  /** Catalog code behind the state; null for migrated users. */
  code: z.string().nullable(),
  title: z.string(),
  severity: severitySchema.nullable(),
  fix: z.string().nullable(),
  users: z.int(),
  samples: z.array(sample),
});

const change = z.strictObject({
  /** Null: was not there. */
  from: z.string().nullable(),
  /** Null: is not there any more. */
  to: z.string().nullable(),
  users: z.int(),
  samples: z.array(sample),
});

export const auditResultSchema = z.strictObject({
  version: z.literal(AUDIT_VERSION),
  generatedAt: z.string(),
  project: z.string(),
  versions: z.strictObject({ userferry: z.string(), node: z.string() }),
  against: z.strictObject({
    kind: z.enum(['trial', 'export']),
    trial: z.string().nullable(),
    connection: z.string(),
    files: z.array(
      z.strictObject({
        path: z.string(),
        format: z.enum(['ndjson', 'csv']),
        gzip: z.boolean(),
        lines: z.int(),
        users: z.int(),
        otherConnections: z.int(),
        broken: z.int(),
      }),
    ),
  }),
  importSince: z.string(),
  cutover: z.string().nullable(),
  /** rows = users + unreadable + withoutId, and users = all legacy states together. */
  legacy: z.strictObject({ rows: z.int(), users: z.int(), unreadable: z.int(), withoutId: z.int() }),
  /**
   * lines = users + otherConnections + broken, and users = matched + repeated + those without a legacy user.
   * `deleted`: accounts that a trial deleted; they are no users.
   */
  tenant: z.strictObject({
    lines: z.int(),
    users: z.int(),
    otherConnections: z.int(),
    broken: z.int(),
    repeated: z.int(),
    deleted: z.int(),
    matched: z.int(),
  }),
  states: z.array(stateGroup),
  /** How migrated users show; they add up to the migrated. */
  signs: z.array(
    z.strictObject({
      sign: z.enum(MIGRATION_SIGNS),
      users: z.int(),
      first: z.string().nullable(),
      last: z.string().nullable(),
    }),
  ),
  /** Migrations by month (`2026-04`), in order; users without a date are under `unknown`. */
  months: z.array(z.strictObject({ month: z.string(), users: z.int() })),
  findings: z.array(
    z.strictObject({
      code: z.string(),
      severity: severitySchema,
      title: z.string(),
      fix: z.string(),
      users: z.int(),
      samples: z.array(sample),
    }),
  ),
  /** People that differ in each attribute. */
  drift: z.array(
    z.strictObject({ attribute: z.enum(AUDIT_ATTRIBUTES), users: z.int(), samples: z.array(sample) }),
  ),
  drifting: z.int(),
  /** Attributes that both sides could speak about. */
  compared: z.array(z.enum(AUDIT_ATTRIBUTES)),
  /** What a reader must know before trusting the numbers. */
  caveats: z.array(z.string()),
  broken: z.array(z.strictObject({ file: z.string(), line: z.int(), reason: z.string() })),
  /** How many people pass the filter. */
  selected: z.int(),
  changes: z
    .strictObject({
      since: z.string(),
      /** People that have anything new. */
      users: z.int(),
      groups: z.array(change),
    })
    .nullable(),
  personalData: z.enum(['shown', 'masked']),
  verdict: z.enum(['clean', 'findings']),
  milliseconds: z.int(),
});
export type AuditResult = z.infer<typeof auditResultSchema>;

/** One person, with keys of the legacy store and ids of the tenant. */
export const auditedPersonSchema = z.strictObject({
  state: personStateSchema,
  code: z.string().nullable(),
  key: legacyKeySchema.nullable(),
  legacyId: z.string().nullable(),
  tenantIds: z.array(z.string()),
  matchedBy: z.enum(['id', 'email', 'username']).nullable(),
  sign: z.enum(MIGRATION_SIGNS).nullable(),
  migratedAt: z.string().nullable(),
  seenAt: z.string().nullable(),
  findings: z.array(z.string()),
  drift: z.array(z.enum(AUDIT_ATTRIBUTES)),
  /** Only where personal data was asked for. */
  email: z.string().nullable(),
  /** Only where values were asked for: attribute, legacy value, tenant value. */
  values: z
    .array(
      z.strictObject({ attribute: z.string(), legacy: z.string().nullable(), tenant: z.string().nullable() }),
    )
    .optional(),
});
export type ListedPerson = z.infer<typeof auditedPersonSchema>;

/** First line of a list: what it lists. Only a list of everybody can be compared with later. */
export const auditListHeaderSchema = z.strictObject({
  audit: z.literal(AUDIT_VERSION),
  generatedAt: z.string(),
  project: z.string(),
  everybody: z.boolean(),
});
export type AuditListHeader = z.infer<typeof auditListHeaderSchema>;

export const auditEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('started'), header: auditListHeaderSchema }),
  z.strictObject({
    type: z.literal('reading'),
    legacy: z.strictObject({ done: z.int(), expected: z.int() }),
    /** Bytes of an export, accounts of a trial. */
    tenant: z.strictObject({ done: z.int(), expected: z.int() }),
  }),
  z.strictObject({ type: z.literal('comparing'), done: z.int(), expected: z.int() }),
  z.strictObject({ type: z.literal('people'), people: z.array(auditedPersonSchema) }),
  z.strictObject({ type: z.literal('text'), text: z.string() }),
  z.strictObject({ type: z.literal('result'), result: auditResultSchema }),
]);
export type AuditEvent = z.infer<typeof auditEventSchema>;

export const markedScriptSchema = z.strictObject({
  slot: z.enum(['login', 'get_user']),
  status: z.enum(['changed', 'marked-already', 'refused', 'absent']),
  reason: z.string().nullable(),
  /** Line of the script that the reason is about, from 1. */
  line: z.int().nullable(),
  /** Places where a profile is handed over, by line. */
  places: z.array(z.int()),
  /** Unified diff; empty where nothing changes. */
  diff: z.string(),
  written: z.boolean(),
});
export type MarkedScript = z.infer<typeof markedScriptSchema>;

export const audit = {
  /** Who has migrated: the legacy store against a trial or a user export. The result comes last. */
  run: procedure.input(auditRequestSchema).output(eventIterator(auditEventSchema)),
  /** Puts the migration marker into the scripts, or shows what it would do. */
  mark: procedure
    .input(
      z.strictObject({
        project: z.string(),
        slots: z
          .array(z.enum(['login', 'get_user']))
          .min(1)
          .default(['login', 'get_user']),
        write: z.boolean().default(false),
      }),
    )
    .output(z.array(markedScriptSchema)),
};
