import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { Pipeline } from '#domain/pipeline/pipeline.ts';
import type { ScriptModuleInfo } from '#engine/ports/ports.ts';

/** Dependencies of Actions that the sandbox does not have, or has in another version than the one it hands out. */
export function dependencyFindings(
  { actions }: Pipeline,
  modules: readonly ScriptModuleInfo[],
): readonly Diagnostic[] {
  return [...actions.values()].flatMap(({ name, path, dependencies }) =>
    dependencies.flatMap((wanted) => {
      const known = modules.find((module) => module.name === wanted.name);
      const place = { kind: 'file', path } as const;
      if (known === undefined) {
        const message = `Action "${name}" depends on ${wanted.name}, which the sandbox does not have.`;
        return [diagnostic('pipeline.dependency-not-rehearsed', message, { place })];
      }
      if (wanted.version === 'latest' || wanted.version === known.default) return [];
      const message = `Action "${name}" depends on ${wanted.name} ${wanted.version}; the sandbox uses ${known.default}.`;
      return [diagnostic('pipeline.dependency-not-rehearsed', message, { place })];
    }),
  );
}
