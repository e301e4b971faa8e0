import type { BuiltFile, BuiltModule } from '../guest/guest-api.ts';
import { SANDBOX_MODULES } from '../modules/manifest.ts';
import { bundleModule, requestsOf } from './bundle-module.ts';

export type BundledModule = Omit<BuiltModule, keyof BuiltFile> & { readonly text: string };

/** Bundles every module of the list, one after the other (esbuild itself uses all cores). */
export async function* bundleModules(say: (line: string) => void): AsyncGenerator<BundledModule> {
  const count = SANDBOX_MODULES.reduce((sum, module) => sum + module.versions.length, 0);
  say(`bundling ${count} versions of ${SANDBOX_MODULES.length} modules`);
  for (const module of SANDBOX_MODULES) {
    for (const version of module.versions) {
      const plain = requestsOf(module, version);
      const requests = plain.flatMap((request) => [
        request,
        ...(module.subpaths ?? []).map((subpath) => `${request}/${subpath}`),
      ]);
      yield {
        name: module.name,
        version: version.version,
        isDefault: version === module.versions[0],
        requests,
        family: version.onDemand ? null : module.family,
        text: await bundleModule(module, version),
      };
    }
  }
}
