import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { PATHS } from '#sandbox/build/paths.ts';

/**
 * Speaks MongoDB's wire protocol to a driver: handshake, SCRAM-SHA-256, and finding, inserting, updating and deleting
 * in one in-memory collection with unique indexes that ignore case. It is no MongoDB: what a server would refuse, it
 * may not.
 */
export interface MongodbStandIn {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  load(documents: readonly Document[]): void;
  /** A new ObjectId out of 24 hex digits. */
  objectId(hex: string): unknown;
  close(): Promise<void>;
}

type Document = Record<string, unknown>;

interface Bson {
  serialize(document: Document): Uint8Array;
  deserialize(bytes: Uint8Array): Document;
  readonly Long: { fromNumber(value: number): unknown };
  readonly ObjectId: new (hex: string) => unknown;
}

const { BSON } = createRequire(join(PATHS.packages, 'package.json'))('mongodb-6') as { BSON: Bson };
const OP_QUERY = 2004;
const OP_MSG = 2013;
const OP_REPLY = 1;
const MECHANISM = 'SCRAM-SHA-256';
const ITERATIONS = 4096;
const DUPLICATE_KEY = 11000;

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();

class Scram {
  readonly #user: string;
  readonly #salt = randomBytes(16);
  readonly #storedKey: Buffer;
  readonly #serverKey: Buffer;
  #clientFirst = '';
  #serverFirst = '';

