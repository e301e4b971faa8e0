import type { Json, JsonObject } from '#domain/json.ts';

const MARKER = /(##|@@)([A-Za-z_][A-Za-z0-9_]*)\1/g;
const WHOLE_MARKER = /^(##|@@)[A-Za-z_][A-Za-z0-9_]*\1$/;

/**
 * The configuration of a connection as an export may hold it: names, never values. A value that is a marker
 * already keeps it; any other is replaced by one named like its key, whatever it was worth.
 */
export function asPlaceholders(configuration: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(configuration).map(([key, value]) => [
      key,
      typeof value === 'string' && WHOLE_MARKER.test(value) ? value : `##${markerName(key)}##`,
    ]),
  );
}

/** A name that the deploy tool and Terraform both take. */
function markerName(key: string): string {
  const name = key.replaceAll(/[^A-Za-z0-9_]/g, '_');
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`;
}

/** Names of all markers in the texts of a JSON value, sorted, each once. */
export function placeholdersIn(value: Json): readonly string[] {
  const names = [...JSON.stringify(value).matchAll(MARKER)].map((match) => match[2]!);
  return [...new Set(names)].sort();
}

/** A text cut at its markers. */
export function splitAtMarkers(
  text: string,
): readonly ({ readonly text: string } | { readonly marker: string })[] {
  const parts: ({ readonly text: string } | { readonly marker: string })[] = [];
  let from = 0;
  for (const match of text.matchAll(MARKER)) {
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ marker: match[2]! });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}
