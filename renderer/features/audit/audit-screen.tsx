import { Button, Progress, Text } from '@mantine/core';
import { IconListCheck, IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import type { AuditEvent } from '#contract/audit.ts';
import { useCommands } from '#renderer/commands/registry.ts';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatCount } from '#renderer/components/format.ts';
import { Screen } from '#renderer/components/screen.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import {
  type AuditFilter,
  auditRequest,
  filterOf,
  useAuditDraft,
} from '#renderer/features/audit/audit-draft.ts';
import { AuditForm } from '#renderer/features/audit/audit-form.tsx';
import { AuditView } from '#renderer/features/audit/audit-view.tsx';
import classes from '#renderer/features/audit/audit.module.css';
import { useProject } from '#renderer/project/project-context.tsx';
import { useAuditRuns } from '#renderer/stores/audit-runs.ts';
import { usePreferences } from '#renderer/stores/preferences.ts';

/** Who has migrated: the legacy list against a trial or the tenant's own user export. */
export function AuditScreen() {
  const client = useClient();
  const { folder } = useProject();
  const [draft] = useAuditDraft(folder);
  const personalData = usePreferences((preferences) => preferences.personalData);
  const [filter, setFilter] = useState<AuditFilter>({ states: [], domain: '' });
  const [listing, setListing] = useState(false);
  const run = useAuditRuns((store) => store.runs[folder]);
  const start = useAuditRuns((store) => store.start);
  const busy = run !== undefined && run.stop !== null;
  const request = auditRequest(folder, draft, filter, personalData);
  const go = (): void => {
    setListing(false);
    if (request !== null) start(client, { ...request, sides: 'keep' });
  };
  // What was asked for stays as it was, whatever the form says by now: only whom the list has is another matter.
  const list = (wanted: AuditFilter): void => {
    setFilter(wanted);
    const made = run?.request;
    if (made == null) return;
    setListing(true);
    start(client, { ...made, personalData, filter: filterOf(wanted), sides: 'kept' });
  };
  useCommands([
    {
      id: 'audit.run',
      title: 'Run the audit',
      group: 'Project',
      shortcut: 'mod+enter',
      whileTyping: true,
      enabled: !busy && request !== null,
      run: go,
    },
  ]);
  return (
    <Screen
      title="Audit"
      lead="Who has migrated, who has not, and who stands in the way, person by person."
      actions={
        busy ? (
          <Button
            variant="default"
            leftSection={<IconPlayerStop size={15} aria-hidden />}
            onClick={() => run.stop?.()}
          >
            Cancel
          </Button>
        ) : (
          <Button
            leftSection={<IconListCheck size={15} aria-hidden />}
            disabled={request === null}
            onClick={go}
          >
            Run the audit
          </Button>
        )
      }
    >
      <AuditForm />
      <div className={classes.busy} role="status">
        {busy && !listing && <Reading progress={run.progress} />}
      </div>
      {run?.error != null && <TroubleState trouble={toTrouble(run.error)} onRetry={go} />}
      {run?.result != null && run.request !== null && (
        <AuditView
          result={run.result}
          people={run.people}
          request={run.request}
          filter={filter}
          busy={busy}
          onFilter={list}
        />
      )}
      {!busy && run?.result == null && run?.error == null && (
        <EmptyState icon={IconListCheck} title="Nothing is reconciled yet">
          Name the user export of the tenant (NDJSON or CSV, gzip as it comes) or one of the trials. Millions
          of lines are read in one pass; nothing is sent anywhere.
        </EmptyState>
      )}
    </Screen>
  );
}

function Reading({
  progress,
}: {
  readonly progress: Extract<AuditEvent, { type: 'reading' | 'comparing' }> | null;
}) {
  if (progress === null) return <Text size="sm">Opening both sides…</Text>;
  if (progress.type === 'comparing')
    return <Bar name="Comparing" done={progress.done} expected={progress.expected} />;
  return (
    <>
      <Bar name="Legacy users" {...progress.legacy} />
      <Bar name="Tenant" {...progress.tenant} />
    </>
  );
}

interface BarProps {
  readonly name: string;
  readonly done: number;
  readonly expected: number;
}

function Bar({ name, done, expected }: BarProps) {
  return (
    <div className={classes.reading}>
      <Text size="sm">
        {name}: {formatCount(done)} of {formatCount(expected)}
      </Text>
      <Progress value={expected === 0 ? 0 : (100 * done) / expected} size="sm" aria-label={name} />
    </div>
  );
}
