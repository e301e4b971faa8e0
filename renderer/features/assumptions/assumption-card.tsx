import { Badge, Group, Paper, Radio, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import classes from '#renderer/features/assumptions/assumptions.module.css';

export interface Assumption {
  readonly name: string;
  readonly question: string;
  readonly options: readonly { readonly value: string; readonly effect: string }[];
  readonly default: string;
  readonly source: string;
}

interface AssumptionCardProps {
  readonly assumption: Assumption;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function AssumptionCard({ assumption, value, onChange }: AssumptionCardProps) {
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id} className={classes.card ?? ''}>
      <div className={classes.question}>
        <Text size="sm" fw={600} id={id}>
          {assumption.question}
        </Text>
        <Group gap="xs" mt={4}>
          <Text size="xs" c="dimmed" className="uf-mono">
            {assumption.name}
          </Text>
          {value !== assumption.default && <Badge color="yellow">changed here</Badge>}
        </Group>
        <Text size="xs" c="dimmed" mt={6}>
          {assumption.source}
        </Text>
      </div>
      <Radio.Group value={value} onChange={onChange} aria-labelledby={id} className={classes.options ?? ''}>
        <Stack gap={8}>
          {assumption.options.map((option) => (
            <Radio
              key={option.value}
              value={option.value}
              size="xs"
              label={
                <span className="uf-mono">
                  {option.value}
                  {option.value === assumption.default && <span className={classes.default}> default</span>}
                </span>
              }
              description={option.effect}
              styles={{ description: { fontSize: 'var(--mantine-font-size-xs)' } }}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Paper>
  );
}
