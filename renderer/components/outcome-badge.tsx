import { IconCircleCheck, IconCircleMinus, IconCircleX } from '@tabler/icons-react';
import classes from '#renderer/components/status.module.css';

const LOOKS = {
  ok: { Icon: IconCircleCheck, className: classes.ok },
  failed: { Icon: IconCircleX, className: classes.failed },
  skipped: { Icon: IconCircleMinus, className: classes.skipped },
} as const;

/** What became of a user or a step. */
export function OutcomeBadge({ status }: { readonly status: keyof typeof LOOKS }) {
  const { Icon, className } = LOOKS[status];
  return (
    <span className={`${classes.badge} ${className}`}>
      <Icon size={15} stroke={1.9} aria-hidden />
      <span>{status}</span>
    </span>
  );
}
