import { Button, Loader, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import classes from '#renderer/components/state.module.css';

/** Waits this short are not worth a flicker. */
const SHOW_AFTER_MS = 150;

interface LoadingStateProps {
  /** What is being waited for: "Reading the schema". */
  readonly what: string;
  /** No spinner without a way out. */
  readonly onCancel: () => void;
}

/** Something takes time, and can be stopped. */
export function LoadingState({ what, onCancel }: LoadingStateProps) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Stack className={classes.state} align="center" gap="sm" role="status" aria-live="polite" aria-busy>
      {shown && (
        <>
          <Loader size="sm" aria-hidden />
          <Text size="sm" c="dimmed">
            {what}…
          </Text>
          <Button variant="subtle" color="gray" onClick={onCancel}>
            Cancel
          </Button>
        </>
      )}
    </Stack>
  );
}
