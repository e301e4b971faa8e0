/** What the methods of `api` take, and the check of what they are given. */
import type { JsonValue } from './recorder.ts';

/**
 * `text`: not empty; `json`: whatever JSON keeps, left out for "remove"; `scalar`: text, number, boolean, or null for
 * "remove"; `factor(s)`: `{ type, options? }`; `oneOf`: a fixed word. A final `?` may be left out.
 */
export type ArgumentKind =
  | 'text'
  | 'text?'
  | 'json'
  | 'scalar'
  | 'object?'
  | 'number'
  | 'boolean'
  | 'texts'
  | 'url'
  | 'factor'
  | 'factors'
  | { readonly oneOf: readonly string[] };

export type Checked =
  | { readonly ok: true; readonly args: readonly JsonValue[] }
  | { readonly ok: false; readonly detail: string };

const ORDINALS = ['first', 'second', 'third'];
const FACTORS =
  'otp email phone push push-notification webauthn-platform webauthn-roaming recovery-code'.split(' ');

export function checkArguments(kinds: readonly ArgumentKind[], given: readonly unknown[]): Checked {
  const args: JsonValue[] = [];
  for (const [index, kind] of kinds.entries()) {
    const value = given[index];
    if (value === undefined && mayBeMissing(kind)) continue;
    const problem = problemOf(kind, value);
    if (problem !== null)
      return { ok: false, detail: `the ${ORDINALS[index] ?? 'next'} argument ${problem}` };
    const copy = copyOf(value);
    if (copy === undefined)
      return { ok: false, detail: `the ${ORDINALS[index] ?? 'next'} argument cannot be written as JSON` };
    args.push(copy);
  }
  return { ok: true, args };
}

function mayBeMissing(kind: ArgumentKind): boolean {
  return kind === 'json' || (typeof kind === 'string' && kind.endsWith('?'));
}

function copyOf(value: unknown): JsonValue | undefined {
  try {
    const text = JSON.stringify(value) as string | undefined;
    return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (value: unknown): boolean =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
const isUrl = (value: unknown): boolean => typeof value === 'string' && /^https?:\/\/[^\s/]+/.test(value);

/** Null where the value is of the kind. */
function problemOf(kind: ArgumentKind, value: unknown): string | null {
  if (typeof kind === 'object')
    return typeof value === 'string' && kind.oneOf.includes(value)
      ? null
      : `must be one of ${kind.oneOf.join(', ')}`;
  switch (kind) {
    case 'text':
      return typeof value === 'string' && value !== '' ? null : `must be a text, not ${named(value)}`;
    case 'text?':
      return typeof value === 'string' ? null : `must be a text, not ${named(value)}`;
    case 'json':
      return null;
    case 'scalar':
      return isScalar(value) ? null : `must be a text, a number or a boolean, not ${named(value)}`;
    case 'object?':
      return isObject(value) ? null : `must be an object, not ${named(value)}`;
    case 'number':
      return Number.isFinite(value) ? null : `must be a number, not ${named(value)}`;
    case 'boolean':
      return typeof value === 'boolean' ? null : `must be a boolean, not ${named(value)}`;
    case 'texts':
      return isTexts(value) ? null : 'must be a list of texts';
    case 'url':
      return isUrl(value) ? null : 'must be an http or https address';
    case 'factor':
      return factorProblem(value);
    case 'factors':
      if (!Array.isArray(value) || value.length === 0) return 'must be a list of factors';
      return value.map((one) => factorProblem(one)).find((one) => one !== null) ?? null;
    default:
      return kind satisfies never;
  }
}

function factorProblem(value: unknown): string | null {
  if (!isObject(value) || typeof value['type'] !== 'string') return 'must be a factor: an object with a type';
  return FACTORS.includes(value['type'])
    ? null
    : `has a type that is no factor: ${value['type'].slice(0, 50)}`;
}

function named(value: unknown): string {
  if (value === null || value === undefined || value === '')
    return value === '' ? 'an empty one' : String(value);
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
