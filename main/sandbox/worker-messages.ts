import { z } from 'zod';
import { SCRIPT_ENDINGS } from '#engine/ports/script-runner.ts';
import { scriptCatalog } from '#domain/diagnostics/catalog/script.ts';
import { LIMITS, type RunCode } from './protocol.ts';
import { WIRE_PROTOCOLS } from './wiretap/tap.ts';

// Everything a worker says is checked here before the engine looks at it: the worker runs foreign code.

const RUN_CODES = Object.keys(scriptCatalog) as RunCode[];

const count = z.int().min(0).max(1e9);
const place = { line: count.optional(), column: count.optional() };

const errorSchema = z.strictObject({
  name: z.string().max(1000),
  message: z.string().max(20_000),
  code: z.string().max(1000).optional(),
  description: z.string().max(20_000).optional(),
  userId: z.string().max(1000).optional(),
  stack: z.string().max(20_000).optional(),
  ...place,
});

export const findingSchema = z.strictObject({
  code: z.enum(RUN_CODES),
  message: z.string().max(4000),
  ...place,
});

export const resultSchema = z.strictObject({
  ending: z.enum([...SCRIPT_ENDINGS, 'expired']),
  value: z.string().max(LIMITS.resultBytes).nullable(),
  error: errorSchema.nullable(),
  findings: z.array(findingSchema).max(100),
  truly: count,
  assumed: count,
  hashingMs: z.number().min(0),
  memoryBytes: z.number().min(0).nullable(),
  longestTurnMs: z.number().min(0).nullable(),
  waiting: z.enum(['nothing', 'timer', 'work']),
  pooled: z.boolean(),
});

export const consoleSchema = z.strictObject({
  level: z.enum(['log', 'info', 'warn', 'error', 'debug', 'trace']),
  text: z.string().max(LIMITS.consoleBytes),
});

export const lostSchema = z.strictObject({
  reason: z.enum(['out-of-memory', 'blocked', 'crashed']),
  attempt: count,
});

export const tapSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('begin'),
    statement: count,
    protocol: z.enum(WIRE_PROTOCOLS),
    text: z.string().max(20_000),
    binds: z.array(z.string().max(200)).max(2000),
  }),
  z.strictObject({
    kind: z.literal('end'),
    statement: count,
    rows: count.nullable(),
    error: z.string().max(20_000).optional(),
  }),
  /** A handshake is over. `off`: the script does not mind whom it talks to. */
  z.strictObject({ kind: z.literal('secure'), verified: z.boolean(), off: z.boolean() }),
]);
export type TapMessage = z.infer<typeof tapSchema>;

const base64 = z.base64().max(1_000_000);
const material = z.union([z.string().max(1_000_000), z.strictObject({ base64 })]);

export const tlsOptionsSchema = z.strictObject({
  servername: z.string().max(253).optional(),
  alpn: z.strictObject({ base64 }).optional(),
  minVersion: z.int().optional(),
  maxVersion: z.int().optional(),
  ca: z.union([material, z.array(material).max(500)]).optional(),
  cert: z.union([material, z.array(material).max(50)]).optional(),
  key: z.union([material, z.array(material).max(50)]).optional(),
  pfx: material.optional(),
  crl: z.union([material, z.array(material).max(50)]).optional(),
  session: z.strictObject({ base64 }).optional(),
  passphrase: z.string().max(1000).optional(),
  ciphers: z.string().max(4000).optional(),
  ecdhCurve: z.string().max(1000).optional(),
  sigalgs: z.string().max(4000).optional(),
  secureOptions: z.int().optional(),
  rejectUnauthorized: z.boolean().optional(),
});
export type WireTlsOptions = z.infer<typeof tlsOptionsSchema>;

/** Ops of sockets and names; the header's id says which socket or request. */
export const socketOpSchema = z.discriminatedUnion('op', [
  z.strictObject({
    op: z.literal('lookup'),
    name: z.string().max(1000),
    family: z.union([z.literal(0), z.literal(4), z.literal(6)]),
    attempt: count,
    line: count.optional(),
  }),
  z.strictObject({
    op: z.literal('dns'),
    record: z.enum(['A', 'Aaaa', 'Srv', 'Txt', 'Mx', 'Ns', 'Cname']),
    name: z.string().max(1000),
    attempt: count,
    line: count.optional(),
  }),
  z.strictObject({
    op: z.literal('connect'),
    address: z.string().max(1000),
    port: z.int().min(0).max(65535),
    attempt: count,
    line: count.optional(),
  }),
  z.strictObject({ op: z.literal('shutdown') }),
  z.strictObject({ op: z.literal('pause') }),
  z.strictObject({ op: z.literal('resume') }),
  z.strictObject({ op: z.literal('close') }),
  z.strictObject({ op: z.literal('starttls'), options: tlsOptionsSchema }),
]);
export type SocketOp = z.infer<typeof socketOpSchema>;
