import type { CompletionItem, EditedScript } from '#engine/ports/script-language.ts';

/** What can be required, with its versions. */
export interface RequirableModule {
  readonly name: string;
  readonly versions: readonly string[];
}

/** The name inside an open `require('…`, and where it begins; null anywhere else. */
export function requireAt(
  text: string,
  at: number,
): { readonly from: number; readonly typed: string } | null {
  const typed = /\brequire\(\s*(['"])([^'"\n]*)$/.exec(text.slice(0, at))?.[2];
  return typed === undefined ? null : { from: at - typed.length, typed };
}

export function moduleCompletions(
  modules: readonly RequirableModule[],
  builtins: readonly string[],
): CompletionItem[] {
  const packages = modules.flatMap(({ name, versions }) => [
    { label: name, kind: 'module' as const, ...(versions[0] === undefined ? {} : { detail: versions[0] }) },
    ...versions.slice(1).map((version) => ({
      label: `${name}@${version}`,
      kind: 'module' as const,
      detail: 'an older version',
    })),
  ]);
  return [...packages, ...builtins.map((label) => ({ label, kind: 'module' as const, detail: 'Node' }))];
}

const ATTRIBUTES =
  'user_id email email_verified username phone_number phone_verified name nickname given_name family_name picture blocked user_metadata app_metadata'.split(
    ' ',
  );
const KEYWORDS =
  'async await break case catch const continue default do else false finally for function if in instanceof let new null of return switch this throw true try typeof undefined while'.split(
    ' ',
  );
const CONTRACT: readonly CompletionItem[] = [
  { label: 'configuration', kind: 'variable', documentation: "Values of the connection's settings: texts." },
  { label: 'callback', kind: 'function', documentation: 'Ends the script. Call it exactly once.' },
  {
    label: 'WrongUsernameOrPasswordError',
    kind: 'class',
    documentation: 'The name or the password is wrong.',
  },
  { label: 'ValidationError', kind: 'class', documentation: 'What was entered cannot be accepted.' },
  { label: 'UnauthorizedError', kind: 'class', documentation: 'The person is known and must not come in.' },
  { label: 'global', kind: 'variable', documentation: 'Kept between runs in the same container.' },
  { label: 'require', kind: 'function' },
  { label: 'console', kind: 'variable' },
  { label: 'Buffer', kind: 'class' },
];

/** Where the word at a place begins. */
export function wordStart(text: string, at: number): number {
  return at - (/[\w$]*$/.exec(text.slice(0, at))?.[0].length ?? 0);
}

/** Completions without a type checker: names of the contract, of the connection, and of the text itself. */
export function listCompletions({ text, configurationNames }: EditedScript, at: number): CompletionItem[] {
  const from = wordStart(text, at);
  const before = text.slice(0, from);
  if (/\bconfiguration\.$/.test(before)) {
    return configurationNames.map((label) => ({ label, kind: 'property', detail: 'string' }));
  }
  if (before.endsWith('.')) return [];
  const known = new Set([...CONTRACT.map(({ label }) => label), ...ATTRIBUTES, ...KEYWORDS]);
  const own = [...new Set(text.match(/[A-Za-z_$][\w$]{2,}/g))].filter(
    (name) => !known.has(name) && name !== text.slice(from, at),
  );
  return [
    ...CONTRACT,
    ...ATTRIBUTES.map((label): CompletionItem => ({ label, kind: 'property' })),
    ...own.map((label): CompletionItem => ({ label, kind: 'text' })),
    ...KEYWORDS.map((label): CompletionItem => ({ label, kind: 'keyword' })),
  ];
}

/** Those that fit what was typed: first that begin with it, then that have its letters in order. */
export function fitting<Item extends { readonly label: string }>(
  items: readonly Item[],
  typed: string,
): Item[] {
  if (typed === '') return [...items];
  const wanted = typed.toLowerCase();
  const begins = items.filter(({ label }) => label.toLowerCase().startsWith(wanted));
  const begun = new Set(begins);
  return [
    ...begins,
    ...items.filter((item) => !begun.has(item) && hasInOrder(item.label.toLowerCase(), wanted)),
  ];
}

function hasInOrder(text: string, letters: string): boolean {
  let at = -1;
  for (const letter of letters) {
    at = text.indexOf(letter, at + 1);
    if (at === -1) return false;
  }
  return true;
}
