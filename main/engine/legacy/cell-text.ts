import type { Json } from '#domain/json.ts';
import { recogniseHash } from '#domain/password/recognise-hash.ts';
import type { LegacyRow } from '#domain/profile/legacy-user.ts';
import { isJsonObject } from '#domain/profile/row-json.ts';
import { maskSecrets } from '#domain/profile/secret-like.ts';
import { Secret } from '#domain/secret.ts';
import { type ColumnContent, HASH_TEXT, isPlain } from '#engine/legacy/column-contents.ts';
import { masked } from '#engine/legacy/preview-user.ts';

const MOST_SHOWN = 300;
const HIDDEN = '(hidden)';

/** One cell as it may be shown: hashes by their format, secrets never, what is about people only when asked for. */
export function cellText(row: LegacyRow, column: ColumnContent, personalData: boolean): string | null {
  const value = row[column.name];
  if (value === null || value === undefined) return null;
  // A hash that strayed into another column is still one.
  const stray = typeof value === 'string' && HASH_TEXT.test(value);
  if (column.content === 'hash' || stray) return hashText(row, column, value);
  if (column.content === 'secret') return HIDDEN;
  const text = withoutSecrets(plainText(value)).slice(0, MOST_SHOWN);
  if (personalData) return text;
  return column.content === 'plain' && (isPlain(value) || column.attributes.includes('passwordScheme'))
    ? text
    : masked(text);
}

/** Members of JSON objects whose names say that they are secret are masked, whoever may see the rest. */
function withoutSecrets(text: string): string {
  if (!/^\s*[{[]/.test(text)) return text;
  try {
    return JSON.stringify(hideSecrets(JSON.parse(text) as Json));
  } catch {
    return text;
  }
}

function hideSecrets(value: Json): Json {
  if (Array.isArray(value)) return value.map(hideSecrets);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(maskSecrets(value).value).map(([name, member]) => [name, hideSecrets(member)]),
  );
}

function hashText(row: LegacyRow, { beside }: ColumnContent, value: unknown): string {
  const { format, parameters } = recogniseHash(
    new Secret(plainText(value)),
    secretAt(row, beside.salt),
    beside.scheme === null ? null : textOrNull(row[beside.scheme]),
  );
  return [format, parameters].filter((part) => part !== '').join(', ');
}

function secretAt(row: LegacyRow, column: string | null): Secret | null {
  const text = column === null ? null : textOrNull(row[column]);
  return text === null ? null : new Secret(text);
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : plainText(value);
}

function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '(no date)' : value.toISOString();
  if (value instanceof Uint8Array) return `(${value.byteLength} bytes)`;
  if (typeof value === 'object') return JSON.stringify(value) ?? '';
  return `${value as number | bigint | boolean}`;
}
