import { type BsonElement, elements, maskedDocument, numberOf, textOf } from './bson.ts';
import { maskedSql, MessageCutter, MOST_KEPT_BYTES, type TapSink, type WireTap } from './tap.ts';

const HEADER_BYTES = 16;
const OP_MSG = 2013;
const OP_COMPRESSED = 2012;
const MORE_TO_COME = 2;
const MOST_OPEN = 1000;

/** What drivers say by themselves, on connections of their own too, and without end. */
const HOUSEKEEPING: ReadonlySet<string> = new Set(['hello', 'ismaster', 'endsessions', 'buildinfo']);
/** Authentication: waited for, but neither shown nor counted. */
const SECRET: ReadonlySet<string> = new Set(['saslstart', 'saslcontinue', 'authenticate', 'getnonce']);
/** Carried by every command. */
const COMMON = /^(?:\$|lsid$|txnNumber$|apiVersion$|apiStrict$|apiDeprecationErrors$|autocommit$)/;

/** MongoDB's wire protocol since 3.6: one OP_MSG for each command and for each answer. */
export function mongodbTap(sink: TapSink): WireTap {
  const open = new Map<number, number>();
  let secret: number | null = null;

  const onSent = (message: Buffer): void => {
    if (message.length < HEADER_BYTES + 5) return;
    const request = message.readInt32LE(4);
    const code = message.readInt32LE(12);
    if (code === OP_COMPRESSED) {
      open.set(
        request,
        sink.begin(
          () => '(compressed)',
          () => [],
        ),
      );
      return;
    }
    if (code !== OP_MSG || open.size >= MOST_OPEN) return;
    const name = commandName(message)?.toLowerCase();
    if (name === undefined || HOUSEKEEPING.has(name)) return;
    if (SECRET.has(name)) {
      secret = request;
      sink.waiting(true);
      return;
    }
    const copy = Buffer.from(message);
    const statement = sink.begin(
      () => commandText(copy),
      () => [],
    );
    if ((message.readUInt32LE(HEADER_BYTES) & MORE_TO_COME) === 0) open.set(request, statement);
    else sink.end(statement, null);
  };

  const onReceived = (message: Buffer): void => {
    if (message.length < HEADER_BYTES) return;
    const request = message.readInt32LE(8);
    if (request === secret) {
      secret = null;
      sink.waiting(false);
      return;
    }
    const statement = open.get(request);
    if (statement === undefined) return;
    open.delete(request);
    const { rows, error } = readAnswer(message);
    sink.end(statement, rows, error);
  };

  const cut = (onMessage: (message: Buffer) => void): MessageCutter =>
    new MessageCutter(HEADER_BYTES, (head) => head.readInt32LE(0), onMessage);
  const outgoing = cut(onSent);
  const incoming = cut(onReceived);
  return {
    protocol: 'mongodb',
    survivesTls: false,
    sent: (data) => outgoing.push(data),
    received: (data) => incoming.push(data),
  };
}

interface Section {
  /** null: the command itself. Else the list that these documents belong to. */
  readonly name: string | null;
  readonly documents: Buffer;
}

function* sections(message: Buffer): Generator<Section> {
  for (let at = HEADER_BYTES + 4; at + 5 <= message.length; ) {
    const kind = message[at]!;
    const length = message.readInt32LE(at + 1);
    if (kind > 1 || length < 5) return;
    const body = message.subarray(at + 1, at + 1 + length);
    if (kind === 0) yield { name: null, documents: body };
    else {
      const end = body.indexOf(0, 4);
      if (end < 0) return;
      yield { name: body.toString('utf8', 4, end), documents: body.subarray(end + 1) };
    }
    at += 1 + length;
  }
}

function commandOf(message: Buffer): Buffer | null {
  for (const { name, documents } of sections(message)) if (name === null) return documents;
  return null;
}

function commandName(message: Buffer): string | undefined {
  const command = commandOf(message);
  return command === null ? undefined : elements(command).next().value?.name;
}

/** `find users {filter: {email: text(15)}, limit: 1}` */
function commandText(message: Buffer): string {
  const command = commandOf(message);
  const first: BsonElement | undefined = command === null ? undefined : elements(command).next().value;
  if (command === null || first === undefined) return '(a command)';
  const collection = textOf(first);
  const options = maskedDocument(command, (name) => name === first.name || COMMON.test(name));
  const lists: string[] = [];
  for (const { name, documents } of sections(message))
    if (name !== null) lists.push(listText(name, documents));
  const all = [options === '{}' ? [] : options.slice(1, -1), lists].flat().join(', ');
  return `${first.name}${collection === null ? '' : ` ${collection}`}${all === '' ? '' : ` {${all}}`}`;
}

const MOST_LISTED = 5;

function listText(name: string, documents: Buffer): string {
  const told: string[] = [];
  for (let at = 0; at + 5 <= documents.length; ) {
    const length = Math.max(documents.readInt32LE(at), 5);
    if (told.length === MOST_LISTED) return `${name}: [${told.join(', ')}, …]`;
    told.push(maskedDocument(documents.subarray(at, at + length)));
    at += length;
  }
  return `${name}: [${told.join(', ')}]`;
}

function readAnswer(message: Buffer): { readonly rows: number | null; readonly error: string | undefined } {
  const answer = message.readInt32LE(12) === OP_MSG ? commandOf(message) : null;
  if (answer === null) return { rows: null, error: undefined };
  const fields = new Map([...elements(answer)].map((element) => [element.name, element]));
  const writeError = firstOf(fields.get('writeErrors')) ?? inner(fields.get('writeConcernError'));
  const failed = isZero(fields.get('ok')) ? fields : writeError;
  // The end of a long answer was not kept, and with it whatever stands there.
  const whole = message.length < MOST_KEPT_BYTES;
  return { rows: whole ? rowsOf(fields) : null, error: failed === null ? undefined : errorText(failed) };
}

type Fields = ReadonlyMap<string, BsonElement>;

const inner = (element: BsonElement | undefined): Fields | null =>
  element === undefined ? null : new Map([...elements(element.value)].map((one) => [one.name, one]));

const firstOf = (list: BsonElement | undefined): Fields | null =>
  list === undefined ? null : inner(elements(list.value).next().value);

const isZero = (element: BsonElement | undefined): boolean =>
  element !== undefined && Number(numberOf(element)) === 0;

/** Documents of a cursor's batch, or how many were changed. */
function rowsOf(fields: Fields): number | null {
  const cursor = inner(fields.get('cursor'));
  const batch = cursor?.get('firstBatch') ?? cursor?.get('nextBatch');
  if (batch !== undefined) return [...elements(batch.value)].length;
  const changed = fields.get('n');
  return changed === undefined ? null : Number(numberOf(changed));
}

function errorText(fields: Fields): string {
  const code = fields.get('code');
  const name = fields.get('codeName');
  const message = fields.get('errmsg');
  const text =
    (name === undefined ? null : textOf(name)) ?? (message === undefined ? null : textOf(message)) ?? '';
  return `${code === undefined ? '' : `${Number(numberOf(code))} `}${maskedSql(text, true)}`.trim();
}
