import { Text } from '@mantine/core';
import type { TrialRecord } from '#contract/trial-record.ts';
import { Copyable } from '#renderer/components/copyable.tsx';
import { type Fact, Facts } from '#renderer/components/facts.tsx';
import { formatCount, useMoment } from '#renderer/components/format.ts';
import { Panel } from '#renderer/components/panel.tsx';
import { DEPTHS, kindOf, whoOf } from '#renderer/components/trial-words.ts';

const PIPELINES = { off: 'nothing', actions: 'Actions', 'actions+rules': 'Actions and Rules' } as const;

/** What the trial was set up with, and what its result depends on. */
export function InputsPanel({ record }: { readonly record: TrialRecord }) {
  const moment = useMoment();
  const { options, inputs, versions } = record;
  const facts: readonly (Fact | false)[] = [
    { name: 'Trial', value: <Copyable text={record.id} what="trial id" /> },
    { name: 'Kind', value: kindOf(options) },
    options.kind !== 'bulk' && { name: 'Depth', value: DEPTHS[options.depth].title },
    options.kind !== 'bulk' && { name: 'Proves', value: DEPTHS[options.depth].proves },
    { name: 'Who', value: whoOf(options.filter) },
    options.kind === 'mixed' && {
      name: 'Logs in',
      value: `seen in the last ${formatCount(options.lazyDays)} days`,
    },
    options.kind !== 'bulk' && {
      name: 'Scripts',
      value: `${options.container} containers, ${options.timeLimitMs / 1000} s each${options.workers === undefined ? '' : `, ${options.workers} workers`}`,
    },
    (options.pipeline ?? 'off') !== 'off' && {
      name: 'After a login',
      value: PIPELINES[options.pipeline ?? 'off'],
    },
    options.kind !== 'lazy' && { name: 'Upsert', value: options.upsert ? 'yes' : 'no' },
    { name: 'Legacy', value: `${inputs.legacyVersion}, ${formatCount(inputs.legacyRows)} rows` },
    { name: 'Kept from writing', value: inputs.legacyReadOnly },
    { name: 'Started', value: moment(record.createdAt) },
    { name: 'Last change', value: moment(record.updatedAt) },
    { name: 'Versions', value: `Userferry ${versions.userferry}, scripts on Node ${versions.scriptRuntime}` },
    { name: 'Settings', value: <Copyable text={inputs.settings} what="checksum of the settings" /> },
    ...Object.entries(inputs.scripts).map(([slot, sum]) => ({
      name: slot,
      value: <Copyable text={sum} what={`checksum of ${slot}`} />,
    })),
  ];
  return (
    <Panel title="Set-up and inputs">
      <Facts facts={facts.filter((fact) => fact !== false)} />
      <Text size="xs" c="dimmed" mt="sm">
        A trial resumes only while settings and scripts are the same as when it began.
      </Text>
    </Panel>
  );
}
