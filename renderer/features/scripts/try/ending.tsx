import { Anchor, Group } from '@mantine/core';
import type { Attempt } from '#contract/scripts.ts';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import { OutcomeBadge } from '#renderer/components/outcome-badge.tsx';
import { didAsItShould } from '#renderer/features/scripts/try/scenarios.ts';
import classes from '#renderer/features/scripts/try/try.module.css';

interface EndingProps {
  readonly attempt: Attempt;
  readonly scenario: string;
  readonly title: string | null;
  readonly onGoTo: (line: number, column?: number) => void;
}

/** How the script ended and what it called back. */
export function Ending({ attempt, scenario, title, onGoTo }: EndingProps) {
  const { ending, error, value } = attempt;
  const json = JSON.stringify(value, null, 2) ?? 'undefined';
  return (
    <div className={classes.ending}>
      <Group gap="sm" justify="space-between" wrap="nowrap">
        <Group gap="sm">
          {title !== null && <b>{title}</b>}
          <OutcomeBadge status={didAsItShould(scenario, attempt) ? 'ok' : 'failed'} />
          <span className="uf-mono">{ending}</span>
        </Group>
        <CopyButton
          label="Copy what it called back"
          text={error === null ? json : JSON.stringify(error, null, 2)}
        />
      </Group>
      {error !== null && (
        <div className={classes.error}>
          <span>
            <b>{error.name}</b>: {error.message}
          </span>
          {error.line !== undefined && (
            <Anchor
              component="button"
              type="button"
              size="xs"
              onClick={() => onGoTo(error.line ?? 1, error.column)}
            >
              line {error.line}
            </Anchor>
          )}
          {error.stack !== undefined && <pre className={classes.stack}>{error.stack}</pre>}
        </div>
      )}
      {error === null && (
        <div className={classes.value} role="region" aria-label="What it called back" tabIndex={0}>
          {json}
        </div>
      )}
    </div>
  );
}
