import { Text, Title } from '@mantine/core';
import { cohortValue } from '#contract/cohort-words.ts';
import type { TraceStep } from '#contract/traces.ts';
import { Copyable } from '#renderer/components/copyable.tsx';
import { Facts } from '#renderer/components/facts.tsx';
import { OutcomeBadge } from '#renderer/components/outcome-badge.tsx';
import { PipelineView } from '#renderer/components/pipeline-view.tsx';
import { SeverityBadge } from '#renderer/components/severity-badge.tsx';
import { capital } from '#contract/capital.ts';
import { PHASES } from '#renderer/components/trial-words.ts';
import { AttemptView } from '#renderer/features/report/story/attempt-view.tsx';
import classes from '#renderer/features/report/story/story.module.css';
import { inApp } from '#renderer/words/in-app.ts';

/** Facts that name a cohort or a state; the engine tells them as it keeps them. */
const COHORTS: Readonly<Record<string, string>> = {
  'hash format': 'hashFormat',
  'last login': 'lastLogin',
  'e-mail domain': 'emailDomain',
  state: 'state',
};

function inWords(name: string, value: string): string {
  const by = COHORTS[name];
  return by === undefined ? value : cohortValue(by, value);
}

/** One step of the way: what was so, what was found, and everything seen of a script that ran now. */
export function StoryStep({ step, number }: { readonly step: TraceStep; readonly number: number }) {
  return (
    <li className={classes.step} data-status={step.status ?? 'none'}>
      <span className={classes.number} aria-hidden>
        {number}
      </span>
      <div className={classes.content}>
        <div className={classes.title}>
          <Title order={2}>{capital(step.title)}</Title>
          {step.phase !== null && (
            <Text size="xs" c="dimmed">
              {PHASES[step.phase]}
            </Text>
          )}
          {step.status !== null && <OutcomeBadge status={step.status} />}
        </div>
        {step.facts.length > 0 && (
          <Facts
            halves
            facts={step.facts.map(({ name, value }) => ({
              name,
              value: <Copyable text={inWords(name, value)} what={name} mono={false} wrap />,
            }))}
          />
        )}
        {step.findings.length > 0 && (
          <ul className={classes.findings}>
            {step.findings.map(({ code, severity, title, detail, fix }, index) => (
              <li key={`${code} ${index}`}>
                <SeverityBadge severity={severity} compact />
                <div>
                  <Text size="sm">
                    {capital(title)}
                    {detail !== '' && `: ${detail}`}
                  </Text>
                  <Text size="xs" c="dimmed">
                    <b>Fix:</b> {inApp(fix)}
                  </Text>
                </div>
              </li>
            ))}
          </ul>
        )}
        {step.attempt !== null && <AttemptView attempt={step.attempt} />}
        {step.pipeline !== undefined && <PipelineView run={step.pipeline} />}
      </div>
    </li>
  );
}
