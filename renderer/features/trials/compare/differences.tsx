import { Text } from '@mantine/core';
import type { TrialRecord } from '#contract/trial-record.ts';
import { Facts } from '#renderer/components/facts.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { differencesOf } from '#renderer/features/trials/compare/differences-of.ts';

/** What was edited between the two: the reason for everything below. */
export function Differences({ a, b }: { readonly a: TrialRecord; readonly b: TrialRecord }) {
  const differences = differencesOf(a, b);
  return (
    <Panel title="What is different">
      {differences.length === 0 ? (
        <Text size="sm" c="dimmed">
          Same settings, scripts, options and versions. Whatever changed below comes from the data of the
          legacy database, or from chance in a script.
        </Text>
      ) : (
        <Facts facts={differences} />
      )}
    </Panel>
  );
}
