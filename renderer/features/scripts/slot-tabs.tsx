import { Tabs } from '@mantine/core';
import classes from '#renderer/features/scripts/scripts.module.css';
import { PROJECT_SLOTS } from '#renderer/features/scripts/slots.ts';
import { useProject } from '#renderer/project/project-context.tsx';
import { scriptDraftKey, useDrafts } from '#renderer/stores/drafts.ts';
import type { Slot } from '#renderer/stores/tries.ts';

interface SlotTabsProps {
  readonly slot: Slot;
  readonly onPick: (slot: Slot) => void;
}

/** One tab a slot: whether there is a script, and whether its text is saved. */
export function SlotTabs({ slot, onPick }: SlotTabsProps) {
  const { folder, slots } = useProject();
  const drafts = useDrafts((store) => store.texts);
  return (
    <Tabs value={slot} onChange={(value) => value !== null && onPick(value as Slot)} keepMounted={false}>
      <Tabs.List>
        {PROJECT_SLOTS.map((one) => {
          const state = slots.find((entry) => entry.slot === one)?.state ?? 'none';
          const typed = drafts[scriptDraftKey(folder, one)] !== undefined;
          return (
            <Tabs.Tab
              key={one}
              value={one}
              className={state === 'none' && !typed ? (classes.absent ?? '') : ''}
              aria-label={`${one}${state === 'there' ? '' : ', no script yet'}${typed ? ', not saved' : ''}`}
            >
              <span className="uf-mono">{one}</span>
              {typed && <span className={classes.unsaved} aria-hidden />}
            </Tabs.Tab>
          );
        })}
      </Tabs.List>
    </Tabs>
  );
}
