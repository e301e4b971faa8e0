import { MessageCutter, type TapSink, type WireTap } from './tap.ts';

/** Requests by their tag ([RFC 4511] 4.2 to 4.14). Without an answer: unbinding (0x42) and abandoning (0x50). */
const REQUESTS: Readonly<Record<number, string>> = {
  0x60: 'bind',
  0x63: 'search',
  0x66: 'modify',
  0x68: 'add',
  0x4a: 'delete',
  0x6c: 'rename',
  0x6e: 'compare',
  0x77: 'extended operation',
};
const ANSWERS: ReadonlySet<number> = new Set([0x61, 0x65, 0x67, 0x69, 0x6b, 0x6d, 0x6f, 0x78]);
const ENTRY = 0x64;

/** Codes that end an operation without having failed: success, comparisons, a referral, more steps of a bind. */
const FINE: ReadonlySet<number> = new Set([0, 5, 6, 10, 14]);
const CODES: Readonly<Record<number, string>> = {
  1: 'operationsError',
  2: 'protocolError',
  3: 'timeLimitExceeded',
  4: 'sizeLimitExceeded',
  8: 'strongerAuthRequired',
  13: 'confidentialityRequired',
  16: 'noSuchAttribute',
  17: 'undefinedAttributeType',
  19: 'constraintViolation',
  20: 'attributeOrValueExists',
  32: 'noSuchObject',
  34: 'invalidDNSyntax',
  48: 'inappropriateAuthentication',
  49: 'invalidCredentials',
  50: 'insufficientAccessRights',
  51: 'busy',
  52: 'unavailable',
  53: 'unwillingToPerform',
  65: 'objectClassViolation',
  68: 'entryAlreadyExists',
};
const MOST_OPEN = 1000;

/** LDAP: which operation, of searches the attributes that are asked about, entries and the result. No names, no values. */
export function ldapTap(sink: TapSink): WireTap {
  const open = new Map<number, { readonly statement: number; entries: number; readonly search: boolean }>();

  const onSent = (message: Buffer): void => {
    const found = readMessage(message);
    const name = found === null ? undefined : REQUESTS[found.operation.tag];
    if (found === null || name === undefined || open.size >= MOST_OPEN) return;
    const body = Buffer.from(found.operation.value);
    const search = name === 'search';
    const statement = sink.begin(
      () => (search ? searchText(body) : name),
      () => [],
    );
    open.set(found.id, { statement, entries: 0, search });
  };

  const onReceived = (message: Buffer): void => {
    const found = readMessage(message);
    const running = found === null ? undefined : open.get(found.id);
    if (found === null || running === undefined) return;
    if (found.operation.tag === ENTRY) running.entries += 1;
    if (!ANSWERS.has(found.operation.tag)) return;
    open.delete(found.id);
    const code = next(found.operation.value, 0)?.value[0] ?? 0;
    const error = FINE.has(code) ? undefined : `${code} ${CODES[code] ?? ''}`.trim();
    sink.end(running.statement, running.search ? running.entries : null, error);
  };

  const cut = (onMessage: (message: Buffer) => void): MessageCutter =>
    new MessageCutter(6, (head) => headBytes(head, 0) + contentBytes(head, 0), onMessage);
  const outgoing = cut(onSent);
  const incoming = cut(onReceived);
  return {
    protocol: 'ldap',
    survivesTls: false,
    sent: (data) => outgoing.push(data),
    received: (data) => incoming.push(data),
  };
}

interface Element {
  readonly tag: number;
  readonly value: Buffer;
  readonly end: number;
}

const headBytes = (data: Buffer, at: number): number => {
  const length = data[at + 1] ?? 0;
  return length < 0x80 ? 2 : 2 + Math.min(length & 0x7f, 4);
};

function contentBytes(data: Buffer, at: number): number {
  const length = data[at + 1] ?? 0;
  if (length < 0x80) return length;
  const bytes = Math.min(length & 0x7f, 4);
  return bytes === 0 || at + 2 + bytes > data.length ? 0 : data.readUIntBE(at + 2, bytes);
}

/** The BER element at a place; the value may be cut off. */
function next(data: Buffer, at: number): Element | null {
  if (at + 2 > data.length) return null;
  const start = at + headBytes(data, at);
  const end = start + contentBytes(data, at);
  return { tag: data[at]!, value: data.subarray(start, end), end };
}

function readMessage(message: Buffer): { readonly id: number; readonly operation: Element } | null {
  const body = next(message, 0);
  const id = body === null ? null : next(body.value, 0);
  if (body === null || id === null || id.value.length === 0 || id.value.length > 4) return null;
  const operation = next(body.value, id.end);
  return operation === null ? null : { id: id.value.readUIntBE(0, id.value.length), operation };
}

/** Base, scope, aliases, size, time, types only, filter, attributes. */
function searchText(body: Buffer): string {
  let at = 0;
  let scope = 0;
  for (let index = 0; index < 6; index += 1) {
    const element = next(body, at);
    if (element === null) return 'search';
    if (index === 1) scope = element.value[0] ?? 0;
    at = element.end;
  }
  const filter = next(body, at);
  const where = ['base', 'one level', 'subtree'][scope] ?? 'subtree';
  return filter === null ? `search ${where}` : `search ${where} ${filterText(filter, 0)}`;
}

const SIGNS: Readonly<Record<number, string>> = { 0xa0: '&', 0xa1: '|', 0xa2: '!' };
const COMPARISONS: Readonly<Record<number, string>> = {
  0xa3: '=…',
  0xa4: '=*…*',
  0xa5: '>=…',
  0xa6: '<=…',
  0xa8: '~=…',
};

/** `(&(objectClass=…)(mail=…))` */
function filterText(filter: Element, depth: number): string {
  if (filter.tag === 0x87) return `(${filter.value.toString('utf8', 0, 200)}=*)`;
  const sign = SIGNS[filter.tag];
  if (sign === undefined) {
    const attribute = next(filter.value, 0)?.value.toString('utf8', 0, 200) ?? '';
    return `(${attribute}${COMPARISONS[filter.tag] ?? ':=…'})`;
  }
  const parts: string[] = [];
  for (let at = 0; at < filter.value.length && parts.length < 20 && depth < 10; ) {
    const part = next(filter.value, at);
    if (part === null) break;
    parts.push(filterText(part, depth + 1));
    at = part.end;
  }
  return `(${sign}${parts.join('')})`;
}
