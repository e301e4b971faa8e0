import type { Slot } from '#domain/migration/slots.ts';
import type { Project } from '#engine/ports/project-store.ts';

/** Script files of a project as they are on disk. Faults: `project-invalid`, `project-unwritable`. */
export interface ScriptFiles {
  /** Null where the connection lists no script for the slot. */
  read(project: Project, slot: Slot): Promise<string | null>;
  /** In one step: readers see the old text or the new one. */
  write(project: Project, slot: Slot, text: string): Promise<void>;
}
