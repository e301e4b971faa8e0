import { cohortValue } from '#contract/cohort-words.ts';
import { SegmentedControl, Select, Tabs, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLocation, useSearchParams } from 'wouter';
import type { Report } from '#contract/report.ts';
import { type Bar, BarList } from '#renderer/components/charts/bar-list.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { attributeTitle, inOrder, KINDS } from '#renderer/components/trial-words.ts';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { usersLink } from '#renderer/features/report/links.ts';
import { barsOf, isMain, MAIN } from '#renderer/features/report/page/coverage-bars.ts';
import classes from '#renderer/features/report/page/report.module.css';
import { useProject } from '#renderer/project/project-context.tsx';
import { trialKey } from '#renderer/project/use-trials.ts';
import { usePreferences } from '#renderer/stores/preferences.ts';

/** Users by state, hash format, age of their last login, e-mail domain, or whatever else the trial recorded. */
export function Coverage({ report }: { readonly report: Report }) {
  const [search, setSearch] = useSearchParams();
  const [, navigate] = useLocation();
  const phases = report.counts.map(({ phase }) => phase);
  const phase = phases.find((one) => one === search.get('phase')) ?? phases.at(-1);
  const by = search.get('by') ?? 'state';
  const recorded = useRecorded(report, by);
  const set = (name: string, value: string): void =>
    setSearch(
      (now) => {
        now.set(name, value);
        return now;
      },
      { replace: true },
    );
  if (phase === undefined) return null;
  const bars = barsOf(report, recorded.data, by, phase);
  const shown = (
    <Bars
      by={by}
      bars={bars}
      missing={recorded.isError}
      onPick={(value) => navigate(usersLink(report.trial.id, { phase, by, value }))}
    />
  );
  const further = (recorded.data?.attributes ?? []).filter(({ name }) => !isMain(name));
  return (
    <Panel
      title="Coverage"
      lead="Ok, failed and skipped users by what they have in common"
      actions={
        phases.length > 1 && (
          <SegmentedControl
            aria-label="Phase of the coverage"
            value={phase}
            data={phases.map((one) => ({ value: one, label: KINDS[one].title }))}
            onChange={(value) => set('phase', value)}
          />
        )
      }
    >
      <Tabs
        value={isMain(by) ? by : null}
        onChange={(value) => value !== null && set('by', value)}
        keepMounted={false}
      >
        <Tabs.List aria-label="Coverage by" mb="sm" className={classes.tabs ?? ''}>
          {MAIN.map((name) => (
            <Tabs.Tab key={name} value={name} size="xs">
              {SHORT[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {MAIN.map((name) => (
          <Tabs.Panel key={name} value={name}>
            {shown}
          </Tabs.Panel>
        ))}
      </Tabs>
      {!isMain(by) && shown}
      {further.length > 0 && (
        <Select
          mt="sm"
          size="xs"
          label="By another attribute"
          placeholder={`${further.length} more were recorded`}
          searchable
          clearable
          data={further.map(({ name }) => ({ value: name, label: attributeTitle(name) }))}
          value={isMain(by) ? null : by}
          onChange={(value) => set('by', value ?? 'state')}
        />
      )}
      {recorded.isError && (
        <Text size="xs" c="dimmed" mt="xs">
          {toTrouble(recorded.error).message}
        </Text>
      )}
    </Panel>
  );
}

interface BarsProps {
  readonly by: string;
  /** Null while nothing is there to draw. */
  readonly bars: readonly Bar[] | null;
  readonly missing: boolean;
  readonly onPick: (value: string) => void;
}

function Bars({ by, bars, missing, onPick }: BarsProps) {
  if (bars === null) {
    return (
      <Text size="sm" c="dimmed" mih={120}>
        {missing ? 'Nothing was recorded for this attribute.' : 'Reading…'}
      </Text>
    );
  }
  return (
    <BarList
      label={`Users by ${attributeTitle(by).toLowerCase()}`}
      bars={inOrder(by, bars).map((bar) => ({ ...bar, label: cohortValue(by, bar.id) }))}
      onPick={({ id }) => onPick(id)}
    />
  );
}

const SHORT = { state: 'State', hashFormat: 'Hash', lastLogin: 'Last login', emailDomain: 'Domain' } as const;

/** What the trial kept beside its outcomes. Older trials kept less: then only the report's own four remain. */
function useRecorded(report: Report, by: string) {
  const client = useClient();
  const { folder } = useProject();
  const personalData = usePreferences((preferences) => preferences.personalData);
  const done = report.counts.map((one) => one.done).join(' ');
  return useQuery({
    queryKey: trialKey(folder, report.trial.id, 'coverage', by, personalData, done),
    queryFn: ({ signal }) =>
      client.coverage.show({ project: folder, trial: report.trial.id, by, personalData }, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
}
