import {
  IconCircleCheck,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import type { TrialStatus } from '#contract/trial-record.ts';
import classes from '#renderer/components/status.module.css';
import { STATUSES } from '#renderer/components/trial-words.ts';

const LOOKS = {
  running: { Icon: IconPlayerPlay, className: classes.note },
  paused: { Icon: IconPlayerPause, className: classes.warning },
  cancelled: { Icon: IconPlayerStop, className: classes.skipped },
  interrupted: { Icon: IconPlugConnectedX, className: classes.failed },
  finished: { Icon: IconCircleCheck, className: classes.ok },
} as const satisfies Record<TrialStatus, object>;

interface TrialStatusBadgeProps {
  readonly status: TrialStatus;
  /** Other words for it, such as "waiting for the database". */
  readonly words?: string;
}

/** How far a trial is: a sign of its own shape, and the word. */
export function TrialStatusBadge({ status, words = STATUSES[status] }: TrialStatusBadgeProps) {
  const { Icon, className } = LOOKS[status];
  return (
    <span className={`${classes.badge} ${className}`}>
      <Icon size={15} stroke={1.9} aria-hidden />
      <span>{words}</span>
    </span>
  );
}
