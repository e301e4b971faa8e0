import { formatCount } from '#renderer/components/format.ts';
import classes from '#renderer/features/trials/compare/compare.module.css';
import type { Comparison } from '#renderer/features/trials/compare/changes.ts';

/** How many users changed sides. */
export function Totals({ comparison }: { readonly comparison: Comparison }) {
  const { fixed, broken, changedCause, same, onlyInA, onlyInB } = comparison;
  const numbers = [
    { name: 'fixed', value: fixed, tone: fixed > 0 ? 'ok' : undefined },
    { name: 'broken', value: broken, tone: broken > 0 ? 'failed' : undefined },
    { name: 'other cause', value: changedCause },
    { name: 'same', value: same },
    { name: 'only in the older', value: onlyInA },
    { name: 'only in the newer', value: onlyInB },
  ];
  return (
    <dl className={classes.totals}>
      {numbers.map(({ name, value, tone }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-tone={tone}>{formatCount(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
