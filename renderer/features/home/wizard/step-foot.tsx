import { Alert, Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from '#renderer/features/home/wizard/wizard.module.css';
import { toTrouble } from '#renderer/engine/trouble.ts';

interface StepFootProps {
  readonly action: string;
  readonly busy: boolean;
  readonly disabled?: boolean;
  /** The last attempt's error; null where there is none. */
  readonly error: unknown;
  readonly onNext: () => void;
  readonly children?: ReactNode;
}

/** The end of a step: what went wrong, and the way on. */
export function StepFoot({ action, busy, disabled = false, error, onNext, children }: StepFootProps) {
  const trouble = error === null ? null : toTrouble(error);
  return (
    <>
      {trouble !== null && (
        <Alert color="red" mt="md" title={trouble.title}>
          {trouble.message}
          {trouble.help !== null && (
            <Text size="sm" mt={4}>
              {trouble.help}
            </Text>
          )}
        </Alert>
      )}
      <div className={classes.foot}>
        <div className={classes.says}>{children}</div>
        <Button size="sm" loading={busy} disabled={disabled} onClick={onNext}>
          {action}
        </Button>
      </div>
    </>
  );
}
