import type { ScriptModuleInfo } from '#engine/ports/ports.ts';
import { SANDBOX_MODULES } from '#sandbox/modules/manifest.ts';
import { loadSandboxBuild } from '#sandbox/sandbox-build.ts';

/** What scripts may require, as `userferry modules` lists it. */
export function scriptModules(): readonly ScriptModuleInfo[] {
  return SANDBOX_MODULES.map((module) => ({
    name: module.name,
    versions: module.versions.map(({ version }) => version),
    default: module.versions[0]?.version ?? '',
    testedAgainst: module.testedAgainst,
  }));
}

/** Version of the Node library that scripts see; says so where the sandbox is not built yet. */
export function scriptRuntime(): string {
  try {
    return loadSandboxBuild().manifest.nodeVersion;
  } catch {
    return 'not built';
  }
}
