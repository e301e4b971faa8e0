import { type Require } from '../dump.ts';
import { failureOf, host } from '../host.ts';

/** Offsets of the parts of the URL parsed last, where the lib's URL class reads them. */
const components = new Uint32Array(9);

interface ParsedUrl {
  readonly href: string;
  readonly c: readonly number[];
}

let requireLib: Require = () => ({});
export function useLib(require: Require): void {
  requireLib = require;
}

function take(result: unknown): string | undefined {
  if (result === null || result === undefined || failureOf(result) !== null) return undefined;
  const parsed = result as ParsedUrl;
  components.set(parsed.c);
  return parsed.href;
}

function invalidUrl(input: unknown, base: unknown): Error {
  const { codes } = requireLib('internal/errors') as {
    codes: Record<string, (new (...args: unknown[]) => object) | undefined>;
  };
  const ErrInvalidUrl = codes['ERR_INVALID_URL'];
  if (ErrInvalidUrl === undefined) return new TypeError('Invalid URL');
  return (base === undefined ? new ErrInvalidUrl(input) : new ErrInvalidUrl(input, base)) as Error;
}

const UNSAFE_IN_PATH = /[%\\\n\r\t?#]/g;
const percent = (letter: string): string =>
  `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

const toText: (value: unknown) => string = String;
const text = (value: unknown): string | undefined => (value === undefined ? undefined : toText(value));

export const urlBinding = {
  urlComponents: components,
  parse(input: unknown, base: unknown, mustParse: boolean) {
    const href = take(host('url', 'parse', toText(input), text(base)));
    if (href === undefined && mustParse) throw invalidUrl(input, base);
    return href;
  },
  canParse: (input: unknown, base: unknown) => Boolean(host('url', 'parse', toText(input), text(base))),
  update: (href: string, part: number, value: string) =>
    take(host('url', 'update', href, part, value)) ?? false,
  format: (href: string, hash: boolean, unicode: boolean, search: boolean, auth: boolean) =>
    host('url', 'format', href, hash, unicode, search, auth),
  domainToASCII: (domain: string) => host('url', 'ascii', domain),
  domainToUnicode: (domain: string) => host('url', 'unicode', domain),
  getOrigin: (href: string) => host('url', 'origin', href),
  pathToFileURL: (path: string) =>
    take(host('url', 'parse', `file://${path.replace(UNSAFE_IN_PATH, percent)}`)),
};
