import { Button, Progress, Text } from '@mantine/core';
import { IconPlayerStop, IconPrinter, IconRoute } from '@tabler/icons-react';
import { useCommands } from '#renderer/commands/registry.ts';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatBytes, formatCount, useMoment } from '#renderer/components/format.ts';
import { Screen } from '#renderer/components/screen.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { planRequest, usePlanDraft } from '#renderer/features/plan/plan-draft.ts';
import { PlanForm } from '#renderer/features/plan/plan-form.tsx';
import { SavePlan } from '#renderer/features/plan/save-plan.tsx';
import { PlanView } from '#renderer/features/plan/plan-view.tsx';
import classes from '#renderer/features/plan/plan.module.css';
import { useProject } from '#renderer/project/project-context.tsx';
import { usePreferences } from '#renderer/stores/preferences.ts';
import { type PlanProgress, usePlanRuns } from '#renderer/stores/plan-runs.ts';

/** From findings to dates: imports, lazy coverage, resets, cutover. */
export function PlanScreen() {
  const client = useClient();
  const moment = useMoment();
  const { folder } = useProject();
  const run = usePlanRuns((store) => store.runs[folder]);
  const start = usePlanRuns((store) => store.start);
  const personalData = usePreferences((preferences) => preferences.personalData);
  const [draft] = usePlanDraft(folder);
  const busy = run !== undefined && run.stop !== null;
  const make = (): void => start(client, planRequest(folder, draft, personalData));
  const print = (): void => window.print();
  const made = run?.result ?? null;
  useCommands([
    {
      id: 'plan.make',
      title: 'Work out the plan',
      group: 'Project',
      shortcut: 'mod+enter',
      whileTyping: true,
      enabled: !busy,
      run: make,
    },
    {
      id: 'plan.print',
      title: 'Print the plan',
      group: 'Project',
      shortcut: 'mod+p',
      enabled: made !== null,
      run: print,
    },
  ]);
  return (
    <Screen
      title="Plan"
      lead={
        made === null
          ? 'Files, hours, dates, and who is left: every figure says where it comes from.'
          : `Worked out ${moment(made.generatedAt)}. Every figure says where it comes from.`
      }
      actions={
        <>
          {made !== null && <SavePlan plan={made} />}
          {made !== null && (
            <Button variant="default" leftSection={<IconPrinter size={15} aria-hidden />} onClick={print}>
              Print
            </Button>
          )}
          {busy ? (
            <Button
              variant="default"
              leftSection={<IconPlayerStop size={15} aria-hidden />}
              onClick={() => run.stop?.()}
            >
              Cancel
            </Button>
          ) : (
            <Button leftSection={<IconRoute size={15} aria-hidden />} onClick={make}>
              Work it out
            </Button>
          )}
        </>
      }
    >
      <div data-print="no">
        <PlanForm />
      </div>
      <div className={classes.busy} role="status">
        {busy && <Reading progress={run.progress} />}
      </div>
      {run?.error != null && <TroubleState trouble={toTrouble(run.error)} onRetry={make} />}
      {made !== null && run?.request != null && <PlanView plan={made} request={run.request} />}
      {!busy && made === null && run?.error == null && (
        <EmptyState
          icon={IconRoute}
          title="Nothing is worked out yet"
          actions={
            <Button variant="default" onClick={make}>
              Work it out
            </Button>
          }
        >
          The plan reads the legacy users, rests on the newest finished trial of each kind, and forecasts lazy
          coverage from last logins or an access log. Without a trial it says which one to run.
        </EmptyState>
      )}
    </Screen>
  );
}

function Reading({ progress }: { readonly progress: PlanProgress | null }) {
  if (progress === null) return <Text size="sm">Looking at trials and settings…</Text>;
  const format = progress.what === 'legacy' ? formatCount : formatBytes;
  const name = progress.what === 'legacy' ? 'Reading legacy users' : 'Reading the access log';
  const share = progress.expected === 0 ? 0 : (100 * progress.done) / progress.expected;
  return (
    <>
      <Text size="sm" mb={4}>
        {name}: {format(progress.done)} of {format(progress.expected)}
      </Text>
      <Progress value={share} size="sm" aria-label={name} />
    </>
  );
}
