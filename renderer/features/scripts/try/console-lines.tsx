import type { Attempt } from '#contract/scripts.ts';
import classes from '#renderer/features/scripts/try/try.module.css';

/** What the script printed, with when. */
export function ConsoleLines({ lines }: { readonly lines: Attempt['console'] }) {
  if (lines.length === 0) return <p className={classes.nothing}>Nothing was printed.</p>;
  return (
    <ol className={classes.console}>
      {lines.map((line, index) => (
        <li key={index} data-level={line.level}>
          <span className={classes.at}>{line.atMs.toFixed(1)} ms</span>
          <span className={classes.level}>{line.level}</span>
          <span>{line.text}</span>
        </li>
      ))}
    </ol>
  );
}
