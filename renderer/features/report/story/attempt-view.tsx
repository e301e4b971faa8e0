import { Text, Title } from '@mantine/core';
import type { Attempt } from '#contract/scripts.ts';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import { DiagnosticList } from '#renderer/components/diagnostic-list.tsx';
import { Facts } from '#renderer/components/facts.tsx';
import { formatMs } from '#renderer/components/format.ts';
import classes from '#renderer/features/report/story/story.module.css';

/** What was seen of one run: its answer, its time, its statements, its console. */
export function AttemptView({ attempt }: { readonly attempt: Attempt }) {
  const answer = attempt.error === null ? JSON.stringify(attempt.value, null, 2) : errorText(attempt.error);
  return (
    <div className={classes.attempt}>
      <Facts
        facts={[
          { name: 'Ending', value: attempt.ending },
          {
            name: 'Time',
            value: `${formatMs(attempt.ms.total)}: script ${formatMs(attempt.ms.script)}, database ${formatMs(attempt.ms.database)}, hashing ${formatMs(attempt.ms.hashing)}`,
          },
        ]}
      />
      <Block title={attempt.error === null ? 'Answer' : 'Error'} text={answer} />
      {attempt.statements.length > 0 && (
        <Block
          title={attempt.statements.length === 1 ? '1 statement' : `${attempt.statements.length} statements`}
          text={attempt.statements.map(statementText).join('\n\n')}
        />
      )}
      {attempt.console.length > 0 && (
        <Block
          title="Console"
          text={attempt.console
            .map(({ atMs, level, text }) => `${atMs.toFixed(1)} ms ${level}: ${text}`)
            .join('\n')}
        />
      )}
      {attempt.diagnostics.length > 0 && <DiagnosticList diagnostics={attempt.diagnostics} />}
    </div>
  );
}

function errorText({ name, message, line }: NonNullable<Attempt['error']>): string {
  return `${name}: ${message}${line === undefined ? '' : `\n(script line ${line})`}`;
}

function statementText({ text, binds, ms, rows, error }: Attempt['statements'][number]): string {
  const values = binds.length === 0 ? '' : `\n-- with ${binds.join(', ')}`;
  const result = error === undefined ? `${rows ?? '?'} rows` : `error: ${error}`;
  return `${text}${values}\n-- ${formatMs(ms)}, ${result}`;
}

function Block({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div>
      <div className={classes.blockHead}>
        <Title order={3}>{title}</Title>
        <CopyButton label={`Copy: ${title}`} text={text} />
      </div>
      <Text component="pre" className={classes.block ?? ''} tabIndex={0} aria-label={title}>
        {text}
      </Text>
    </div>
  );
}
