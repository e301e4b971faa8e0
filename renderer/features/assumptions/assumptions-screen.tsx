import { SegmentedControl, Stack, TextInput } from '@mantine/core';
import { IconAdjustments, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Screen } from '#renderer/components/screen.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { AssumptionCard } from '#renderer/features/assumptions/assumption-card.tsx';
import { useAssumptionValues } from '#renderer/features/assumptions/use-assumption-values.ts';
import classes from '#renderer/features/assumptions/assumptions.module.css';

/** What the documentation leaves open, and what this project assumes instead. */
export function AssumptionsScreen() {
  const client = useClient();
  const [words, setWords] = useState('');
  const [which, setWhich] = useState('all');
  const { values, error, change } = useAssumptionValues();
  const all = useQuery({
    queryKey: ['assumptions'],
    queryFn: () => client.reference.assumptions({}),
    staleTime: Infinity,
  });
  const trouble = all.error ?? error;
  const shown = (all.data ?? []).filter((one) => {
    const text = `${one.name} ${one.question} ${one.options.map((option) => option.effect).join(' ')}`;
    const changed = (values?.[one.name] ?? one.default) !== one.default;
    return text.toLowerCase().includes(words.toLowerCase()) && (which === 'all' || changed);
  });
  return (
    <Screen
      title="Assumptions"
      lead="Where Auth0’s documentation is silent or contradicts itself, the rehearsal follows these switches. Every report prints the ones that were in force."
      toolbar={
        <div className={classes.toolbar}>
          <TextInput
            aria-label="Find an assumption"
            placeholder="Find"
            leftSection={<IconSearch size={14} aria-hidden />}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <SegmentedControl
            aria-label="Which assumptions"
            value={which}
            onChange={setWhich}
            data={[
              { value: 'all', label: 'All' },
              { value: 'changed', label: 'Changed here' },
            ]}
          />
        </div>
      }
    >
      {trouble !== null && <TroubleState trouble={toTrouble(trouble)} onRetry={() => void all.refetch()} />}
      {trouble === null && (all.data === undefined || values === null) && (
        <LoadingState what="Reading the assumptions" onCancel={() => window.history.back()} />
      )}
      {all.data !== undefined && values !== null && shown.length === 0 && (
        <EmptyState icon={IconAdjustments} title="None of them">
          {which === 'changed' ? 'This project keeps every default.' : 'No assumption has these words.'}
        </EmptyState>
      )}
      <Stack gap="sm">
        {values !== null &&
          shown.map((one) => (
            <AssumptionCard
              key={one.name}
              assumption={one}
              value={values[one.name] ?? one.default}
              onChange={(value) => change(one, value)}
            />
          ))}
      </Stack>
    </Screen>
  );
}
