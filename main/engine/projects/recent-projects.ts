import type { RecentProject } from '#contract/projects.ts';
import type { Ports } from '#engine/ports/ports.ts';
import { baseName } from '#engine/projects/open-project.ts';

type Recent = { projects: RecentProject[] };

export async function recentProjects({ workbench }: Ports): Promise<Recent> {
  return { projects: (await workbench.recent.list()).map((one) => ({ ...one })) };
}

/** Remembers a project under the name that its settings give it; a damaged one under its folder's. */
export async function rememberProject(ports: Ports, given: string): Promise<Recent> {
  const { file, settings } = await ports.workbench.settings.read(given);
  const folder = file.replace(/[\\/][^\\/]*$/, '');
  await ports.workbench.recent.remember(folder, settings?.name ?? baseName(folder), ports.clock.now());
  return recentProjects(ports);
}

export async function forgetProject(ports: Ports, folder: string): Promise<Recent> {
  await ports.workbench.recent.forget(folder);
  return recentProjects(ports);
}
