import type { Attempt } from '#contract/scripts.ts';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import { formatCount, formatMs } from '#renderer/components/format.ts';
import classes from '#renderer/features/scripts/try/try.module.css';

/** What really went over the wire; values that were bound are masked. */
export function StatementTable({ statements }: { readonly statements: Attempt['statements'] }) {
  if (statements.length === 0)
    return <p className={classes.nothing}>No statement and no request went out.</p>;
  return (
    <ol className={classes.statements}>
      {statements.map((one, index) => (
        <li key={index}>
          <div className={classes.statementHead}>
            <span>
              {one.protocol} · connection {one.connection} · at {one.atMs.toFixed(1)} ms
            </span>
            <span className="uf-number">
              {formatMs(one.ms)}
              {one.rows !== null && ` · ${formatCount(one.rows)} ${one.rows === 1 ? 'row' : 'rows'}`}
            </span>
            <CopyButton label="Copy the statement" text={one.text} />
          </div>
          <pre>{one.text}</pre>
          {one.binds.length > 0 && <span className={classes.binds}>bound: {one.binds.join(', ')}</span>}
          {one.error !== undefined && <span className={classes.bad}>{one.error}</span>}
        </li>
      ))}
    </ol>
  );
}
