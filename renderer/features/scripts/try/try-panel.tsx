import { Button, Tabs } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { Keys } from '#renderer/commands/keys.tsx';
import { TryForm } from '#renderer/features/scripts/try/try-form.tsx';
import { ScenarioButtons } from '#renderer/features/scripts/try/scenario-buttons.tsx';
import { TryHistory } from '#renderer/features/scripts/try/try-history.tsx';
import { TryResult } from '#renderer/features/scripts/try/try-result.tsx';
import type { Trying } from '#renderer/features/scripts/try/use-try.ts';
import classes from '#renderer/features/scripts/try/try.module.css';
import type { Slot } from '#renderer/stores/tries.ts';

interface TryPanelProps {
  readonly slot: Slot;
  readonly trying: Trying;
  /** There is no text that could be tried. */
  readonly nothing: boolean;
  readonly onGoTo: (line: number, column?: number) => void;
}

/** One user through the script as it stands in the editor. */
export function TryPanel({ slot, trying, nothing, onGoTo }: TryPanelProps) {
  const { busy } = trying;
  return (
    <section className={classes.panel} aria-label="Try">
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!nothing && !busy) trying.run();
        }}
      >
        <TryForm slot={slot} input={trying.input} errors={trying.inputErrors} onChange={trying.set} />
        <div className={classes.actions}>
          {busy ? (
            // Keyed: as one element, the click that cancels would become one that submits.
            <Button
              key="cancel"
              variant="default"
              leftSection={<IconPlayerStop size={14} aria-hidden />}
              onClick={trying.cancel}
            >
              Cancel
            </Button>
          ) : (
            <Button
              key="try"
              type="submit"
              disabled={nothing}
              leftSection={<IconPlayerPlay size={14} aria-hidden />}
              rightSection={<Keys shortcut="mod+enter" />}
            >
              Try
            </Button>
          )}
          <ScenarioButtons slot={slot} disabled={busy || nothing} onPick={trying.run} />
        </div>
      </form>
      <Tabs
        value={trying.tab}
        onChange={(tab) => trying.pick(tab === 'history' ? 'history' : 'result')}
        className={classes.tabs ?? ''}
        keepMounted={false}
      >
        <Tabs.List className={classes.tabList ?? ''}>
          <Tabs.Tab value="result">Result</Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="result" className={classes.result ?? ''} tabIndex={0}>
          <TryResult trying={trying} nothing={nothing} onGoTo={onGoTo} />
        </Tabs.Panel>
        <Tabs.Panel value="history" className={classes.result ?? ''} tabIndex={0}>
          <TryHistory slot={slot} onShow={trying.show} />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}
