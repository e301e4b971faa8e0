import type { Json, JsonObject } from '#domain/json.ts';

/** Words that YAML readers take for something else than a text. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/**
 * A JSON value as YAML in block style. Texts are JSON texts, which every YAML reader takes as double-quoted
 * scalars: a placeholder such as `##NAME##` outside quotes would be a comment.
 */
export function yamlText(value: JsonObject): string {
  return `${mappingLines(value, '').join('\n')}\n`;
}

function mappingLines(value: JsonObject, indent: string): string[] {
  return Object.entries(value).flatMap(([key, member]) => {
    const name = /^[A-Za-z_]\w*$/.test(key) && !RESERVED.test(key) ? key : JSON.stringify(key);
    const nested = nestedLines(member, `${indent}  `);
    return nested === null
      ? [`${indent}${name}: ${JSON.stringify(member)}`]
      : [`${indent}${name}:`, ...nested];
  });
}

/** Null for what fits on the line of its key: scalars, and collections with nothing in them. */
function nestedLines(value: Json, indent: string): string[] | null {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return null;
  if (!Array.isArray(value)) return mappingLines(value as JsonObject, indent);
  return (value as readonly Json[]).flatMap((item) => {
    const nested = nestedLines(item, `${indent}  `);
    if (nested === null) return [`${indent}- ${JSON.stringify(item)}`];
    const [first = '', ...more] = nested;
    return [`${indent}- ${first.slice(indent.length + 2)}`, ...more];
  });
}
