import type { Report } from '#contract/report.ts';
import { Copyable } from '#renderer/components/copyable.tsx';
import { Facts } from '#renderer/components/facts.tsx';
import { formatCount, formatDuration, useMoment } from '#renderer/components/format.ts';
import { Panel } from '#renderer/components/panel.tsx';
import { DEPTHS, whoOf } from '#renderer/components/trial-words.ts';

/** What somebody needs to repeat the trial and to trust it. */
export function Evidence({ report }: { readonly report: Report }) {
  const moment = useMoment();
  const { trial, counts } = report;
  const { options, inputs, versions } = trial;
  return (
    <Panel title="How it was found out" lead="What it takes to repeat this trial and get the same numbers">
      <Facts
        facts={[
          { name: 'Trial', value: <Copyable text={trial.id} what="trial id" /> },
          {
            name: 'Status',
            value: trial.fault === null ? trial.status : `${trial.status}: ${trial.fault.message}`,
          },
          { name: 'Started', value: moment(trial.createdAt) },
          { name: 'Report made', value: moment(report.generatedAt) },
          ...(options.kind === 'bulk' ? [] : [{ name: 'Depth', value: DEPTHS[options.depth].proves }]),
          { name: 'Who', value: whoOf(options.filter) },
          {
            name: 'Legacy database',
            value: `${inputs.legacyVersion}, ${formatCount(inputs.legacyRows)} rows; ${inputs.legacyReadOnly}`,
          },
          {
            name: 'Phases',
            value: counts.map(({ phase, seconds }) => `${phase} ${formatDuration(seconds)}`).join(', '),
          },
          {
            name: 'Script runs',
            value: `${options.container} containers, ${options.timeLimitMs / 1000} s each, Node ${versions.scriptRuntime}`,
          },
          { name: 'Versions', value: `Userferry ${versions.userferry}, Node ${versions.node}` },
          { name: 'Settings', value: <Copyable text={inputs.settings} what="checksum of the settings" /> },
          ...Object.entries(inputs.scripts).map(([slot, sum]) => ({
            name: slot,
            value: <Copyable text={sum} what={`checksum of ${slot}`} />,
          })),
        ]}
      />
    </Panel>
  );
}