  constructor(user: string, password: string) {
    this.#user = user;
    const salted = pbkdf2Sync(password, this.#salt, ITERATIONS, 32, 'sha256');
    this.#storedKey = sha256(hmac(salted, 'Client Key'));
    this.#serverKey = hmac(salted, 'Server Key');
  }

  first(payload: string): string {
    this.#clientFirst = payload.slice('n,,'.length);
    const nonce = /r=([^,]+)/.exec(payload)![1]! + randomBytes(12).toString('base64');
    this.#serverFirst = `r=${nonce},s=${this.#salt.toString('base64')},i=${ITERATIONS}`;
    return this.#serverFirst;
  }

  /** Null where the proof is wrong. */
  last(payload: string): string | null {
    const auth = `${this.#clientFirst},${this.#serverFirst},${payload.replace(/,p=.*$/, '')}`;
    const signature = hmac(this.#storedKey, auth);
    const proof = Buffer.from(/p=(.*)$/.exec(payload)![1]!, 'base64');
    const key = Buffer.from(proof.map((byte, i) => byte ^ signature[i]!));
    const right = sha256(key).equals(this.#storedKey) && this.#clientFirst.includes(`n=${this.#user},`);
    return right ? `v=${hmac(this.#serverKey, auth).toString('base64')}` : null;
  }
}

const folded = (value: unknown): string =>
  value instanceof BSON.ObjectId
    ? `id ${String(value)}`
    : typeof value === 'string'
      ? value.toLowerCase()
      : JSON.stringify(value ?? null);

/** Equality and `$or`; with the collation of strength 2, letters of either case are equal. */
function matches(document: Document, filter: Document, ignoreCase: boolean): boolean {
  return Object.entries(filter).every(([key, wanted]) => {
    if (key === '$or') return (wanted as Document[]).some((one) => matches(document, one, ignoreCase));
    if (key.startsWith('$')) throw new Error(`${key} is beyond the stand-in`);
    const actual = document[key];
    return ignoreCase || typeof wanted !== 'string' ? folded(actual) === folded(wanted) : actual === wanted;
  });
}

class Collection {
  documents: Document[] = [];

  #clashes(candidate: Document): boolean {
    return ['_id', 'email', 'username'].some(
      (key) =>
        candidate[key] !== undefined &&
        this.documents.some((other) => other !== candidate && folded(other[key]) === folded(candidate[key])),
    );
  }

  find(command: Document): Document[] {
    const { strength } = (command['collation'] ?? {}) as { strength?: number };
    const found = this.documents.filter((one) => matches(one, command['filter'] as Document, strength === 2));
    return 'sort' in command
      ? found.toSorted((a, b) => (String(a['_id']) < String(b['_id']) ? -1 : 1))
      : found;
  }

  insert(added: readonly Document[]): Document {
    for (const document of added) {
      if (this.#clashes(document)) return clash();
      this.documents.push(document);
    }
    return { n: added.length, ok: 1 };
  }

  update(changes: readonly { q: Document; u: Document }[]): Document {
    let n = 0;
    for (const { q, u } of changes) {
      const found = this.documents.find((one) => matches(one, q, false));
      if (found === undefined) continue;
      const changed = { ...found, ...(u['$set'] as Document) };
      this.documents = this.documents.filter((one) => one !== found);
      const clashed = this.#clashes(changed);
      this.documents.push(clashed ? found : changed);
      if (clashed) return clash();
      n += 1;
    }
    return { n, nModified: n, ok: 1 };
  }

  remove(filters: readonly { q: Document }[]): Document {
    const before = this.documents.length;
    this.documents = this.documents.filter((one) => !filters.some(({ q }) => matches(one, q, false)));
    return { n: before - this.documents.length, ok: 1 };
  }
}

const clash = (): Document => ({
  n: 0,
  ok: 1,
  writeErrors: [{ index: 0, code: DUPLICATE_KEY, errmsg: 'E11000 duplicate key error' }],
});
const refused = (code: number, codeName: string): Document => ({ ok: 0, code, codeName, errmsg: codeName });

const hello = (): Document => ({
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  localTime: new Date(),
  minWireVersion: 0,
  maxWireVersion: 21,
  readOnly: false,
  logicalSessionTimeoutMinutes: 30,
  connectionId: 1,
  saslSupportedMechs: [MECHANISM],
  ok: 1,
});

class Session {
  readonly #scram: Scram;
  readonly #collection: Collection;
  #known = false;

  constructor(scram: Scram, collection: Collection) {
    this.#scram = scram;
    this.#collection = collection;
  }

  answer(command: Document): Document {
    const [name = ''] = Object.keys(command);
    switch (name) {
      case 'hello':
      case 'isMaster':
      case 'ismaster': {
        const speculative = command['speculativeAuthenticate'] as Document | undefined;
        return speculative === undefined
          ? hello()
          : { ...hello(), speculativeAuthenticate: this.#sasl(speculative, 'first') };
      }
      case 'saslStart':
        return this.#sasl(command, 'first');
      case 'saslContinue':
        return this.#sasl(command, 'last');
      case 'ping':
      case 'endSessions':
        return { ok: 1 };
      default:
        return this.#known ? this.#work(name, command) : refused(13, 'Unauthorized');
    }
  }

  #sasl(command: Document, step: 'first' | 'last'): Document {
    const text = Buffer.from((command['payload'] as { buffer: Uint8Array }).buffer).toString();
    const base = { conversationId: 1, ok: 1 };
    // The driver ends with an empty message.
    if (text === '') return { ...base, done: true, payload: Buffer.alloc(0) };
    if (step === 'first') return { ...base, done: false, payload: Buffer.from(this.#scram.first(text)) };
    const reply = this.#scram.last(text);
    this.#known = reply !== null;
    return reply === null
      ? refused(18, 'AuthenticationFailed')
      : { ...base, done: true, payload: Buffer.from(reply) };
  }

  #work(name: string, command: Document): Document {
    switch (name) {
      case 'find':
        return {
          cursor: {
            firstBatch: this.#collection.find(command),
            id: BSON.Long.fromNumber(0),
            ns: 'legacy.users',
          },
          ok: 1,
        };
      case 'insert':
        return this.#collection.insert(command['documents'] as Document[]);
      case 'update':
        return this.#collection.update(command['updates'] as { q: Document; u: Document }[]);
      case 'delete':
        return this.#collection.remove(command['deletes'] as { q: Document }[]);
      default:
        return refused(59, 'CommandNotFound');
    }
  }
}

const textEnd = (message: Buffer, at: number) => message.indexOf(0, at) + 1;

function readCommand(message: Buffer): { readonly query: boolean; readonly command: Document } {
  if (message.readInt32LE(12) === OP_QUERY) {
    const at = textEnd(message, 20) + 8;
    return { query: true, command: BSON.deserialize(message.subarray(at, at + message.readInt32LE(at))) };
  }
  let at = 20;
  let command: Document = {};
  while (at < message.length) {
    const kind = message[at];
    const end = at + 1 + message.readInt32LE(at + 1);
    if (kind === 0) command = { ...BSON.deserialize(message.subarray(at + 1, end)), ...command };
    else Object.assign(command, readSequence(message.subarray(at + 5, end)));
    at = end;
  }
  return { query: false, command };
}

function readSequence(section: Buffer): Document {
  let at = textEnd(section, 0);
  const name = section.toString('utf8', 0, at - 1);
  const documents: Document[] = [];
  for (; at < section.length; at += section.readInt32LE(at)) {
    documents.push(BSON.deserialize(section.subarray(at, at + section.readInt32LE(at))));
  }
  return { [name]: documents };
}

function writeReply(to: number, query: boolean, reply: Document): Buffer {
  const document = BSON.serialize(reply);
  const head = Buffer.alloc(query ? 36 : 21);
  head.writeInt32LE(head.length + document.length, 0);
  head.writeInt32LE(to, 8);
  head.writeInt32LE(query ? OP_REPLY : OP_MSG, 12);
  if (query) head.writeInt32LE(1, 32);
  return Buffer.concat([head, document]);
}

function serve(socket: Socket, session: Session): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const message = rest.subarray(0, rest.readInt32LE(0));
      rest = rest.subarray(message.length);
      const { query, command } = readCommand(message);
      socket.write(writeReply(message.readInt32LE(4), query, session.answer(command)));
    }
  });
}

export async function startMongodbStandIn(): Promise<MongodbStandIn> {
  const account = { user: 'app', password: 'm0ngo-pass' };
  const collection = new Collection();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    serve(socket, new Session(new Scram(account.user, account.password), collection));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    ...account,
    port: address === null || typeof address === 'string' ? 0 : address.port,
    load: (documents) => (collection.documents = [...documents]),
    objectId: (hex) => new BSON.ObjectId(hex),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
