import { decodeBase64, decodeHex } from '#domain/password/bytes.ts';
import type { PasswordEncoding } from '#domain/password/custom-password-hash.ts';
import type { Digests } from '#hashing/lab/digest-sync.ts';
import type { Case, Source } from '#hashing/lab/sample.ts';

/** One part of what goes into a hash function. */
export interface Piece {
  /** Where its value comes from; `password` and constant texts included. */
  readonly source: Source | 'password' | 'constant';
  readonly words: string;
  /** A JavaScript expression that gives a Buffer. */
  readonly code: string;
  /** Set for the password as typed: the encoding the import would be told. */
  readonly encoding: PasswordEncoding | null;
  /** For other parts: whether the bytes are the UTF-8 of a text. */
  readonly isText: boolean;
  of(one: Case): Uint8Array | null;
}

const PASSWORD = 'password';

function passwordPiece(
  words: string,
  code: string,
  encoding: PasswordEncoding | null,
  of: (text: string) => Uint8Array,
): Piece {
  return { source: PASSWORD, words, code, encoding, isText: false, of: (one) => of(one.password) };
}

const buffer = (encoding: BufferEncoding) => (text: string) => Buffer.from(text, encoding);

export const TYPED_PASSWORD = passwordPiece('password', 'Buffer.from(password)', 'utf8', buffer('utf8'));

/** The password in the encodings the import can name, then changed in ways it cannot. */
export const PASSWORD_FORMS: readonly Piece[] = [
  TYPED_PASSWORD,
  passwordPiece('password in Latin-1', "Buffer.from(password, 'latin1')", 'latin1', buffer('latin1')),
  passwordPiece('password in UTF-16', "Buffer.from(password, 'utf16le')", 'utf16le', buffer('utf16le')),
  passwordPiece('password in big-endian UTF-16', "Buffer.from(password, 'utf16le').swap16()", null, (text) =>
    Buffer.from(text, 'utf16le').swap16(),
  ),
  passwordPiece('password in lower case', 'Buffer.from(password.toLowerCase())', null, (text) =>
    Buffer.from(text.toLowerCase()),
  ),
  passwordPiece('password in upper case', 'Buffer.from(password.toUpperCase())', null, (text) =>
    Buffer.from(text.toUpperCase()),
  ),
  passwordPiece(
    'upper-case password in UTF-16',
    "Buffer.from(password.toUpperCase(), 'utf16le')",
    null,
    (text) => Buffer.from(text.toUpperCase(), 'utf16le'),
  ),
];

const WHERE: Readonly<Record<Source, string>> = {
  salt: 'salt',
  pepper: 'configuration.PEPPER',
  username: 'row.username',
  email: 'row.email',
  realm: 'configuration.REALM',
};

type Decoder = (text: string) => Uint8Array | null;
const TEXT_FORMS: readonly (readonly [
  words: string,
  code: (from: string) => string,
  isText: boolean,
  Decoder,
])[] = [
  ['', (from) => `Buffer.from(${from})`, true, (text) => Buffer.from(text)],
  [' decoded from hex', (from) => `Buffer.from(${from}, 'hex')`, false, (text) => decodeHex(text)],
  [' decoded from base64', (from) => `Buffer.from(${from}, 'base64')`, false, (text) => decodeBase64(text)],
  [
    ' in lower case',
    (from) => `Buffer.from(${from}.toLowerCase())`,
    true,
    (text) => Buffer.from(text.toLowerCase()),
  ],
  [
    ' in upper case',
    (from) => `Buffer.from(${from}.toUpperCase())`,
    true,
    (text) => Buffer.from(text.toUpperCase()),
  ],
  [' in UTF-16', (from) => `Buffer.from(${from}, 'utf16le')`, false, (text) => Buffer.from(text, 'utf16le')],
  [' in braces', (from) => `Buffer.from('{' + ${from} + '}')`, true, (text) => Buffer.from(`{${text}}`)],
];

function same(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}

/** Everything besides the password that all cases have, in every spelling that differs from an earlier one. */
export function otherPieces(cases: readonly Case[]): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const source of Object.keys(WHERE) as Source[]) {
    const seen: (readonly Uint8Array[])[] = [];
    for (const [words, code, isText, decoder] of TEXT_FORMS) {
      const of = (one: Case): Uint8Array | null => {
        const text = one.texts[source];
        return text === undefined ? null : decoder(text);
      };
      const values = cases.map((one) => of(one));
      if (!values.every((value) => value !== null && value.length > 0)) continue;
      const bytes = values as Uint8Array[];
      if (seen.some((earlier) => earlier.every((value, i) => same(value, bytes[i]!)))) continue;
      seen.push(bytes);
      pieces.push({ source, words: source + words, code: code(WHERE[source]), encoding: null, isText, of });
    }
  }
  if (cases.every((one) => one.saltBytes !== null)) {
    pieces.unshift({
      source: 'salt',
      words: 'salt inside the stored value',
      code: 'salt',
      encoding: null,
      isText: false,
      of: (one) => one.saltBytes,
    });
  }
  return pieces;
}

const INNER_ENCODINGS = [
  ['hex', (bytes: Uint8Array) => Buffer.from(Buffer.from(bytes).toString('hex'))],
  ['upper-case hex', (bytes: Uint8Array) => Buffer.from(Buffer.from(bytes).toString('hex').toUpperCase())],
  ['base64', (bytes: Uint8Array) => Buffer.from(Buffer.from(bytes).toString('base64'))],
  ['binary', (bytes: Uint8Array) => bytes],
] as const;

export function encodedCode(call: string, encoding: string): string {
  if (encoding === 'hex') return `Buffer.from(${call}.digest('hex'))`;
  if (encoding === 'upper-case hex') return `Buffer.from(${call}.digest('hex').toUpperCase())`;
  return encoding === 'base64' ? `Buffer.from(${call}.digest('base64'))` : `${call}.digest()`;
}

export function concatCode(parts: readonly Piece[]): string {
  return parts.length === 1
    ? parts[0]!.code
    : `Buffer.concat([${parts.map((part) => part.code).join(', ')}])`;
}

export function concat(parts: readonly Piece[], one: Case): Uint8Array | null {
  const all: Uint8Array[] = [];
  for (const part of parts) {
    const bytes = part.of(one);
    if (bytes === null) return null;
    all.push(bytes);
  }
  return all.length === 1 ? all[0]! : Buffer.concat(all);
}

/** A digest of some parts as a part itself: what nested schemes feed into their outer digest. */
export function innerDigest(digests: Digests, name: string, parts: readonly Piece[]): readonly Piece[] {
  const source = parts.some((part) => part.source === PASSWORD) ? PASSWORD : parts[0]!.source;
  const inner = parts.map((part) => part.words).join(' + ');
  const call = `crypto.createHash('${name}').update(${concatCode(parts)})`;
  return INNER_ENCODINGS.map(([encoding, encode]) => ({
    source,
    words: `${encoding} ${name}(${inner})`,
    code: encodedCode(call, encoding),
    encoding: null,
    isText: encoding !== 'binary',
    of: (one) => {
      const message = concat(parts, one);
      return message === null ? null : encode(digests.digest(name, message));
    },
  }));
}

export function constant(text: string): Piece {
  return {
    source: 'constant',
    words: JSON.stringify(text),
    code: `Buffer.from(${JSON.stringify(text)})`,
    encoding: null,
    isText: true,
    of: () => Buffer.from(text),
  };
}
