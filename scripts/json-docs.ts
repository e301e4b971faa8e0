// The text of docs/json.md, made from the schemas that the tests hold the documents against.
import { z } from 'zod';
import { JSON_RESULTS, troubleSchema } from '#hosts/cli/json-results.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

const schemaOf = (command: string): JsonSchema => z.toJSONSchema(JSON_RESULTS[command]!);

/** Shapes that occur in several documents, described once. */
const SHARED = { Report: schemaOf('report'), TrialRecord: schemaOf('trials show') } as const;

export function jsonDocs(): string {
  const named = new Map(
    Object.entries(SHARED).map(([name, schema]) => [bareText(schema, new Map(), 0), name]),
  );
  const commands = Object.keys(JSON_RESULTS).map(
    (command) => `### \`userferry ${command}\`\n\n\`\`\`ts\n${typeText(schemaOf(command), named)}\n\`\`\`\n`,
  );
  const shared = Object.entries(SHARED).map(
    ([name, schema]) => `### \`${name}\`\n\n\`\`\`ts\n${bareText(schema, named, 0)}\n\`\`\`\n`,
  );
  return [HEAD, ...commands, '## Shapes used by several commands\n', ...shared].join('\n');
}

const HEAD = `# What \`--json\` writes

<!-- Made from the schemas of the contract by scripts/json-docs.ts; a test compares. -->

With \`--json\` every command writes exactly one JSON document to the standard output, whatever happens: also when it
fails, and when Ctrl-C stops it, once or twice. Progress and notes go to the error output; \`--progress json\` makes them
one JSON object per line, \`--quiet\` leaves them out.

\`\`\`ts
type Document = {
  version: 1;          // raised when a field changes its meaning or goes away; new fields may come without that
  command: string;     // "trial lazy"
  exitCode: 0 | 1 | 2 | 130;
} & ({ result: Result } | { error: Trouble });

type Trouble = ${typeText(z.toJSONSchema(troubleSchema), new Map())};
\`\`\`

| exit code | meaning |
| --- | --- |
| 0 | clean |
| 1 | findings: more failed users or errors than \`--allow\` lets pass |
| 2 | the tool could not do its work, or was used wrongly |
| 130 | stopped by Ctrl-C; what was committed is kept |

The report has a version of its own (\`result.version\`), since \`report.json\` also stands alone beside its trial.

## Results by command
`;

/** A schema as a type of TypeScript, which is easier to read than the schema. */
function typeText(schema: JsonSchema, named: ReadonlyMap<string, string>, depth = 0): string {
  return named.get(bareText(schema, new Map(), 0)) ?? bareText(schema, named, depth);
}

function bareText(schema: JsonSchema, named: ReadonlyMap<string, string>, depth: number): string {
  const inner = (one: unknown, deeper = depth) => typeText(one as JsonSchema, named, deeper);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map((one) => inner(one)))].join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  if (schema.type === 'array') {
    if (schema.prefixItems !== undefined)
      return `[${schema.prefixItems.map((one) => inner(one)).join(', ')}]`;
    const item = inner(schema.items ?? {});
    return item.includes(' | ') && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
  }
  if (schema.type === 'object') return objectText(schema, inner, depth);
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  if (schema.type === undefined) return 'unknown';
  // Several plain types in one place, which the library writes as a list.
  const types: readonly string[] = [schema.type].flat();
  return types.map((one) => (one === 'integer' ? 'number' : one)).join(' | ');
}

function objectText(
  { properties, required = [], additionalProperties }: JsonSchema,
  inner: (one: unknown, depth: number) => string,
  depth: number,
): string {
  if (properties === undefined) {
    const value = typeof additionalProperties === 'object' ? inner(additionalProperties, depth) : 'unknown';
    return `Record<string, ${value}>`;
  }
  const space = '  '.repeat(depth + 1);
  const lines = Object.entries(properties).map(([name, one]) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
    return `${space}${key}${required.includes(name) ? '' : '?'}: ${inner(one, depth + 1)};`;
  });
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}
