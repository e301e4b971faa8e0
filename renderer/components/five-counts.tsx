import classes from '#renderer/components/five-counts.module.css';
import { formatCount } from '#renderer/components/format.ts';

interface FiveCountsProps {
  readonly expected: number;
  readonly done: number;
  readonly ok: number;
  readonly failed: number;
  readonly skipped: number;
  /** Makes the numbers buttons that show the users behind them. */
  readonly onPick?: (status: 'ok' | 'failed' | 'skipped') => void;
}

/** The five counts that always add up: expected = done + open, done = ok + failed + skipped. */
export function FiveCounts(props: FiveCountsProps) {
  const { expected, done, ok, failed, skipped, onPick } = props;
  const share = (count: number): string => `${expected === 0 ? 0 : (100 * count) / expected}%`;
  return (
    <div className={classes.counts}>
      <dl className={classes.numbers}>
        <Count name="expected" value={expected} />
        <Count name="done" value={done} />
        <Count name="ok" value={ok} tone={classes.ok} onPick={onPick} />
        <Count name="failed" value={failed} tone={classes.failed} onPick={onPick} />
        <Count name="skipped" value={skipped} tone={classes.skipped} onPick={onPick} />
      </dl>
      <div className={classes.bar} aria-hidden>
        <span className={classes.okFill} style={{ width: share(ok) }} />
        <span className={classes.failedFill} style={{ width: share(failed) }} />
        <span className={classes.skippedFill} style={{ width: share(skipped) }} />
      </div>
    </div>
  );
}

interface CountProps {
  readonly name: 'expected' | 'done' | 'ok' | 'failed' | 'skipped';
  readonly value: number;
  readonly tone?: string | undefined;
  readonly onPick?: FiveCountsProps['onPick'];
}

function Count({ name, value, tone, onPick }: CountProps) {
  const number = <span className={`${classes.value} ${tone ?? ''}`}>{formatCount(value)}</span>;
  const canPick = onPick !== undefined && name !== 'expected' && name !== 'done' && value > 0;
  return (
    <div className={classes.count}>
      <dt>{name}</dt>
      <dd>
        {canPick ? (
          <button
            type="button"
            className={classes.pick}
            aria-label={`Show the ${formatCount(value)} users that are ${name}`}
            onClick={() => onPick(name)}
          >
            {number}
          </button>
        ) : (
          number
        )}
      </dd>
    </div>
  );
}
