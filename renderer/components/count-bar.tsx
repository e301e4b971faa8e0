import classes from '#renderer/components/count-bar.module.css';

interface CountBarProps {
  readonly expected: number;
  readonly ok: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Ok, failed, skipped and open as one thin bar. The numbers stand beside it. */
export function CountBar({ expected, ok, failed, skipped }: CountBarProps) {
  const share = (count: number): string => `${expected === 0 ? 0 : (100 * count) / expected}%`;
  return (
    <span className={classes.bar} aria-hidden>
      <span className={classes.ok} style={{ width: share(ok) }} />
      <span className={classes.failed} style={{ width: share(failed) }} />
      <span className={classes.skipped} style={{ width: share(skipped) }} />
    </span>
  );
}
