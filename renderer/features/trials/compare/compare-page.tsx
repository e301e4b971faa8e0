import { Anchor, SegmentedControl, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconArrowsDiff } from '@tabler/icons-react';
import { Link, useLocation, useSearchParams } from 'wouter';
import type { TrialRecord } from '#contract/trial-record.ts';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Screen } from '#renderer/components/screen.tsx';
import { PHASES } from '#renderer/components/trial-words.ts';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { ChangeGroups } from '#renderer/features/trials/compare/change-groups.tsx';
import { Differences } from '#renderer/features/trials/compare/differences.tsx';
import classes from '#renderer/features/trials/compare/compare.module.css';
import { Totals } from '#renderer/features/trials/compare/totals.tsx';
import { useProject } from '#renderer/project/project-context.tsx';
import { recordsOf, trialKey, useTrials } from '#renderer/project/use-trials.ts';

interface ComparePageProps {
  /** The older one. */
  readonly a: string;
  readonly b: string;
}

/** What changed from one trial to another: what was edited, and which users it fixed or broke. */
export function ComparePage({ a, b }: ComparePageProps) {
  const trials = useTrials();
  const records = recordsOf(trials.data);
  const [one, other] = [a, b].map((id) => records.find((record) => record.id === id));
  const [, navigate] = useLocation();
  const frame = {
    title: 'Compare two trials',
    lead: (
      <>
        <span className="uf-mono">{b}</span> against the older <span className="uf-mono">{a}</span>.{' '}
        <Anchor component={Link} href={`/compare/${b}/${a}`} size="sm" underline="always">
          Swap
        </Anchor>{' '}
        ·{' '}
        <Anchor component={Link} href="/" size="sm" underline="always">
          All trials
        </Anchor>
      </>
    ),
  };
  if (trials.isPending) {
    return (
      <Screen {...frame}>
        <LoadingState what="Reading the trials" onCancel={() => navigate('/')} />
      </Screen>
    );
  }
  if (one === undefined || other === undefined) {
    return (
      <Screen {...frame}>
        <EmptyState
          icon={IconArrowsDiff}
          title="One of the two trials is not there"
          actions={
            <Anchor component={Link} href="/">
              Choose two others
            </Anchor>
          }
        >
          It was deleted, or its record is damaged.
        </EmptyState>
      </Screen>
    );
  }
  return (
    <Screen {...frame}>
      <Compared a={one} b={other} />
    </Screen>
  );
}

function Compared({ a, b }: { readonly a: TrialRecord; readonly b: TrialRecord }) {
  const client = useClient();
  const { folder } = useProject();
  const [, navigate] = useLocation();
  const [search, setSearch] = useSearchParams();
  const common = a.phases
    .map(({ phase }) => phase)
    .filter((phase) => b.phases.some((one) => one.phase === phase));
  const phase = common.find((one) => one === search.get('phase')) ?? common[0];
  const compared = useQuery({
    queryKey: [...trialKey(folder, a.id), 'compare', b.id, phase, b.updatedAt],
    queryFn: ({ signal }) =>
      client.trials.compare({ project: folder, a: a.id, b: b.id, phase: phase ?? 'lazy' }, { signal }),
    enabled: phase !== undefined,
    placeholderData: keepPreviousData,
  });
  if (phase === undefined) {
    return (
      <EmptyState icon={IconArrowsDiff} title="The two have no phase in common">
        One rehearsed only logins, the other only the import: their causes cannot be compared.
      </EmptyState>
    );
  }
  return (
    <div className={classes.page}>
      {common.length > 1 && (
        <SegmentedControl
          aria-label="Phase"
          value={phase}
          data={common.map((one) => ({ value: one, label: PHASES[one] }))}
          onChange={(value) => setSearch({ phase: value }, { replace: true })}
          style={{ alignSelf: 'flex-start' }}
        />
      )}
      <Differences a={a} b={b} />
      {compared.isPending && <LoadingState what="Comparing every user" onCancel={() => navigate('/')} />}
      {compared.isError && (
        <TroubleState trouble={toTrouble(compared.error)} onRetry={() => void compared.refetch()} />
      )}
      {compared.data !== undefined && (
        <>
          <Totals comparison={compared.data} />
          <ChangeGroups a={a.id} b={b.id} phase={phase} comparison={compared.data} />
        </>
      )}
      {(a.status !== 'finished' || b.status !== 'finished') && (
        <Text size="xs" c="dimmed">
          {[a, b]
            .filter(({ status }) => status !== 'finished')
            .map(({ id, status }) => `${id} is ${status}`)
            .join(', ')}
          : users that it has not done yet count as in the other only.
        </Text>
      )}
    </div>
  );
}
