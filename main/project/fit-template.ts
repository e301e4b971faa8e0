import { type Node, parse } from 'acorn';
import { full } from 'acorn-walk';
import type { ProjectSettings } from '#contract/project-settings.ts';

/** What the project knows of its users table. */
export interface TableFacts {
  readonly dialect: 'postgresql' | 'mysql' | 'sqlserver';
  readonly users: ProjectSettings['users'];
  readonly fields: ProjectSettings['fields'];
}

type Attribute = keyof ProjectSettings['fields'];

/** The columns of the templates' table, and what the project maps to each. */
const COLUMNS = {
  id: 'id',
  email: 'email',
  email_verified: 'emailVerified',
  username: 'username',
  password_hash: 'passwordHash',
  first_name: 'givenName',
  last_name: 'familyName',
} as const satisfies Readonly<Record<string, Attribute>>;
type Column = keyof typeof COLUMNS;

const NAMES = Object.keys(COLUMNS) as readonly Column[];
const WORD = new RegExp(String.raw`(?<![@$:\w.'"\[])(${NAMES.join('|')})\b(?!\()`, 'g');
const SELECT = /^(\s*SELECT\s+)([\s\S]*?)(\s+FROM\s+)([\w.]+)([\s\S]*)$/;
const WRITE = /^(\s*(?:UPDATE|INSERT INTO|DELETE FROM)\s+)([\w.]+)([\s\S]*)$/;
/** Words that a database takes for its own where a column stands; others need no quotes. */
const RESERVED =
  /^(user|users|order|group|key|keys|index|table|column|select|from|where|desc|asc|default|primary|references|check|end|all|any|rank|value|values|date|time|timestamp|name|type|state|status|password|login|current_user|session_user|condition|limit|offset|into|to|in|is|as|on|by|and|or|not|null|true|false|case|when|then|else|left|right|join|union|unique|row|rows|with|grant|level|option|plan|public)$/i;

/**
 * A template with the project's table and columns in its statements. Rows keep the names of the template, so that the
 * rest of the script stays as it was tested. What the project does not map is NULL where it is read, and keeps its
 * name where it is written.
 */
export function fitTemplate(text: string, facts: TableFacts): string {
  let fitted = text;
  for (const { node, sql, inTemplate } of statementsOf(text).toReversed()) {
    const changed = fitStatement(sql, facts);
    const written = inTemplate ? escaped(changed, '`') : `'${escaped(changed, "'")}'`;
    fitted = fitted.slice(0, node.start) + written + fitted.slice(node.end);
  }
  return fitted.replace(/^( *)\/\/ Table .*, bcrypt\.$/m, (_line, indent: string) =>
    headOf(facts)
      .map((line) => `${indent}// ${line}`)
      .join('\n'),
  );
}

interface Statement {
  readonly node: Node;
  readonly sql: string;
  readonly inTemplate: boolean;
}

function statementsOf(text: string): readonly Statement[] {
  const found: Statement[] = [];
  const add = (node: Node, sql: string, inTemplate: boolean): void => {
    if (SELECT.test(sql) || WRITE.test(sql)) found.push({ node, sql, inTemplate });
  };
  full(parse(text, { ecmaVersion: 'latest', sourceType: 'script' }), (node) => {
    if (node.type === 'Literal') {
      const { value } = node;
      if (typeof value === 'string') add(node, value, false);
    } else if (node.type === 'TemplateElement') {
      add(node, node.value.cooked ?? '', true);
    }
  });
  return found.toSorted((a, b) => a.node.start - b.node.start);
}

function fitStatement(sql: string, facts: TableFacts): string {
  const read = SELECT.exec(sql);
  if (read !== null) {
    const [, select = '', list = '', from = '', , rest = ''] = read;
    const columns = list.split(',').map((one) => selected(one.trim(), facts));
    return `${select}${columns.join(', ')}${from}${sourceOf(facts)}${withColumns(rest, facts, 'NULL')}`;
  }
  const write = WRITE.exec(sql);
  if (write === null || facts.users.table === undefined) return sql;
  const [, head = '', , rest = ''] = write;
  return `${head}${tableOf(facts.users.table, facts)}${withColumns(rest, facts, null)}`;
}

