import type { Json, JsonObject } from '#domain/json.ts';
import type { ExportScript } from '#engine/ports/exports.ts';
import { asPlaceholders } from '#exporters/placeholders.ts';

/** A connection without its scripts, ready to be written in any format. */
export interface ConnectionBody {
  readonly name: string;
  readonly strategy: string;
  /** Names of applications; only the deploy tool can do something with them. */
  readonly clients: readonly string[];
  /** Other top-level members, as they were. */
  readonly more: JsonObject;
  /** `configuration` holds placeholders only. */
  readonly options: JsonObject;
  /** Whether the source left the strategy out. */
  readonly completed: boolean;
}

export function connectionBody(file: JsonObject): ConnectionBody {
  const { name, strategy, options, enabled_clients: clients, ...more } = file;
  const { configuration, ...others } = isObject(options) ? options : {};
  return {
    name: typeof name === 'string' ? name : '',
    strategy: typeof strategy === 'string' ? strategy : 'auth0',
    clients: Array.isArray(clients) ? clients.map(String) : [],
    more,
    options: {
      ...others,
      ...(isObject(configuration) ? { configuration: asPlaceholders(configuration) } : {}),
    },
    completed: typeof strategy !== 'string',
  };
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `login.js`, or a name that says that nobody has rehearsed it. */
export function scriptFileName(script: ExportScript): string {
  return script.validated ? `${script.slot}.js` : `${script.slot}.unvalidated.js`;
}

/** Members sorted by slot, as the deploy tool writes them. */
export function scriptMapOf(
  scripts: readonly ExportScript[],
  valueOf: (script: ExportScript) => string,
): JsonObject {
  const sorted = scripts.toSorted((a, b) => (a.slot < b.slot ? -1 : 1));
  return Object.fromEntries(sorted.map((script) => [script.slot, valueOf(script)]));
}

export function jsonText(value: Json): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
