import classes from '#renderer/components/charts/bar-list.module.css';
import { formatCount, formatShare } from '#renderer/components/format.ts';

export interface Bar {
  readonly id: string;
  readonly label: string;
  readonly ok: number;
  readonly failed: number;
  readonly skipped: number;
  /** Stands for several values, so that nobody can be shown behind it. */
  readonly collective?: boolean;
}

interface BarListProps {
  /** What is counted, for people who hear it: "Users by hash format". */
  readonly label: string;
  readonly bars: readonly Bar[];
  /** Shows the users behind a bar. */
  readonly onPick?: (bar: Bar) => void;
}

/** Cohorts as bars of ok, failed and skipped, longest is the largest cohort. Every number stands beside its bar. */
export function BarList({ label, bars, onPick }: BarListProps) {
  const totals = bars.map(({ ok, failed, skipped }) => ok + failed + skipped);
  const largest = Math.max(1, ...totals);
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label={label}>
        <thead className={classes.head}>
          <tr>
            <th scope="col">Cohort</th>
            <th scope="col">Share</th>
            <th scope="col">Users</th>
            <th scope="col">ok</th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar, index) => {
            const total = totals[index] ?? 0;
            const width = (count: number): string => `${(100 * count) / largest}%`;
            return (
              <tr key={bar.id}>
                <th scope="row" className={classes.label} title={bar.label}>
                  {onPick === undefined || bar.collective === true ? (
                    bar.label
                  ) : (
                    <button type="button" className={classes.pick} onClick={() => onPick(bar)}>
                      {bar.label}
                    </button>
                  )}
                </th>
                <td className={classes.bar} aria-hidden>
                  <span className={classes.ok} style={{ width: width(bar.ok) }} />
                  <span className={classes.failed} style={{ width: width(bar.failed) }} />
                  <span className={classes.skipped} style={{ width: width(bar.skipped) }} />
                </td>
                <td className={classes.number}>{formatCount(total)}</td>
                <td className={classes.number}>{formatShare(bar.ok, total)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
