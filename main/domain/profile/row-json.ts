import type { Json, JsonObject } from '#domain/json.ts';
import { encodeHex } from '#domain/password/bytes.ts';
import { printableText } from '#domain/utf8.ts';

const DEEPEST = 64;

/** A column value as JSON. Dates become ISO texts, big integers stay exact as text, binary becomes text or hex. */
export function rowJson(value: unknown, depth = 0): Json {
  if (value === null || value === undefined || depth > DEEPEST) return null;
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
    case 'object':
      return objectJson(value, depth);
    default:
      return null;
  }
}

function objectJson(value: object, depth: number): Json {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return printableText(value) ?? encodeHex(value);
  if (Array.isArray(value)) return value.map((item: unknown) => rowJson(item, depth + 1));
  const members = value as Readonly<Record<string, unknown>>;
  const json: Record<string, Json> = {};
  for (const name of Object.keys(members)) {
    if (members[name] === undefined) continue;
    const member = rowJson(members[name], depth + 1);
    // Assigned, it would become the prototype and be lost.
    if (name === '__proto__') Object.defineProperty(json, name, { value: member, enumerable: true });
    else json[name] = member;
  }
  return json;
}

export type RowJsonObject =
  | { readonly kind: 'object'; readonly value: JsonObject | null }
  | { readonly kind: 'unreadable'; readonly why: string };

/** A JSON object out of one column: the object itself, or its text. Anything else is unreadable. */
export function rowJsonObject(value: unknown): RowJsonObject {
  if (value === null || value === undefined) return { kind: 'object', value: null };
  const source = value instanceof Uint8Array ? printableText(value) : value;
  if (source === null) return { kind: 'unreadable', why: 'binary data' };
  if (typeof source !== 'string') return asObject(rowJson(source));
  if (source.trim() === '') return { kind: 'object', value: null };
  try {
    const parsed = JSON.parse(source) as Json;
    return asObject(mayBeDeep(source) ? rowJson(parsed) : parsed);
  } catch {
    return { kind: 'unreadable', why: `text of length ${source.length} is not JSON` };
  }
}

/** Whether a text has enough brackets to hold something deeper than what is kept. */
function mayBeDeep(json: string): boolean {
  let open = 0;
  for (const bracket of '{[') {
    for (let at = json.indexOf(bracket); at >= 0; at = json.indexOf(bracket, at + 1)) {
      if (++open > DEEPEST) return true;
    }
  }
  return false;
}

function asObject(json: Json): RowJsonObject {
  if (json === null) return { kind: 'object', value: null };
  if (isJsonObject(json)) return { kind: 'object', value: json };
  return {
    kind: 'unreadable',
    why: `a ${Array.isArray(json) ? 'list' : typeof json} where an object is needed`,
  };
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
