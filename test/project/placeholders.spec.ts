import { describe, expect, it } from 'vitest';
import { Secret } from '#domain/secret.ts';
import { breaksJson, fillPlaceholders, placeholderNames, quoteJsonMarkers } from '#project/placeholders.ts';

const values: Readonly<Record<string, string>> = { HOST: 'db.example', QUOTED: 'a"b' };
const valueOf = (name: string) => (name in values ? new Secret(values[name]!) : null);

describe('placeholders', () => {
  it.each([
    ["const host = '##HOST##';", "const host = 'db.example';", []],
    ['const host = @@HOST@@;', 'const host = "db.example";', []],
    ['const quoted = "@@QUOTED@@";', 'const quoted = "a\\"b";', []],
    ['##HOST##/##HOST##', 'db.example/db.example', []],
    ["'##GONE##' + @@GONE@@", "'##GONE##' + @@GONE@@", ['GONE']],
    ['// ## HOST ## and #HOST#', '// ## HOST ## and #HOST#', []],
  ])('in the script %j are filled in as the deploy tool does', (text, filled, missing) => {
    expect(fillPlaceholders(text, valueOf, 'script')).toEqual({ text: filled, missing });
  });

  it('in parsed texts come without quotes', () => {
    expect(fillPlaceholders('@@QUOTED@@', valueOf, 'parsed').text).toBe('a"b');
  });

  it('of the JSON kind are made readable as JSON', () => {
    const text = '{ "a": @@ONE@@, "b": "@@TWO@@", "c": "##THREE##" }';
    expect(JSON.parse(quoteJsonMarkers(text))).toEqual({ a: '@@ONE@@', b: '@@TWO@@', c: '##THREE##' });
    expect(placeholderNames(text)).toEqual(['ONE', 'TWO', 'THREE']);
  });

  it.each([
    ['plain', false],
    ['with "quotes"', true],
    ['back\\slash', true],
    ['line\nbreak', true],
    ['ümlaut$#', false],
  ])('with the value %j pasted into JSON text break it: %j', (value, breaks) => {
    expect(breaksJson(value)).toBe(breaks);
  });
});
