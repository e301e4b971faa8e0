import type { FolderList } from '#contract/files.ts';
import type { Ports } from '#engine/ports/ports.ts';
import { baseName } from '#engine/projects/open-project.ts';

const MOST_RECENT = 8;

/** What a file dialog shows: one folder, and the places people start from. */
export async function browseFiles(
  { workbench: { folders, recent } }: Ports,
  request: { readonly folder?: string | undefined; readonly hidden: boolean },
): Promise<FolderList> {
  const contents = await folders.list(request.folder ?? null, request.hidden);
  const around = (await recent.list())
    .filter(({ state }) => state === 'there')
    .map(({ folder }) => folder.replace(/[\\/][^\\/]*$/, '') || '/');
  const places = [
    ...(await folders.places()),
    ...[...new Set(around)]
      .slice(0, MOST_RECENT)
      .map((folder) => ({ kind: 'recent' as const, name: baseName(folder), folder })),
  ];
  return {
    ...contents,
    entries: contents.entries.map((entry) => ({ ...entry })),
    places: places.map((place) => ({ ...place })),
  };
}
