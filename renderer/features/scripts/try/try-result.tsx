import { Loader, Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { Keys } from '#renderer/commands/keys.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatDuration } from '#renderer/components/format.ts';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { AttemptView } from '#renderer/features/scripts/try/attempt-view.tsx';
import type { Trying } from '#renderer/features/scripts/try/use-try.ts';
import classes from '#renderer/features/scripts/try/try.module.css';

interface TryResultProps {
  readonly trying: Trying;
  readonly nothing: boolean;
  readonly onGoTo: (line: number, column?: number) => void;
}

/** The last try: running, failed, or with all that was seen of it. */
export function TryResult({ trying, nothing, onGoTo }: TryResultProps) {
  const { since, error, shown, cancelled } = trying;
  const failed = error !== null && error !== undefined;
  return (
    <>
      <div role="status" className={classes.busy}>
        {since !== null && <Running since={since} />}
        {cancelled && <Text size="sm">Cancelled. The script was stopped; nothing was kept.</Text>}
      </div>
      {failed && <TroubleState trouble={toTrouble(error)} onRetry={trying.again} />}
      {!failed && shown !== null && (
        <div className={classes.shown} data-stale={since !== null}>
          <AttemptView key={shown.id} tried={shown} onGoTo={onGoTo} runGetUser={trying.runGetUser} />
        </div>
      )}
      {!failed && shown === null && since === null && !cancelled && <NothingYet nothing={nothing} />}
    </>
  );
}

function NothingYet({ nothing }: { readonly nothing: boolean }) {
  if (nothing)
    return (
      <EmptyState icon={IconPlayerPlay} title="Nothing to try yet">
        As soon as there is a script, saved or not, it can be tried with one user here.
      </EmptyState>
    );
  return (
    <EmptyState icon={IconPlayerPlay} title="Nothing tried yet">
      Name a user and press <Keys shortcut="mod+enter" />. The text in the editor runs as it stands; nothing
      is saved, neither here nor in the replica.
    </EmptyState>
  );
}

function Running({ since }: { readonly since: number }) {
  const [now, setNow] = useState(since);
  useInterval(() => setNow(Date.now()), 500, { autoInvoke: true });
  const seconds = Math.floor((now - since) / 1000);
  return (
    <>
      <Loader size={14} aria-hidden />
      <Text size="sm">Running…</Text>
      {seconds > 1 && (
        <Text size="sm" c="dimmed" className="uf-number" aria-hidden>
          {formatDuration(seconds)}
        </Text>
      )}
    </>
  );
}
