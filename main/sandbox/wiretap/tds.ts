import { MessageCutter, MOST_KEPT_BYTES, type TapSink, type WireTap } from './tap.ts';
import { readReply } from './tds-reply.ts';
import { readBatch, readCall, type TdsStatement } from './tds-request.ts';

const HEADER_BYTES = 8;
const PACKET = { batch: 1, call: 3, reply: 4, transaction: 14 } as const;
const LAST = 1;

/** A TLS record among the packets: the handshake over, the protocol goes on inside of them. */
const isRecord = (head: Buffer): boolean => head[0]! >= 20 && head[0]! <= 23 && head[1] === 3;

/**
 * SQL Server's protocol. TLS begins inside its packets, and ends at the client of the script's driver, so that on
 * the wire only lengths are to be seen then: the tap in the worker, on the plaintext side of that client, reads on.
 */
export function tdsTap(sink: TapSink): WireTap {
  let running: number | null = null;
  const begin = (kind: number, message: Buffer): void => {
    if (kind !== PACKET.batch && kind !== PACKET.call && kind !== PACKET.transaction) return;
    if (running !== null) sink.end(running, null);
    let read: TdsStatement | null = null;
    const statement = (): TdsStatement => (read ??= readStatement(kind, message));
    running = sink.begin(
      () => statement().text,
      () => statement().binds,
    );
  };
  const outgoing = messages(begin, () => sink.waiting(true));
  const incoming = messages(
    (kind, message, complete) => {
      if (kind !== PACKET.reply || running === null) return;
      const { rows, error } = readReply(message, complete);
      sink.end(running, rows, error);
      running = null;
    },
    () => sink.waiting(false),
  );
  return {
    protocol: 'tds',
    survivesTls: false,
    sent: (data) => outgoing.push(data),
    received: (data) => incoming.push(data),
  };
}

function readStatement(kind: number, message: Buffer): TdsStatement {
  if (kind === PACKET.batch) return readBatch(message);
  return kind === PACKET.call ? readCall(message) : { text: transaction(message), binds: [] };
}

const TRANSACTIONS: Readonly<Record<number, string>> = {
  5: 'BEGIN TRANSACTION',
  7: 'COMMIT TRANSACTION',
  8: 'ROLLBACK TRANSACTION',
  9: 'SAVE TRANSACTION',
};

function transaction(message: Buffer): string {
  const at = message.length >= 4 ? message.readUInt32LE(0) : 0;
  const kind = at + 2 <= message.length ? message.readUInt16LE(at) : 0;
  return TRANSACTIONS[kind] ?? '(a transaction request)';
}

/** Puts the packets of each message together, as far as messages are kept. */
function messages(
  onMessage: (kind: number, message: Buffer, complete: boolean) => void,
  onRecord: () => void,
): MessageCutter {
  let parts: Buffer[] = [];
  let kept = 0;
  let complete = true;
  return new MessageCutter(
    5,
    (head) => (isRecord(head) ? 5 + head.readUInt16BE(3) : Math.max(head.readUInt16BE(2), HEADER_BYTES)),
    (packet) => {
      if (isRecord(packet)) {
        if (packet[0] === 23) onRecord();
        return;
      }
      if (packet.length < HEADER_BYTES) return;
      if (kept < MOST_KEPT_BYTES) {
        parts.push(Buffer.from(packet.subarray(HEADER_BYTES)));
        kept += packet.length - HEADER_BYTES;
      } else complete = false;
      if ((packet[1]! & LAST) === 0) return;
      const message = Buffer.concat(parts);
      parts = [];
      kept = 0;
      onMessage(packet[0]!, message, complete);
      complete = true;
    },
  );
}
