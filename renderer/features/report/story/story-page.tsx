import { Anchor, Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Trace } from '#contract/traces.ts';
import { useCommands } from '#renderer/commands/registry.ts';
import { Copyable } from '#renderer/components/copyable.tsx';
import { DiagnosticList } from '#renderer/components/diagnostic-list.tsx';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { Screen } from '#renderer/components/screen.tsx';
import { keyText } from '#renderer/components/trial-words.ts';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { storyLink } from '#renderer/features/report/links.ts';
import { StoryStep } from '#renderer/features/report/story/story-step.tsx';
import classes from '#renderer/features/report/story/story.module.css';
import { useProject } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';
import { trialKey } from '#renderer/project/use-trials.ts';
import { usePreferences } from '#renderer/stores/preferences.ts';

interface StoryPageProps {
  readonly trial: string;
  /** As the engine takes a person: `key:…`, an e-mail address, a username, an id. */
  readonly who: string;
}

/** One person's way: legacy row, mapping, scripts or import, outcome, account, log, next login. */
export function StoryPage({ trial, who }: StoryPageProps) {
  const client = useClient();
  const { folder } = useProject();
  const [, navigate] = useLocation();
  const [runScripts, setRunScripts] = useState(false);
  const personalData = usePreferences((preferences) => preferences.personalData);
  const trace = useQuery({
    queryKey: trialKey(folder, trial, 'story', who, runScripts, personalData),
    queryFn: ({ signal }) =>
      client.traces.show({ project: folder, trial, who, runScripts, personalData }, { signal }),
    placeholderData: keepPreviousData,
  });
  const again = (): void => (runScripts ? void trace.refetch() : setRunScripts(true));
  useCommands([
    {
      id: 'report.story-run',
      title: 'Run the scripts once more for this user',
      group: 'Report',
      shortcut: 'mod+enter',
      run: again,
    },
  ]);
  const name = trace.data?.key == null ? who : keyText(trace.data.key);
  const toTry = `~${projectPath(folder, 'scripts', 'login')}?identifier=${encodeURIComponent(who)}`;
  return (
    <Screen
      title="Story of one user"
      lead={
        <>
          Of trial <span className="uf-mono">{trial}</span>.{' '}
          <Anchor component={Link} href={`/${trial}`} size="sm" underline="always">
            Back to the report
          </Anchor>{' '}
          · legacy key <Copyable text={name} what="legacy key" />
        </>
      }
      actions={
        <>
          <Button variant="default" component={Link} href={toTry}>
            Open in Try
          </Button>
          <Button loading={runScripts && trace.isFetching} onClick={again} disabled={trace.data?.key == null}>
            Run the scripts now
          </Button>
        </>
      }
    >
      {trace.isPending && <LoadingState what="Looking the user up" onCancel={() => navigate(`/${trial}`)} />}
      {trace.isError && (
        <TroubleState trouble={toTrouble(trace.error)} onRetry={() => void trace.refetch()} />
      )}
      {trace.data !== undefined && <Story trial={trial} trace={trace.data} />}
    </Screen>
  );
}

function Story({ trial, trace }: { readonly trial: string; readonly trace: Trace }) {
  return (
    <div className={classes.story}>
      {trace.diagnostics.length > 0 && <DiagnosticList diagnostics={trace.diagnostics} />}
      {trace.matches.length > 0 && (
        <Panel title="Who is meant">
          <ul className={classes.matches}>
            {trace.matches.map(({ key, who }) => (
              <li key={keyText(key)}>
                <Anchor component={Link} href={storyLink(trial, key)} size="sm">
                  {keyText(key)}
                </Anchor>{' '}
                {who}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <ol className={classes.steps}>
        {trace.steps.map((step, index) => (
          <StoryStep key={`${step.kind} ${step.phase ?? ''} ${index}`} step={step} number={index + 1} />
        ))}
      </ol>
    </div>
  );
}
