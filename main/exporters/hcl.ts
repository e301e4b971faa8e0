import type { Json } from '#domain/json.ts';
import { splitAtMarkers } from '#exporters/placeholders.ts';

/** One statement of a Terraform body. */
export type Statement =
  | { readonly attribute: string; readonly expression: string }
  | { readonly block: string; readonly labels?: readonly string[]; readonly body: readonly Statement[] }
  | { readonly comment: string }
  | { readonly blank: true };

/** Statements as `terraform fmt` would lay them out: two spaces, equals signs of neighbours aligned. */
export function hclText(statements: readonly Statement[]): string {
  return `${lines(statements, '').join('\n')}\n`;
}

function lines(statements: readonly Statement[], indent: string): string[] {
  return statements.flatMap((statement, index) => {
    if ('blank' in statement) return [''];
    if ('comment' in statement) return [`${indent}# ${statement.comment}`];
    if ('block' in statement) {
      const labels = (statement.labels ?? []).map((label) => ` ${hclString(label)}`).join('');
      return [
        `${indent}${statement.block}${labels} {`,
        ...lines(statement.body, `${indent}  `),
        `${indent}}`,
      ];
    }
    const { attribute, expression } = statement;
    const [first = '', ...more] = expression.split('\n');
    const width = multiline(statement) ? attribute.length : widthAround(statements, index);
    return [`${indent}${attribute.padEnd(width)} = ${first}`, ...more.map((line) => `${indent}${line}`)];
  });
}

function multiline(statement: Statement | undefined): boolean {
  return statement !== undefined && 'attribute' in statement && statement.expression.includes('\n');
}

/** Longest name among the one-line attributes that stand together with this one. */
function widthAround(statements: readonly Statement[], index: number): number {
  const together = (at: number): string | null => {
    const statement = statements[at];
    return statement !== undefined && 'attribute' in statement && !multiline(statement)
      ? statement.attribute
      : null;
  };
  let width = 0;
  for (let at = index; together(at) !== null; at -= 1) width = Math.max(width, together(at)!.length);
  for (let at = index; together(at) !== null; at += 1) width = Math.max(width, together(at)!.length);
  return width;
}

/** A value as an expression; markers of the deploy tool become variables. */
export function hclExpression(value: Json): string {
  if (typeof value === 'string') return hclTemplate(value);
  if (Array.isArray(value)) return `[${value.map((item) => hclExpression(item as Json)).join(', ')}]`;
  return JSON.stringify(value);
}

function hclTemplate(text: string): string {
  const parts = splitAtMarkers(text);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && 'marker' in only) return `var.${variableName(only.marker)}`;
  const inner = parts.map((part) =>
    'marker' in part ? `\${var.${variableName(part.marker)}}` : escaped(part.text),
  );
  return `"${inner.join('')}"`;
}

/** A quoted text without any template in it. */
export function hclString(text: string): string {
  return `"${escaped(text)}"`;
}

/** Quotes as in JSON; `${` and `%{` would open a template. Control characters have the same escapes. */
function escaped(text: string): string {
  const quoted = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\b`, String.raw`\u0008`)
    .replaceAll(String.raw`\f`, String.raw`\u000c`);
  // A doubled sign opens no template.
  return quoted.replaceAll(/([$%])\{/g, (opening, sign: string) => sign + opening);
}

/** A map with one entry per line. */
export function hclMap(entries: readonly (readonly [key: string, expression: string])[]): string {
  if (entries.length === 0) return '{}';
  const keys = entries.map(([key]) => (/^[A-Za-z_]\w*$/.test(key) ? key : hclString(key)));
  const width = Math.max(...keys.map((key) => key.length));
  return `{\n${entries.map(([, expression], index) => `  ${keys[index]!.padEnd(width)} = ${expression}`).join('\n')}\n}`;
}

export function variableName(marker: string): string {
  return marker.toLowerCase();
}

/** Names of Terraform objects have letters, digits, underscores and hyphens, and begin with a letter. */
export function resourceName(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
  return /^[a-z]/.test(plain) ? plain : `connection_${plain}`;
}
