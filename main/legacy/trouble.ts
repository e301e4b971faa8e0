import { Fault, type FaultKind } from '#engine/fault.ts';

/** What can be wrong with a database, whatever its make. */
export type Trouble =
  | 'refused'
  | 'unresolved'
  | 'no-route'
  | 'timed-out'
  | 'lost'
  | 'too-many'
  | 'shutting-down'
  | 'slow'
  | 'busy'
  | 'tls'
  | 'password'
  | 'privilege'
  | 'host-denied'
  | 'no-database'
  | 'no-table'
  | 'no-column'
  | 'syntax'
  | 'data'
  | 'no-file'
  | 'not-a-database'
  | 'pooler';

/** Error codes of one driver, as exact codes or prefixes ending in `*`; texts for drivers without codes. */
export interface TroubleCodes {
  readonly codes: Readonly<Record<string, Trouble>>;
  readonly texts?: readonly (readonly [RegExp, Trouble])[];
}

/** Whom the trouble is with, for its message. */
export interface Party {
  readonly product: string;
  /** host:port or a path. */
  readonly where: string;
  readonly user: string | null;
  readonly database: string | null;
}

interface TroubleText {
  readonly kind: FaultKind;
  readonly message: (party: Party, detail: string) => string;
  readonly help: string;
}

const at = ({ product, where }: Party) => `${product} at ${where}`;
const user = (party: Party) => (party.user === null ? 'the user' : `user "${party.user}"`);

export const TROUBLES: Readonly<Record<Trouble, TroubleText>> = {
  refused: {
    kind: 'legacy-unreachable',
    message: (party) => `${at(party)} refused the connection: nothing is listening there`,
    help: 'Check host and port, and that the server is running and accepts connections from this machine.',
  },
  unresolved: {
    kind: 'legacy-unreachable',
    message: (party) => `the host name of ${at(party)} is not known here`,
    help: 'Check the spelling, and the VPN or DNS that knows the name.',
  },
  'no-route': {
    kind: 'legacy-unreachable',
    message: (party) => `there is no network route to ${at(party)}`,
    help: 'Check VPN and firewall.',
  },
  'timed-out': {
    kind: 'legacy-unreachable',
    message: (party) => `${at(party)} did not answer in time`,
    help: 'A firewall that drops packets looks like this; so does an overloaded server.',
  },
  lost: {
    kind: 'legacy-unreachable',
    message: (party) => `${at(party)} closed the connection while it was in use`,
    help: 'The server was restarted, or something in between closed the connection. Try again.',
  },
  'too-many': {
    kind: 'legacy-unreachable',
    message: (party) => `${at(party)} has no free connection`,
    help: 'Wait until other clients are done, or raise the limit for this user.',
  },
  'shutting-down': {
    kind: 'legacy-unreachable',
    message: (party) => `${at(party)} is starting up or shutting down`,
    help: 'Try again when the server is ready.',
  },
  slow: {
    kind: 'legacy-unreachable',
    message: (party) => `${at(party)} stopped the statement because it ran too long`,
    help: 'An index over the key columns makes paging cheap. The server may also be under load.',
  },
  busy: {
    kind: 'legacy-unreachable',
    message: (party) => `${at(party)} is locked by another program`,
    help: 'Close the program that writes to it, or work on a copy.',
  },
  tls: {
    kind: 'legacy-denied',
    message: (party, detail) => `the TLS connection to ${at(party)} failed: ${detail}`,
    help: 'Check "tls" and "ca" of the legacy connection: does the server offer TLS, and who signed its certificate?',
  },
  password: {
    kind: 'legacy-denied',
    message: (party) => `${at(party)} refused the password for ${user(party)}`,
    help: 'Check the user name, and the environment variable or secret that holds the password.',
  },
  privilege: {
    kind: 'legacy-denied',
    message: (party, detail) => `${at(party)} does not let ${user(party)} do this: ${detail}`,
    help: 'Grant this user SELECT on the tables of the users query; nothing more is needed.',
  },
  'host-denied': {
    kind: 'legacy-denied',
    message: (party) => `${at(party)} does not let ${user(party)} in from this machine`,
    help: 'The server decides by address, user, database and TLS: allow this machine, or switch TLS on.',
  },
  'no-database': {
    kind: 'legacy-query',
    message: (party) => `${at(party)} has no database "${party.database ?? ''}"`,
    help: 'Check "database" of the legacy connection.',
  },
  'no-table': {
    kind: 'legacy-query',
    message: (party, detail) => `${at(party)} does not know a table of the users query: ${detail}`,
    help: 'Check the spelling, upper and lower case, and the schema; "userferry legacy inspect" lists what there is.',
  },
  'no-column': {
    kind: 'legacy-query',
    message: (party, detail) => `${at(party)} does not know a column of the users query: ${detail}`,
    help: 'Check the spelling, and upper and lower case; "userferry legacy inspect" proposes the mapping.',
  },
  syntax: {
    kind: 'legacy-query',
    message: (party, detail) => `${at(party)} does not understand the users query: ${detail}`,
    help: 'Run the query in a database client first; leave out the final semicolon.',
  },
  data: {
    kind: 'legacy-query',
    message: (party, detail) => `${at(party)} cannot evaluate the users query for some row: ${detail}`,
    help: 'A conversion in the query, view or key fails for the data of one or more rows.',
  },
  'no-file': {
    kind: 'legacy-unreachable',
    message: (party) => `${party.where} cannot be opened`,
    help: 'Check the path and its permissions. A database in WAL mode needs a folder that can be written to: work on a copy then.',
  },
  'not-a-database': {
    kind: 'legacy-query',
    message: (party) => `${party.where} is not a readable ${party.product} database`,
    help: 'The file may be encrypted, incomplete or of another kind.',
  },
  pooler: {
    kind: 'legacy-query',
    message: (party, detail) =>
      `a connection pooler at ${party.where} refused the read-only session: ${detail}`,
    help: 'Connect to the server itself, not through the pooler: session settings would leak to other clients.',
  },
};

