import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import classes from '#renderer/components/status.module.css';

const LOOKS = {
  error: { Icon: IconAlertOctagon, word: 'Error', className: classes.failed },
  warning: { Icon: IconAlertTriangle, word: 'Warning', className: classes.warning },
  note: { Icon: IconInfoCircle, word: 'Note', className: classes.note },
} as const;

interface SeverityBadgeProps {
  readonly severity: keyof typeof LOOKS;
  /** Only the sign; the word is still there for people who hear it. */
  readonly compact?: boolean;
}

/** Never colour alone: a sign of its own shape, and the word. */
export function SeverityBadge({ severity, compact = false }: SeverityBadgeProps) {
  const { Icon, word, className } = LOOKS[severity];
  return (
    <span className={`${classes.badge} ${className}`}>
      <Icon size={15} stroke={1.9} aria-hidden />
      <span className={compact ? classes.hidden : undefined}>{word}</span>
    </span>
  );
}
