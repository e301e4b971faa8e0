import type { Attempt } from '#contract/scripts.ts';
import { formatBytes, formatMs } from '#renderer/components/format.ts';
import classes from '#renderer/features/scripts/try/try.module.css';

/** Where the time went: script, database, hashing, waiting. */
export function TimeSplit({ attempt }: { readonly attempt: Attempt }) {
  const { total, script, database, hashing } = attempt.ms;
  const waiting = Math.max(0, total - script - database - hashing);
  const parts = [
    { name: 'script', ms: script },
    { name: 'database', ms: database },
    { name: 'hashing', ms: hashing },
    { name: 'waiting', ms: waiting },
  ];
  return (
    <>
      <div className={classes.timeBar} aria-hidden>
        {parts.map(({ name, ms }) => (
          <span key={name} data-part={name} style={{ width: `${total === 0 ? 0 : (100 * ms) / total}%` }} />
        ))}
      </div>
      <dl className={classes.times}>
        <div>
          <dt>total</dt>
          <dd>{formatMs(total)}</dd>
        </div>
        {parts.map(({ name, ms }) => (
          <div key={name}>
            <dt>
              <i data-part={name} aria-hidden /> {name}
            </dt>
            <dd>{formatMs(ms)}</dd>
          </div>
        ))}
        {attempt.longestTurnMs !== undefined && (
          <div>
            <dt>longest turn</dt>
            <dd>{formatMs(attempt.longestTurnMs)}</dd>
          </div>
        )}
        {attempt.memoryBytes !== null && (
          <div>
            <dt>memory</dt>
            <dd>{formatBytes(attempt.memoryBytes)}</dd>
          </div>
        )}
      </dl>
    </>
  );
}
