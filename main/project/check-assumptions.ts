import { ASSUMPTIONS, resolveAssumptions } from '#domain/assumptions.ts';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { ProjectSettings } from '#contract/project-settings.ts';
import { didYouMean } from '#project/did-you-mean.ts';

/** Names and values under "assumptions" that mean nothing: the defaults would be used without a word. */
export function checkAssumptions(assumptions: ProjectSettings['assumptions']): Diagnostic[] {
  const names = ASSUMPTIONS.map(({ name }) => name);
  return resolveAssumptions(assumptions).problems.map(({ kind, name, value, expected }) => {
    const place = { kind: 'setting', name: `assumptions.${name}` } as const;
    if (kind === 'unknown-value') {
      const message = `"assumptions.${name}" cannot be "${value}"; it is one of ${expected.join(', ')}.`;
      return diagnostic('project.assumption-value', message, { place });
    }
    const hint = didYouMean(name, names) || near(expected);
    return diagnostic('project.assumption-unknown', `There is no assumption "${name}".${hint}`, { place });
  });
}

function near(expected: readonly string[]): string {
  return expected.length === 0 ? '' : ` Names close to it: ${expected.join(', ')}.`;
}
