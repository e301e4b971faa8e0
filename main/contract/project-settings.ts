import { z } from 'zod';

/** Version of the project format. A project with a higher one is refused (`project-newer`). */
export const PROJECT_VERSION = 1;

/** A value, or where to find it: `${env:NAME}` or `${secret:NAME}`. Passwords must be references. */
const reference = z.string().regex(/^\$\{(env|secret):[A-Za-z_][A-Za-z0-9_]*\}$/);
const port = z.int().min(1).max(65535);

const server = {
  host: z.string().min(1),
  port: port.optional(),
  database: z.string().min(1),
  user: z.string().min(1),
  password: reference.optional(),
  tls: z.enum(['off', 'on', 'verify']).default('off'),
  /** PEM file of the authority, relative to the project. */
  ca: z.string().optional(),
} as const;

export const legacyConnectionSchema = z.discriminatedUnion('engine', [
  z.strictObject({ engine: z.literal('postgresql'), ...server, schema: z.string().optional() }),
  z.strictObject({ engine: z.literal('mysql'), ...server }),
  z.strictObject({ engine: z.literal('sqlserver'), ...server, schema: z.string().optional() }),
  z.strictObject({ engine: z.literal('oracle'), ...server }),
  z.strictObject({ engine: z.literal('sqlite'), file: z.string().min(1) }),
  z.strictObject({
    engine: z.literal('csv'),
    file: z.string().min(1),
    delimiter: z.string().length(1).default(','),
  }),
  z.strictObject({ engine: z.literal('ndjson'), file: z.string().min(1) }),
]);
export type LegacyConnection = z.infer<typeof legacyConnectionSchema>;

const columns = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const column = z.string().min(1).optional();

export const fieldMappingSchema = z.strictObject({
  id: z.string().min(1),
  email: column,
  emailVerified: column,
  username: column,
  passwordHash: column,
  passwordSalt: column,
  passwordScheme: column,
  name: column,
  givenName: column,
  familyName: column,
  nickname: column,
  picture: column,
  phoneNumber: column,
  phoneVerified: column,
  lastLogin: column,
  createdAt: column,
  blocked: column,
  userMetadata: columns.optional(),
  appMetadata: columns.optional(),
});

export const usersQuerySchema = z
  .strictObject({
    /** A table or view, schema-qualified where needed. */
    table: z.string().min(1).optional(),
    /** A SELECT instead of a table; it must give the key columns. */
    query: z.string().min(1).optional(),
    /** Extra condition in the engine's SQL, for a table. */
    where: z.string().min(1).optional(),
    /** Pagination key: columns that together are unique and not null, in order. */
    key: z.array(z.string().min(1)).min(1),
  })
  .refine((users) => (users.table === undefined) !== (users.query === undefined), {
    message: 'give either "table" or "query", not both',
  });

export const egressSchema = z.strictObject({
  host: z.string().min(1),
  port: z.union([port, z.literal('*')]),
});

/** Which of a company's installations the legacy database belongs to: people must see it before they run anything. */
export const environmentSchema = z.strictObject({
  label: z.string().min(1).max(24),
  colour: z.enum(['red', 'amber', 'green', 'blue', 'grey']).default('grey'),
});
export type Environment = z.infer<typeof environmentSchema>;

export const projectSettingsSchema = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(PROJECT_VERSION),
  name: z.string().min(1),
  environment: environmentSchema.optional(),
  legacy: legacyConnectionSchema,
  users: usersQuerySchema,
  fields: fieldMappingSchema,
  /** Name of the connection: a folder below `database-connections`. */
  connection: z
    .string()
    .max(35)
    .regex(/^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/),
  /** Hosts that scripts may reach besides the legacy database. */
  egress: z.array(egressSchema).default([]),
  /** CSV of test accounts with known passwords: columns identifier,password. Relative to the project. */
  credentials: z.string().optional(),
  /** Named switches; `userferry assumptions` lists them. */
  assumptions: z.record(z.string(), z.union([z.string(), z.boolean()])).default({}),
});
export type ProjectSettings = z.infer<typeof projectSettingsSchema>;
