import { maskedSql, MessageCutter, type TapSink, type WireTap } from './tap.ts';

const SSL_REQUEST = 80_877_103;
const GSS_REQUEST = 80_877_104;
/** Names of prepared statements remembered per connection. */
const MOST_PREPARED = 500;

interface Pending {
  readonly statement: number;
  /** Answered at the latest by the ReadyForQuery with this number. */
  readonly round: number;
  /** One simple query may hold several commands: it ends with its round only. */
  readonly simple: boolean;
  rows: number;
  error: string | undefined;
}

/** PostgreSQL's frontend/backend protocol, version 3. */
export function postgresqlTap(sink: TapSink): WireTap {
  const prepared = new Map<string, Buffer>();
  const pending: Pending[] = [];
  let portal: { readonly sql: Buffer | undefined; readonly bind: Buffer } | null = null;
  let roundsSent = 0;
  let roundsDone = 0;
  let started = false;
  /** The server's one-byte answer to a request for encryption, which is no message. */
  let oneByteAnswers = 0;

  const begin = (sql: Buffer | undefined, bind: Buffer | null, simple: boolean): void => {
    const statement = sink.begin(
      () => (sql === undefined ? '(prepared earlier)' : maskedSql(sql.toString('utf8'), false)),
      () => (bind === null ? [] : maskedBinds(bind)),
      sql ?? null,
    );
    pending.push({ statement, round: roundsSent, simple, rows: 0, error: undefined });
  };

  const onSent = (message: Buffer): void => {
    const body = message.subarray(5);
    switch (message[0]) {
      case 0x51: // Query
        begin(text(body, 0).bytes, null, true);
        roundsSent += 1;
        return;
      case 0x50: {
        // Parse
        const name = text(body, 0);
        const sql = text(body, name.next).bytes;
        if (prepared.size < MOST_PREPARED || name.bytes.length === 0)
          prepared.set(name.bytes.toString(), sql);
        return;
      }
      case 0x42: // Bind
        portal = { sql: prepared.get(text(body, text(body, 0).next).bytes.toString()), bind: body };
        return;
      case 0x45: // Execute
        if (portal !== null) begin(portal.sql, portal.bind, false);
        return;
      case 0x53: // Sync
        roundsSent += 1;
        return;
      default:
    }
  };

  const end = (one: Pending): void => {
    pending.splice(pending.indexOf(one), 1);
    sink.end(one.statement, one.rows, one.error);
  };

  const onReceived = (message: Buffer): void => {
    const current = pending[0];
    switch (message[0]) {
      case 0x44: // DataRow
        if (current !== undefined) current.rows += 1;
        return;
      case 0x43: // CommandComplete
        if (current !== undefined && current.rows === 0) current.rows = changedRows(message.subarray(5));
        if (current !== undefined && !current.simple) end(current);
        return;
      case 0x49: // EmptyQueryResponse
      case 0x73: // PortalSuspended
        if (current !== undefined && !current.simple) end(current);
        return;
      case 0x45: // ErrorResponse
        if (current !== undefined) {
          current.error = errorText(message.subarray(5));
          if (!current.simple) end(current);
        }
        return;
      case 0x5a: // ReadyForQuery; the first one ends the start-up and answers no round.
        if (roundsSent === 0) return;
        roundsDone += 1;
        for (const one of pending.filter(({ round }) => round < roundsDone)) end(one);
        return;
      default:
    }
  };

  const outgoing = new MessageCutter(5, (head) => 1 + head.readInt32BE(1), onSent);
  const incoming = new MessageCutter(5, (head) => 1 + head.readInt32BE(1), onReceived);
  const startup = new MessageCutter(
    8,
    (head) => head.readInt32BE(0),
    (message) => {
      const code = message.readInt32BE(4);
      if (code === SSL_REQUEST || code === GSS_REQUEST) oneByteAnswers += 1;
      else started = true;
    },
  );

  return {
    protocol: 'postgresql',
    survivesTls: true,
    sent: (data) => (started ? outgoing : startup).push(data),
    received(data) {
      let rest = data;
      while (oneByteAnswers > 0 && rest.length > 0) {
        oneByteAnswers -= 1;
        rest = rest.subarray(1);
      }
      if (rest.length > 0) incoming.push(rest);
    },
  };
}

function text(body: Buffer, from: number): { readonly bytes: Buffer; readonly next: number } {
  const end = body.indexOf(0, from);
  const stop = end === -1 ? body.length : end;
  return { bytes: Buffer.from(body.subarray(from, stop)), next: stop + 1 };
}

/** Rows that a statement changed, out of its tag: `UPDATE 3`, `INSERT 0 1`. */
function changedRows(body: Buffer): number {
  const tag = /^(?:INSERT \d+|UPDATE|DELETE|MERGE) (\d{1,15})$/.exec(text(body, 0).bytes.toString());
  return tag === null ? 0 : Number(tag[1]);
}

/** Parameters of a Bind message as kind and length; their values are nobody's business. */
function maskedBinds(bind: Buffer): string[] {
  const masked: string[] = [];
  let at = text(bind, text(bind, 0).next).next;
  if (at + 2 > bind.length) return masked;
  const formats: number[] = [];
  const formatCount = bind.readInt16BE(at);
  for (at += 2; formats.length < formatCount && at + 2 <= bind.length; at += 2)
    formats.push(bind.readInt16BE(at));
  if (at + 2 > bind.length) return masked;
  const count = bind.readInt16BE(at);
  at += 2;
  for (let index = 0; index < count && at + 4 <= bind.length; index += 1) {
    const length = bind.readInt32BE(at);
    const binary = (formats[index] ?? formats[0] ?? 0) === 1;
    masked.push(length < 0 ? 'null' : `${binary ? 'bytes' : 'text'}(${length})`);
    at += 4 + Math.max(0, length);
  }
  return masked;
}

/** SQLSTATE and the primary message; details may quote a row's values and are left out. */
function errorText(body: Buffer): string {
  let code = '';
  let message = '';
  for (let at = 0; at < body.length && body[at] !== 0; ) {
    const field = text(body, at + 1);
    if (body[at] === 0x43) code = field.bytes.toString();
    if (body[at] === 0x4d) message = field.bytes.toString();
    at = field.next;
  }
  return `${code} ${maskedSql(message, false)}`.trim();
}
