import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SLOTS } from '#domain/migration/slots.ts';
import { lintScript } from '#lint/lint-script.ts';
import { configurationUses } from '#project/configuration-uses.ts';
import { isParseError, parseScript } from '#project/parse-script.ts';
import { listScriptTemplates, readScriptTemplate } from '#project/script-templates.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'templates', 'scripts');
const names = listScriptTemplates().map(({ name }) => name);
const sets = listScriptTemplates().map((template) => [template.name, template] as const);

const textsOf = (name: string) =>
  Promise.all(SLOTS.map(async (slot) => [slot, await readScriptTemplate(name, slot)] as const));

it('has a folder for each template, and no others', () => {
  expect(readdirSync(FOLDER).toSorted()).toEqual(names.toSorted());
  expect(names.map((name) => readdirSync(join(FOLDER, name)).toSorted())).toEqual(
    names.map(() => ['README.md', ...SLOTS.map((slot) => `${slot}.js`)].toSorted()),
  );
});

it('knows no other names', async () => {
  await expect(readScriptTemplate('../project', 'login')).rejects.toMatchObject({ kind: 'input-invalid' });
});

it.each(sets)('%s reads the configuration that it is listed with', async (name, template) => {
  const read = new Set<string>();
  for (const [, text] of await textsOf(name)) {
    const parsed = parseScript(text);
    if (isParseError(parsed)) throw new Error(parsed.message);
    const uses = configurationUses(parsed);
    expect(uses.complete).toBe(true);
    for (const use of uses.names) read.add(use.name);
  }
  expect([...read].toSorted()).toEqual(template.configuration.toSorted());
});

it.each(sets)('%s has scripts that stand alone and are small', async (name) => {
  for (const [, text] of await textsOf(name)) {
    expect(text).not.toMatch(/require\(['"]\.|import\(|process\.env/);
    expect(Buffer.byteLength(text)).toBeLessThan(16 * 1024);
  }
});

/** Functions of a script by name, as they are written. */
function functionsOf(text: string): Map<string, string> {
  const found = text.matchAll(/^ {2}(?:async )?function (\w+)\([\s\S]*?\n {2}\}$/gm);
  return new Map([...found].map(([whole, name]) => [name!, whole]));
}

it.each(sets)('%s has the same lookup, connections and profile in all its scripts', async (name) => {
  const first = new Map<string, string>();
  for (const [slot, text] of await textsOf(name)) {
    for (const [called, body] of functionsOf(text)) {
      if (called === 'attempt') continue;
      expect([slot, called, body]).toEqual([slot, called, first.get(called) ?? body]);
      first.set(called, body);
    }
  }
});

it.each(sets)('%s gives the linter nothing to say but what nobody can change', async (name, template) => {
  const told = (await textsOf(name)).flatMap(([slot, text]) =>
    lintScript({
      slot,
      text,
      withContext: false,
      configurationNames: template.configuration,
      requiresUsername: template.usernames,
      importMode: false,
      nodeVersion: 22,
    }).map((finding) => [slot, finding.code, finding.message]),
  );
  // True of every script in this slot.
  const always = ['change_email', 'lint.change-email-lost', expect.any(String)];
  expect(told).toEqual([always]);
});
