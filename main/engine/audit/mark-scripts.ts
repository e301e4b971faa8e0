import type { MarkedScript } from '#contract/audit.ts';
import { Fault } from '#engine/fault.ts';
import type { MarkedText } from '#engine/ports/mark-script.ts';
import type { Ports } from '#engine/ports/ports.ts';

export interface MarkRequest {
  readonly project: string;
  readonly slots: readonly ('login' | 'get_user')[];
  readonly write: boolean;
}

/** Shows, or writes, scripts that mark whom they migrate. All that were asked for are written, or none. */
export async function markScripts(
  ports: Ports,
  { project: folder, slots, write }: MarkRequest,
): Promise<MarkedScript[]> {
  const project = await ports.projects.open(folder);
  if (!project.connection.importMode) {
    throw new Fault('input-invalid', 'the connection runs with import off', {
      where: `database-connections/${project.settings.connection}/database.json`,
      help: 'Profiles of logins with import off would be marked as migrated too. Set "import_mode" to true first.',
    });
  }
  const found: { readonly script: MarkedScript; readonly text: string | null }[] = [];
  for (const slot of new Set(slots)) {
    const text = await ports.scriptFiles.read(project, slot);
    const marked = text === null ? null : ports.markScript(text, slot);
    found.push({ script: told(slot, marked), text: marked?.kind === 'changed' ? marked.text : null });
  }
  const refused = found.some(({ script }) => script.status === 'refused');
  if (!write || refused) return found.map(({ script }) => script);
  const lock = await ports.lockProject(project.folder);
  try {
    for (const { script, text } of found)
      if (text !== null) await ports.scriptFiles.write(project, script.slot, text);
  } finally {
    await lock.release();
  }
  return found.map(({ script, text }) => ({ ...script, written: text !== null }));
}

function told(slot: MarkedScript['slot'], marked: MarkedText | null): MarkedScript {
  const plain = { slot, reason: null, line: null, places: [], diff: '', written: false };
  if (marked === null) return { ...plain, status: 'absent' };
  switch (marked.kind) {
    case 'changed':
      return { ...plain, status: 'changed', places: [...marked.places], diff: marked.diff };
    case 'refused':
      return { ...plain, status: 'refused', reason: marked.reason, line: marked.line };
    default:
      return { ...plain, status: 'marked-already' };
  }
}
