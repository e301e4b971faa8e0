import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { parse } from 'acorn';
import { full } from 'acorn-walk';
import { describe, expect, it } from 'vitest';
import { CATALOG } from '#domain/diagnostics/catalog.ts';
import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';
import { inApp, NAMED_CONTROLS } from '#renderer/words/in-app.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** Where texts come from that the app shows: not what only the command line or a script's own process says. */
const SPEAKERS = 'main/{domain,engine,project,legacy,exporters,audit,access-log,hashing,lint}/**/*.ts';
/** Commands that are handed over as commands, and calls that the app has no screen for. */
const NOT_SHOWN = [
  'main/project/init-project.ts',
  'main/engine/flows/',
  'main/engine/jobs/',
  'main/engine/pipeline/run-one-trigger.ts',
];
const COMMANDS =
  'assumptions|audit|check|completion|coverage|demo|explain|export|flow|hash|init|jobs|legacy|lint|modules|pipeline|plan|report|serve|trace|trials?|try|verify|version';
const CLI_WORDS = new RegExp(String.raw`(^|[^\w-])--[a-z][a-z-]*|\buserferry (${COMMANDS})\b`);

/** What `toTrouble` and `useCatalog` have said in words of the app. */
const SAID_ALREADY = ['{trouble.help}', '{help}', '{decided.fix}'];

/** Every text that is written in a source, an X where something is put in. */
function textsOf(path: string): readonly string[] {
  const source = readFileSync(path, 'utf8');
  // Taking sources apart costs time, and most of them cannot name anything.
  if (!source.includes('--') && !source.includes('userferry ')) return [];
  const program = parse(stripTypeScriptTypes(source), {
    ecmaVersion: 'latest',
    sourceType: 'module',
  });
  const texts: string[] = [];
  full(program, (node) => {
    if (node.type === 'Literal') texts.push(String(node.value));
    if (node.type === 'TemplateLiteral') {
      texts.push(node.quasis.map(({ value }) => value.cooked).join('X'));
    }
  });
  return texts;
}

describe('texts of the engine in the app', () => {
  it('name no command and no option of the command line in any diagnostic of the catalog', () => {
    const named = Object.entries<CatalogEntry>(CATALOG).flatMap(([code, { title, meaning, fix }]) =>
      [title, meaning, fix].map(inApp).flatMap((text) => (CLI_WORDS.test(text) ? [`${code}: ${text}`] : [])),
    );
    expect(named).toEqual([]);
  });

  it('name none in any message or help that the engine makes', () => {
    const files = globSync(SPEAKERS, { cwd: ROOT }).filter(
      (file) => !NOT_SHOWN.some((start) => file.startsWith(start)),
    );
    const named = files.flatMap((file) =>
      textsOf(join(ROOT, file))
        // Single words are names of things in code; sentences are what people read.
        .filter((text) => text.includes(' '))
        .map(inApp)
        .flatMap((text) => (CLI_WORDS.test(text) ? [`${file}: ${text}`] : [])),
    );
    expect({ enough: files.length > 300, named }).toEqual({ enough: true, named: [] });
  });

  it('name only controls that are there', () => {
    const screens = globSync('renderer/**/*.tsx', { cwd: ROOT }).map((file) =>
      readFileSync(join(ROOT, file), 'utf8'),
    );
    const formats = readFileSync(join(ROOT, 'renderer/features/export/formats.ts'), 'utf8');
    const shown = [...screens, formats].join('\n');
    expect(NAMED_CONTROLS.filter((name) => !shown.includes(name))).toEqual([]);
  });

  it('stay sentences', () => {
    const said = [
      'Run userferry trial lazy --depth assumed, then plan again.',
      'Run userferry trial mixed with --order lazy-first and with --order bulk-first, then plan again.',
      'Say which column names the user (--log-user), and check that the log belongs to this store.',
      'Let the login script set a marker (userferry audit marker), or say since when the connection imports users with --import-since.',
      'Its columns are a, b. Say which one it is: --log-user COLUMN.',
      'Correct the name; "userferry assumptions" lists them all.',
      'Nothing about commands.',
    ].map(inApp);
    expect(said).toEqual([
      'Run a lazy trial at depth assumed, then plan again.',
      'Run a mixed trial with order lazy first and with order bulk first, then plan again.',
      'Say which column names the user (“Column of the user”), and check that the log belongs to this store.',
      'Let the login script set a marker, or say since when the connection imports users with “Import has been on”.',
      'Its columns are a, b. Say which one it is: “Column of the user”.',
      'Correct the name; the Assumptions screen lists them all.',
      'Nothing about commands.',
    ]);
  });

  it('are said that way wherever a screen shows a fix, a help or a reason', () => {
    const bare = globSync('renderer/**/*.tsx', { cwd: ROOT }).flatMap((file) => {
      const text = readFileSync(join(ROOT, file), 'utf8');
      const shown = text.match(/(?<![=$])\{(\w+(\??\.\w+)*[?.]*\.)?(fix|help|undo|caveat)\}/g) ?? [];
      return shown.filter((one) => !SAID_ALREADY.includes(one)).map((one) => `${file}: ${one}`);
    });
    expect(bare).toEqual([]);
  });
});
