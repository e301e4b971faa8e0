import { createHash } from 'node:crypto';
import type { Slot } from '#domain/migration/slots.ts';
import { listScriptTemplates, readScriptTemplate } from '#project/script-templates.ts';

const bySlot = new Map<Slot, Promise<ReadonlyMap<string, string>>>();

/** The set of templates whose script of this slot has the checksum; null for a text that somebody has written. */
export async function templateOf(slot: Slot, checksum: string): Promise<string | null> {
  const known = bySlot.get(slot) ?? checksumsOf(slot);
  bySlot.set(slot, known);
  return (await known).get(checksum) ?? null;
}

/** Templates come with the program and do not change while it runs. */
async function checksumsOf(slot: Slot): Promise<ReadonlyMap<string, string>> {
  const all = await Promise.all(
    listScriptTemplates().map(async ({ name }) => {
      const text = await readScriptTemplate(name, slot);
      return [createHash('sha256').update(text, 'utf8').digest('hex'), name] as const;
    }),
  );
  // Sets share some scripts: the one that is offered first gives its name.
  return new Map(all.toReversed());
}