const NETWORK: Readonly<Record<string, Trouble>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unresolved',
  EAI_AGAIN: 'unresolved',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  EADDRNOTAVAIL: 'no-route',
  ETIMEDOUT: 'timed-out',
  ECONNRESET: 'lost',
  EPIPE: 'lost',
  ECONNABORTED: 'lost',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UNABLE_TO_GET_ISSUER_CERT: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls',
  EPROTO: 'tls',
  'ERR_SSL_*': 'tls',
};

interface DriverError {
  readonly code?: unknown;
  readonly errno?: unknown;
  readonly number?: unknown;
  readonly errorNum?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly originalError?: unknown;
  readonly errors?: unknown;
}

const asError = (value: unknown): DriverError | null =>
  typeof value === 'object' && value !== null ? value : null;

function inTable(table: Readonly<Record<string, Trouble>>, code: string): Trouble | null {
  if (Object.hasOwn(table, code)) return table[code] ?? null;
  const prefix = Object.keys(table).find((key) => key.endsWith('*') && code.startsWith(key.slice(0, -1)));
  return prefix === undefined ? null : (table[prefix] ?? null);
}

/** The kind of trouble behind a driver's error, looking through what wraps it; null for what no table knows. */
export function troubleOf(error: unknown, codes: TroubleCodes): Trouble | null {
  const driver = asError(error);
  if (driver === null) return null;
  for (const code of [driver.number, driver.errorNum, driver.errno, driver.code]) {
    if (typeof code !== 'string' && typeof code !== 'number') continue;
    const trouble = inTable(codes.codes, String(code)) ?? inTable(NETWORK, String(code));
    if (trouble !== null) return trouble;
  }
  const inner = [driver.cause, driver.originalError, ...(Array.isArray(driver.errors) ? driver.errors : [])];
  for (const one of inner) {
    const trouble = troubleOf(one, codes);
    if (trouble !== null) return trouble;
  }
  const message = typeof driver.message === 'string' ? driver.message : '';
  // The pool's own words, the same for every driver.
  if (/Timeout acquiring a connection/i.test(message)) return 'timed-out';
  return codes.texts?.find(([pattern]) => pattern.test(message))?.[1] ?? null;
}

/** The driver's first line with quoted values masked: names may be shown, data may not. */
export function detailOf(error: unknown, mayShowNames: boolean): string {
  const line = String(asError(error)?.message ?? error).split('\n')[0] ?? '';
  const text = mayShowNames ? line : line.replace(/"[^"]*"|'[^']*'/g, '…').replace(/\d{4,}/g, '…');
  return text.trim().slice(0, 300);
}

const NAMES_SHOWN: ReadonlySet<Trouble> = new Set([
  'no-table',
  'no-column',
  'syntax',
  'privilege',
  'tls',
  'pooler',
]);

/** A fault for a driver's error. The error itself is not kept as cause: it may hold statements with values. */
export function legacyFault(error: unknown, codes: TroubleCodes, party: Party, doing?: string): Fault {
  if (error instanceof Fault) return error;
  const trouble = troubleOf(error, codes);
  const details = { where: party.where, ...(doing === undefined ? {} : { doing }) };
  if (trouble === null) {
    const message = `${at(party)} failed: ${detailOf(error, false)}`;
    return new Fault('legacy-query', message, {
      ...details,
      help: 'The database gave an error that Userferry does not know.',
    });
  }
  const { kind, message, help } = TROUBLES[trouble];
  return new Fault(kind, message(party, detailOf(error, NAMES_SHOWN.has(trouble))), { ...details, help });
}
