import { maskedSql, MessageCutter, type TapSink, type WireTap } from './tap.ts';

const COM_QUERY = 0x03;
const COM_STMT_PREPARE = 0x16;
const COM_STMT_EXECUTE = 0x17;
const COM_STMT_CLOSE = 0x19;
const MORE_RESULTS = 0x0008;
const MOST_PREPARED = 500;

interface Prepared {
  readonly sql: Buffer;
  readonly parameters: number;
}

interface Running {
  /** null while a statement is being prepared, which runs nothing yet. */
  readonly statement: number | null;
  readonly sql: Buffer;
  phase: 'answer' | 'columns' | 'rows';
  columns: number;
  rows: number;
}

/** The MySQL client/server protocol, as MariaDB speaks it too. Compressed connections are not followed. */
export function mysqlTap(sink: TapSink): WireTap {
  const prepared = new Map<number, Prepared>();
  let authenticated = false;
  let running: Running | null = null;

  const start = (sql: Buffer, binds: () => readonly string[]): void => {
    const statement = sink.begin(() => maskedSql(sql.toString('utf8'), true), binds);
    running = { statement, sql, phase: 'answer', columns: 0, rows: 0 };
  };

  const finish = (error?: string): void => {
    if (running !== null && running.statement !== null) sink.end(running.statement, running.rows, error);
    running = null;
  };

  const onSent = (packet: Buffer): void => {
    // Commands start a sequence; everything else is part of the handshake.
    if (!authenticated || packet[3] !== 0 || packet.length < 5) return;
    const body = packet.subarray(4);
    if (body[0] === COM_QUERY) start(Buffer.from(body.subarray(1)), () => []);
    else if (body[0] === COM_STMT_PREPARE) {
      running = { statement: null, sql: Buffer.from(body.subarray(1)), phase: 'answer', columns: 0, rows: 0 };
    } else if (body[0] === COM_STMT_EXECUTE && body.length >= 10) {
      const known = prepared.get(body.readUInt32LE(1));
      const bind = Buffer.from(body);
      start(known?.sql ?? Buffer.from('(prepared earlier)'), () => maskedBinds(bind, known?.parameters ?? 0));
    } else if (body[0] === COM_STMT_CLOSE && body.length >= 5) prepared.delete(body.readUInt32LE(1));
    else running = null;
  };

  const onAnswer = (now: Running, body: Buffer): void => {
    if (now.statement === null) {
      if (body[0] === 0 && body.length >= 9 && prepared.size < MOST_PREPARED) {
        prepared.set(body.readUInt32LE(1), { sql: now.sql, parameters: body.readUInt16LE(7) });
      }
      running = null;
    } else if (body[0] === 0) {
      now.rows += changedRows(body);
      if (!moreAfterOk(body)) finish();
    } else if (body[0] === 0xfb) finish('LOAD DATA LOCAL was asked for');
    else {
      now.columns = body[0]!;
      now.phase = 'columns';
    }
  };

  const onReceived = (packet: Buffer): void => {
    const body = packet.subarray(4);
    if (!authenticated) {
      authenticated = packet[3]! > 0 && body[0] === 0;
      return;
    }
    const now = running;
    if (now === null || body.length === 0) return;
    const isEnd = body[0] === 0xfe && body.length < 0xff_ff_ff && (now.phase === 'rows' || body.length < 9);
    if (body[0] === 0xff) finish(errorText(body));
    else if (now.phase === 'answer') onAnswer(now, body);
    else if (now.phase === 'columns') {
      // Servers end the columns with an EOF packet unless both sides agreed to leave it out.
      if (isEnd) now.phase = 'rows';
      else if (now.columns === 0) {
        now.phase = 'rows';
        now.rows += 1;
      } else now.columns -= 1;
    } else if (isEnd) {
      if (body.length >= 5 && (body.readUInt16LE(3) & MORE_RESULTS) !== 0) now.phase = 'answer';
      else finish();
    } else now.rows += 1;
  };

  const cut = (onPacket: (packet: Buffer) => void): MessageCutter =>
    new MessageCutter(4, (head) => 4 + head.readUIntLE(0, 3), onPacket);
  const outgoing = cut(onSent);
  const incoming = cut(onReceived);
  return {
    protocol: 'mysql',
    survivesTls: true,
    sent: (data) => outgoing.push(data),
    received: (data) => incoming.push(data),
  };
}

function moreAfterOk(body: Buffer): boolean {
  let at = 1;
  for (let skipped = 0; skipped < 2; skipped += 1) at += lengthBytes(body[at] ?? 0);
  return at + 2 <= body.length && (body.readUInt16LE(at) & MORE_RESULTS) !== 0;
}

/** The first number of an OK packet. */
function changedRows(body: Buffer): number {
  const bytes = lengthBytes(body[1] ?? 0);
  if (bytes === 1) return body[1] ?? 0;
  return bytes > 7 || 1 + bytes > body.length ? 0 : body.readUIntLE(2, bytes - 1);
}

function lengthBytes(first: number): number {
  if (first === 0xfc) return 3;
  if (first === 0xfd) return 4;
  return first === 0xfe ? 9 : 1;
}

const KINDS: Readonly<Record<number, readonly [name: string, bytes: number]>> = {
  1: ['tinyint', 1],
  2: ['smallint', 2],
  3: ['int', 4],
  4: ['float', 4],
  5: ['double', 8],
  8: ['bigint', 8],
};

/** Parameters of an execution as kind and length. */
function maskedBinds(body: Buffer, parameters: number): string[] {
  const masked: string[] = [];
  let at = 10;
  const nulls = body.subarray(at, at + ((parameters + 7) >> 3));
  at += nulls.length;
  if (body[at] !== 1) return masked;
  at += 1;
  const kinds: number[] = [];
  for (; kinds.length < parameters && at + 2 <= body.length; at += 2) kinds.push(body[at]!);
  for (let index = 0; index < parameters && at <= body.length; index += 1) {
    const kind = KINDS[kinds[index]!];
    if (((nulls[index >> 3] ?? 0) & (1 << (index & 7))) !== 0 || kinds[index] === 6) masked.push('null');
    else if (kind !== undefined) {
      masked.push(kind[0]);
      at += kind[1];
    } else {
      const bytes = lengthBytes(body[at] ?? 0);
      const length =
        bytes === 1
          ? (body[at] ?? 0)
          : at + bytes <= body.length
            ? body.readUIntLE(at + 1, Math.min(bytes - 1, 6))
            : 0;
      masked.push(`text(${length})`);
      at += bytes + length;
    }
  }
  return masked;
}

function errorText(body: Buffer): string {
  const number = body.length >= 3 ? body.readUInt16LE(1) : 0;
  const message = body[3] === 0x23 ? body.toString('utf8', 9) : body.toString('utf8', 3);
  return `${number} ${maskedSql(message, true)}`;
}
