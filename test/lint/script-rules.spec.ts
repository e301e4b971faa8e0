import { describe, expect, it } from 'vitest';
import { CATALOG } from '#domain/diagnostics/catalog.ts';
import { lintCatalog } from '#domain/diagnostics/catalog/lint.ts';
import { scriptCatalog } from '#domain/diagnostics/catalog/script.ts';
import { SCRIPT_RULES } from '#domain/diagnostics/script-rules.ts';
import { SHARED_CODES } from '#domain/diagnostics/shared-codes.ts';
import { LINT_ONLY_UNNUMBERED, RUN_ONLY_UNNUMBERED } from '#domain/diagnostics/unnumbered-codes.ts';
import { scriptRulesDocs } from '../../scripts/script-rules-docs.ts';

const sorted = (codes: Iterable<string>) => [...new Set(codes)].sort();
const text = SCRIPT_RULES.flatMap((rule) => rule.text);
const run = SCRIPT_RULES.flatMap((rule) => rule.run);

describe('the table of rules', () => {
  it('numbers 67 rules without a gap', () => {
    expect(SCRIPT_RULES.map(({ number }) => number)).toEqual(Array.from({ length: 67 }, (_, at) => at + 1));
  });

  it('names codes of the catalog only', () => {
    const codes = SCRIPT_RULES.flatMap((rule) => [...rule.text, ...rule.run, ...rule.project]);
    expect(sorted(codes).filter((code) => !Object.hasOwn(CATALOG, code))).toEqual([]);
  });

  it('names every code that the linter can give, and no other, as seen in the text', () => {
    expect(sorted([...text, ...LINT_ONLY_UNNUMBERED])).toEqual(
      sorted([...Object.keys(lintCatalog), ...SHARED_CODES]),
    );
  });

  it('names every code that the sandbox can give as seen in a run', () => {
    const named = new Set<string>([...run, ...RUN_ONLY_UNNUMBERED]);
    expect(Object.keys(scriptCatalog).filter((code) => !named.has(code))).toEqual([]);
  });

  it('has the shared codes, and only these, in both columns', () => {
    expect(sorted(text.filter((code) => run.includes(code)))).toEqual(sorted(SHARED_CODES));
  });

  it('has codes or a reason for every rule', () => {
    const empty = SCRIPT_RULES.filter(
      (rule) => rule.text.length + rule.run.length + rule.project.length === 0 && rule.note === undefined,
    );
    expect(empty).toEqual([]);
  });

  it('is what docs/script-rules.md shows', async () => {
    await expect(scriptRulesDocs()).toMatchFileSnapshot('../../docs/script-rules.md');
  });
});
