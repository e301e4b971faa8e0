import { Stack } from '@mantine/core';
import type { Attempt } from '#contract/scripts.ts';
import { DiagnosticList } from '#renderer/components/diagnostic-list.tsx';
import { formatMs } from '#renderer/components/format.ts';
import { PipelineView } from '#renderer/components/pipeline-view.tsx';
import { ConnectionTable } from '#renderer/features/scripts/try/connection-table.tsx';
import { ConsoleLines } from '#renderer/features/scripts/try/console-lines.tsx';
import { Ending } from '#renderer/features/scripts/try/ending.tsx';
import { Part } from '#renderer/features/scripts/try/part.tsx';
import { ProfileComparison } from '#renderer/features/scripts/try/profile-comparison.tsx';
import { SCENARIOS, scenarioTitle } from '#renderer/features/scripts/try/scenarios.ts';
import { StatementTable } from '#renderer/features/scripts/try/statement-table.tsx';
import { TimeSplit } from '#renderer/features/scripts/try/time-split.tsx';
import classes from '#renderer/features/scripts/try/try.module.css';
import type { Try } from '#renderer/stores/tries.ts';

interface AttemptViewProps {
  readonly tried: Try;
  readonly onGoTo: (line: number, column?: number) => void;
  readonly runGetUser: (identifier: string) => Promise<Try>;
}

/** Everything that was seen of a try: each of its attempts, then what came after the script. */
export function AttemptView({ tried, onGoTo, runGetUser }: AttemptViewProps) {
  const expected = SCENARIOS.find((one) => one.scenario === tried.scenario)?.expects ?? null;
  return (
    <Stack gap="md" className={classes.attempts ?? ''}>
      <p className={classes.took}>
        {scenarioTitle(tried.scenario)} · {tried.identifier} · {formatMs(tried.tookMs)} from key press to
        answer
        {expected !== null && <span className={classes.expected}>Should: {expected}</span>}
      </p>
      {tried.attempts.map((attempt, index) => (
        <OneAttempt
          key={index}
          attempt={attempt}
          scenario={tried.scenario}
          title={tried.attempts.length > 1 ? `Attempt ${index + 1}` : null}
          onGoTo={onGoTo}
        />
      ))}
      {tried.slot === 'login' && hasProfile(tried) && (
        <ProfileComparison tried={tried} runGetUser={runGetUser} />
      )}
      {tried.pipeline !== null && (
        <Part title="After the script">
          <PipelineView run={tried.pipeline} />
        </Part>
      )}
    </Stack>
  );
}

function hasProfile({ attempts }: Try): boolean {
  const value = attempts[0]?.value;
  return typeof value === 'object' && value !== null;
}

interface OneAttemptProps {
  readonly attempt: Attempt;
  readonly scenario: string;
  readonly title: string | null;
  readonly onGoTo: (line: number, column?: number) => void;
}

function OneAttempt({ attempt, scenario, title, onGoTo }: OneAttemptProps) {
  return (
    <section aria-label={title ?? 'Attempt'} className={classes.attempt}>
      <Ending attempt={attempt} scenario={scenario} title={title} onGoTo={onGoTo} />
      {attempt.diagnostics.length > 0 && (
        <Part title="Findings" count={attempt.diagnostics.length}>
          <DiagnosticList
            diagnostics={attempt.diagnostics}
            onGoTo={({ place }) => {
              if (place?.kind === 'script') onGoTo(place.line ?? 1, place.column);
            }}
          />
        </Part>
      )}
      <Part title="Time">
        <TimeSplit attempt={attempt} />
      </Part>
      <Part title="Console" count={attempt.console.length}>
        <ConsoleLines lines={attempt.console} />
      </Part>
      <Part title="Statements and requests" count={attempt.statements.length}>
        <StatementTable statements={attempt.statements} />
      </Part>
      <Part title="Connections" count={attempt.connections.length + attempt.refused.length}>
        <ConnectionTable attempt={attempt} onGoTo={onGoTo} />
      </Part>
    </section>
  );
}
