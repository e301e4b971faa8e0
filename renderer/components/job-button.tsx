import { Button, Text } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from '#renderer/components/job-button.module.css';
import { formatCount, formatShare } from '#renderer/components/format.ts';

interface JobButtonProps {
  /** Undefined while nothing is under way. */
  readonly job: { readonly done: number; readonly expected: number; readonly stop: () => void } | undefined;
  /** What it does, for people who hear it: "Saving the list". */
  readonly what: string;
  /** The button that starts it. */
  readonly children: ReactNode;
}

/** A button that becomes how far its work is, with the way to give it up. */
export function JobButton({ job, what, children }: JobButtonProps) {
  if (job === undefined) return children;
  return (
    <span className={classes.job}>
      <Text span size="xs" c="dimmed" role="status" className={classes.place ?? ''}>
        {what}: {job.expected === 0 ? formatCount(job.done) : formatShare(job.done, job.expected)}
      </Text>
      <Button
        variant="default"
        leftSection={<IconPlayerStop size={15} aria-hidden />}
        aria-label={`Cancel: ${what}`}
        onClick={job.stop}
      >
        Cancel
      </Button>
    </span>
  );
}
