import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

export const assumptionEntries = {
  'project.assumption-unknown': {
    severity: 'error',
    title: 'unknown assumption',
    meaning:
      'A name under "assumptions" is no switch that this version knows. It changes nothing, and the default of the switch that was meant stays in force.',
    fix: 'Correct the name; "userferry assumptions" lists them all.',
  },
  'project.assumption-value': {
    severity: 'error',
    title: 'unknown value of an assumption',
    meaning: 'The switch has no such value, so its default stays in force.',
    fix: 'Use one of the values that "userferry assumptions" lists for it.',
  },
} as const satisfies Record<`project.${string}`, CatalogEntry>;
