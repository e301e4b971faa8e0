import { Button, Group, Loader, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ClosedReason } from '#renderer/api/client.ts';
import { useConnectionStatus, useRetryConnection } from '#renderer/engine/engine-provider.tsx';
import classes from '#renderer/shell/connection-banner.module.css';

/** A restart of the engine takes about half a second; shorter gaps need no words. */
const PATIENCE_MS = 400;

const CLOSED: Readonly<Record<ClosedReason, string>> = {
  closed: 'This page closed its connection to the engine.',
  'server-stopped': 'Userferry was stopped where it had been started. Start it again and open the new link.',
  'server-idle': 'Userferry ended because nobody was using it. Start it again and open the new link.',
  'signed-out':
    'This page needs a new link: press Enter where Userferry was started, and open what it prints.',
};

/** Says that the engine is away, and that nothing typed is lost. */
export function ConnectionBanner() {
  const status = useConnectionStatus();
  const retry = useRetryConnection();
  const [late, setLate] = useState(false);
  const away = status.state !== 'open';
  useEffect(() => {
    if (!away) {
      setLate(false);
      return;
    }
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [away]);
  if (!away || !late) return null;
  if (status.state === 'closed') {
    return (
      <Group className={classes.banner ?? ''} role="alert" data-state="closed" justify="space-between">
        <Text size="sm">{CLOSED[status.reason]} What you typed is kept.</Text>
        <Button variant="default" onClick={retry}>
          Connect again
        </Button>
      </Group>
    );
  }
  return (
    <Group className={classes.banner ?? ''} role="status" gap="sm">
      <Loader size={14} aria-hidden />
      <Text size="sm">
        {status.state === 'connecting' ? 'Connecting to the engine…' : 'The engine went away; reconnecting…'}{' '}
        What you typed is kept, and running trials go on from their last batch.
      </Text>
    </Group>
  );
}
