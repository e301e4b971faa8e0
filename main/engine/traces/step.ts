import type { TraceStep } from '#contract/traces.ts';
import { catalogEntry, type DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { UserFinding } from '#domain/diagnostics/user-finding.ts';
import { masked } from '#engine/legacy/preview-user.ts';

export type TraceFinding = TraceStep['findings'][number];
export type TraceFact = TraceStep['facts'][number];

/** A step with what it has; the rest is empty. */
export function step(
  kind: TraceStep['kind'],
  title: string,
  more: Partial<Omit<TraceStep, 'kind' | 'title'>> = {},
): TraceStep {
  return { kind, title, phase: null, status: null, facts: [], findings: [], attempt: null, ...more };
}

export function traceFinding({ code, detail, line }: UserFinding): TraceFinding {
  const entry = catalogEntry(code);
  return {
    code,
    severity: entry?.severity ?? 'note',
    title: entry?.title ?? code,
    detail: line === undefined ? detail : [detail, `line ${line}`].filter((text) => text !== '').join(', '),
    fix: entry?.fix ?? '',
  };
}

export function noted(code: DiagnosticCode, detail = ''): TraceFinding {
  return traceFinding({ code, detail });
}

/** Facts with a value; null and empty ones are left out. */
export function facts(given: readonly (readonly [name: string, value: string | null])[]): TraceFact[] {
  return given.flatMap(([name, value]) => (value === null || value === '' ? [] : [{ name, value }]));
}

/** How values that tell who somebody is are shown. */
export type Personal = (value: string | null) => string | null;

export function personalAs(shown: boolean): Personal {
  return (value) => (value === null || shown ? value : masked(value));
}
