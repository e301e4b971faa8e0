import { z } from 'zod';
import { type DiagnosticCode, diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import { didYouMean } from '#project/did-you-mean.ts';
import { type JsonPath, type JsonText, pathText } from '#project/json-text.ts';

/** Each has to be found in the text: a file of another kind must not take minutes. */
const MOST_PROBLEMS = 50;

type Issue = z.core.$ZodIssue;

/** What a schema has against a file, each with its place. Values are never repeated: one could be a password. */
export function schemaProblems(schema: z.ZodType, json: JsonText, issues: readonly Issue[]): Diagnostic[] {
  const problems: Diagnostic[] = [];
  let left = 0;
  for (const issue of issues) {
    const room = MOST_PROBLEMS - problems.length;
    const found = issue.code === 'unrecognized_keys' ? issue.keys.length : 1;
    left += Math.max(0, found - room);
    if (room > 0) problems.push(...problemsOf(schema, json, cutTo(issue, room)));
  }
  if (left === 0) return problems;
  const message = `${json.file} has ${left} more problems like these.`;
  return [...problems, diagnostic('project.setting-invalid', message, { place: json.place([]) })];
}

function cutTo(issue: Issue, room: number): Issue {
  return issue.code === 'unrecognized_keys' ? { ...issue, keys: issue.keys.slice(0, room) } : issue;
}

function problemsOf(schema: z.ZodType, json: JsonText, issue: Issue): Diagnostic[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const hint = didYouMean(key, keysAt(schema, path));
      const where = path.length === 0 ? json.file : `"${pathText(path)}"`;
      return problem('project.unknown-key', `${where} has no setting "${key}".${hint}`, json, [...path, key]);
    });
  }
  const name = pathText(path);
  if (path.at(-1) === 'password' && issue.code === 'invalid_format') {
    const message = `"${name}" holds a password in clear text, or a reference that is not written correctly.`;
    return [problem('project.secret-in-clear-text', message, json, path)];
  }
  if (path.length > 0 && valueAt(json.value, path) === undefined && issue.code !== 'custom') {
    return [problem('project.setting-missing', `"${name}" is missing in ${json.file}.`, json, path)];
  }
  const subject = path.length === 0 ? json.file : `"${name}"`;
  return [problem('project.setting-invalid', `${subject}: ${wordsOf(schema, issue, path)}.`, json, path)];
}

function problem(code: DiagnosticCode, message: string, json: JsonText, path: JsonPath): Diagnostic {
  const place = code === 'project.unknown-key' ? json.keyPlace(path) : json.place(path);
  return diagnostic(code, message, { place, notes: [`JSON path: ${pathText(path) || '(whole file)'}`] });
}

function wordsOf(schema: z.ZodType, issue: Issue, path: JsonPath): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${article(issue.expected)} is expected here`;
    case 'invalid_value':
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')} is expected here`;
    case 'invalid_union': {
      const choices = discriminators(schema, path);
      return choices.length > 0
        ? `one of ${choices.join(', ')} is expected here`
        : 'the value has none of the allowed shapes';
    }
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? 'it must not be empty'
        : `at least ${issue.minimum} is expected`;
    case 'too_big':
      return issue.origin === 'string'
        ? `at most ${issue.maximum} characters are allowed`
        : `at most ${issue.maximum} is expected`;
    case 'custom':
      return issue.message;
    default:
      return 'the text has the wrong form';
  }
}

const ARTICLES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function article(expected: string): string {
  return ARTICLES[expected] ?? expected;
}

function valueAt(value: unknown, path: JsonPath): unknown {
  let at: unknown = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string | number, unknown>)[part];
  }
  return at;
}

/** Keys that the object at this path may have, over all shapes it may take. */
function keysAt(schema: z.ZodType, path: JsonPath): string[] {
  return [...new Set(schemasAt([schema], path).flatMap((found) => Object.keys(shapeOf(found))))];
}

/** The allowed values of the property that tells the shapes of a union apart. */
function discriminators(schema: z.ZodType, path: JsonPath): string[] {
  const key = path.at(-1);
  if (typeof key !== 'string') return [];
  return schemasAt([schema], path.slice(0, -1)).flatMap((found) => {
    const literal = shapeOf(found)[key];
    return literal instanceof z.ZodLiteral ? [...literal.values].map((value) => JSON.stringify(value)) : [];
  });
}

function schemasAt(schemas: readonly z.core.$ZodType[], path: JsonPath): readonly z.core.$ZodType[] {
  const opened = schemas.flatMap(unwrap);
  const [part, ...rest] = path;
  if (part === undefined) return opened;
  const inner = opened.flatMap((schema): readonly z.core.$ZodType[] => {
    if (schema instanceof z.ZodArray) return [schema.element];
    if (schema instanceof z.ZodRecord) return [schema.valueType];
    const member = shapeOf(schema)[String(part)];
    return member === undefined ? [] : [member];
  });
  return schemasAt(inner, rest);
}

function unwrap(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return unwrap(schema.unwrap());
  }
  if (schema instanceof z.ZodUnion || schema instanceof z.ZodDiscriminatedUnion) {
    return schema.options.flatMap(unwrap);
  }
  return [schema];
}

function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> {
  return schema instanceof z.ZodObject ? schema.shape : {};
}
