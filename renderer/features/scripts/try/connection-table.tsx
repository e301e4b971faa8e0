import { Anchor } from '@mantine/core';
import type { Attempt } from '#contract/scripts.ts';
import { formatMs } from '#renderer/components/format.ts';
import classes from '#renderer/features/scripts/try/try.module.css';

const TLS = { none: 'no TLS', verified: 'TLS, verified', unverified: 'TLS, not verified' } as const;

interface ConnectionTableProps {
  readonly attempt: Attempt;
  readonly onGoTo: (line: number) => void;
}

/** Where the script connected to, what stayed open, and what was refused. */
export function ConnectionTable({ attempt, onGoTo }: ConnectionTableProps) {
  const { connections, refused } = attempt;
  if (connections.length + refused.length === 0)
    return <p className={classes.nothing}>No connection was opened.</p>;
  return (
    <ul className={classes.connections}>
      {connections.map((one) => (
        <li key={one.id}>
          <span className="uf-mono">
            {one.id}: {one.host}:{one.port}
          </span>
          <span className={one.tls === 'unverified' ? classes.bad : ''}>{TLS[one.tls]}</span>
          <span>open for {formatMs(one.openMs)}</span>
          <span className={one.leftOpen ? classes.bad : ''}>{one.leftOpen ? 'left open' : 'closed'}</span>
        </li>
      ))}
      {refused.map((one, index) => (
        <li key={`refused-${index}`}>
          <span className="uf-mono">
            {one.host}:{one.port}
          </span>
          <span className={classes.bad}>refused: {one.reason}</span>
          {one.line !== undefined && (
            <Anchor component="button" type="button" size="xs" onClick={() => onGoTo(one.line ?? 1)}>
              line {one.line}
            </Anchor>
          )}
        </li>
      ))}
    </ul>
  );
}