function selected(name: string, facts: TableFacts): string {
  if (!isColumn(name)) return name;
  const column = columnOf(name, facts);
  if (column === null) return `NULL AS ${name}`;
  return column === name ? name : `${quoted(column, facts)} AS ${name}`;
}

/** `missing`: what stands for a column that is not mapped; null leaves its name. */
function withColumns(sql: string, facts: TableFacts, missing: string | null): string {
  const lowered =
    missing === null
      ? sql
      : sql.replaceAll(/lower\((\w+)\)/g, (call, name: string) =>
          isColumn(name) && columnOf(name, facts) === null ? missing : call,
        );
  return lowered.replaceAll(WORD, (name) => {
    const column = isColumn(name) ? columnOf(name, facts) : name;
    if (column === null) return missing ?? name;
    return column === name ? name : quoted(column, facts);
  });
}

function isColumn(name: string): name is Column {
  return Object.hasOwn(COLUMNS, name);
}

function columnOf(name: Column, { fields }: TableFacts): string | null {
  const mapped = fields[COLUMNS[name]];
  return typeof mapped === 'string' ? mapped : null;
}

/** What is read from: the table, or the users query in its place. */
function sourceOf({ users, ...facts }: TableFacts): string {
  if (users.query !== undefined) return `(${users.query.trim().replace(/;$/, '')}) AS users`;
  const table = tableOf(users.table ?? 'users', facts);
  return users.where === undefined ? table : `(SELECT * FROM ${table} WHERE ${users.where}) AS users`;
}

function tableOf(name: string, facts: Pick<TableFacts, 'dialect'>): string {
  return name
    .split('.')
    .map((part) => quoted(part, facts))
    .join('.');
}

function quoted(name: string, { dialect }: Pick<TableFacts, 'dialect'>): string {
  const plain = dialect === 'postgresql' ? /^[a-z_][a-z0-9_]*$/ : /^[A-Za-z_]\w*$/;
  if (plain.test(name) && !RESERVED.test(name)) return name;
  if (dialect === 'mysql') return `\`${name.replaceAll('`', '``')}\``;
  return dialect === 'sqlserver' ? `[${name.replaceAll(']', ']]')}]` : `"${name.replaceAll('"', '""')}"`;
}

function escaped(sql: string, quote: '`' | "'"): string {
  const slashes = sql.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
  return quote === '`' ? slashes.replaceAll('${', '\\${') : slashes.replaceAll('\n', '\\n');
}

function headOf({ users, fields }: TableFacts): readonly string[] {
  const missing = NAMES.filter((name) => fields[COLUMNS[name]] === undefined);
  const from = users.table === undefined ? 'The users query of this project' : `Table ${users.table}`;
  return [
    `${from.replaceAll(/\s+/g, ' ')}, its columns as this project maps them; passwords are bcrypt.`,
    ...(missing.length === 0
      ? []
      : [`Not mapped, and therefore NULL where it is read: ${missing.join(', ')}.`]),
    ...(users.table === undefined
      ? ['Statements that write need the name of the table in place of "users".']
      : []),
  ];
}

/** The same for a script that gets whole rows from a service: their members have the names of the columns. */
export function fitRows(text: string, fields: ProjectSettings['fields']): string {
  return text.replaceAll(/\brow\.(\w+)/g, (member, name: string) => {
    if (!isColumn(name)) return member;
    const mapped = fields[COLUMNS[name]];
    if (typeof mapped !== 'string') return 'null';
    return /^[A-Za-z_$][\w$]*$/.test(mapped) ? `row.${mapped}` : `row[${JSON.stringify(mapped)}]`;
  });
}
