/** What values of a column look like; each is tried on every sampled value that is not empty. */
export type Shape =
  | 'email'
  | 'hash'
  | 'salt'
  | 'boolean'
  | 'date'
  | 'phone'
  | 'url'
  | 'json'
  | 'number'
  | 'word'
  | 'handle'
  | 'words';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/;
const HASHES = [
  /^\$(2[abxy]?|1|5|6|7|y|gy|apr1|P|H|S|argon2(i|d|id)|scrypt|pbkdf2[\w-]*|bcrypt[\w-]*|md5)\$.{6,}$/,
  /^\{[A-Z0-9.-]{2,16}\}.{8,}$/,
  /^(pbkdf2|bcrypt|argon2|scrypt|sha1|md5|crypt|unsalted)[\w]*\$.{8,}$/,
  /^[0-9a-f]{32}$|^[0-9a-f]{40}$|^[0-9a-f]{48}$|^[0-9a-f]{56}$|^[0-9a-f]{64}$|^[0-9a-f]{96}$|^[0-9a-f]{128}$/i,
  /^0x[0-9a-f]{32,}$/i,
  /^\*[0-9A-F]{40}$/,
  /^[A-Za-z0-9+/]{22,}={0,2}$/,
  /^[0-9a-f]{16,}[:$.|][0-9A-Za-z+/=$]{4,}$/i,
];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const BOOLEAN = /^(0|1|t|f|true|false|y|n|yes|no|on|off|j|-1)$/i;
const DATE = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$|^\d{2}-[A-Z]{3}-\d{2,4}\b/i;
const PHONE = /^\+?[\d\s()./-]{6,20}$/;

/** Seconds or milliseconds since 1970 that lie between 1990 and 2100. */
const isEpoch = (number: number) =>
  (number > 6.3e8 && number < 4.2e9) || (number > 6.3e11 && number < 4.2e12);

const isHash = (text: string) =>
  text.length >= 16 && !UUID.test(text) && HASHES.some((pattern) => pattern.test(text));

const TEXT_SHAPES: Readonly<Record<Shape, (text: string) => boolean>> = {
  email: (text) => EMAIL.test(text),
  hash: isHash,
  salt: (text) => text.length >= 2 && text.length <= 130 && !/\s/.test(text) && !EMAIL.test(text),
  boolean: (text) => BOOLEAN.test(text),
  date: (text) => DATE.test(text) || (/^\d{9,13}$/.test(text) && isEpoch(Number(text))),
  phone: (text) => PHONE.test(text) && (text.match(/\d/g)?.length ?? 0) >= 6 && !DATE.test(text),
  url: (text) => /^(https?:)?\/\/|^\/?[\w./-]+\.(png|jpe?g|gif|webp|svg)$/i.test(text),
  json: (text) => /^[[{].*[\]}]$/s.test(text),
  number: (text) => /^-?\d+$/.test(text),
  word: (text) => /^\S{1,80}$/.test(text) && !isHash(text),
  handle: (text) => /^\S{1,80}$/.test(text) && !EMAIL.test(text) && !isHash(text),
  words: (text) => text.length <= 120 && /\p{L}/u.test(text) && !EMAIL.test(text) && !isHash(text),
};

function has(shape: Shape, value: unknown): boolean {
  if (typeof value === 'string') return TEXT_SHAPES[shape](value.trim());
  if (typeof value === 'boolean') return shape === 'boolean';
  if (typeof value === 'number' || typeof value === 'bigint') {
    if (shape === 'date') return isEpoch(Number(value));
    return (
      shape === 'number' ||
      shape === 'word' ||
      shape === 'handle' ||
      (shape === 'boolean' && (value == 0 || value == 1))
    );
  }
  if (value instanceof Date) return shape === 'date';
  // A bit column is one byte; digests and salts are longer.
  if (value instanceof Uint8Array)
    return shape === 'boolean'
      ? value.length === 1
      : shape === 'hash'
        ? value.length >= 16
        : shape === 'salt';
  return shape === 'json' && typeof value === 'object';
}

const isEmpty = (value: unknown) => value === null || value === undefined || value === '';

/** Share (0..1) of the values that are not empty and have one of the shapes; null when all are empty. */
export function shareOf(shapes: readonly Shape[], values: readonly unknown[]): number | null {
  const present = values.filter((value) => !isEmpty(value));
  if (present.length === 0) return null;
  return present.filter((value) => shapes.some((shape) => has(shape, value))).length / present.length;
}

/** Whether no value occurs twice and none is empty; null for fewer than two rows. */
export function looksUnique(values: readonly unknown[]): boolean | null {
  if (values.length < 2) return null;
  return !values.some(isEmpty) && new Set(values.map(String)).size === values.length;
}
