import { Group, NumberInput, Radio, SegmentedControl, Text } from '@mantine/core';
import { Panel } from '#renderer/components/panel.tsx';
import { KINDS } from '#renderer/components/trial-words.ts';
import { choiceOf } from '#renderer/features/trials/setup/choices.ts';
import classes from '#renderer/features/trials/setup/setup.module.css';
import type { SetupProblem } from '#renderer/features/trials/setup/trial-request.ts';
import type { SetupState } from '#renderer/features/trials/setup/use-setup.ts';

const ORDER = ['lazy', 'bulk', 'mixed'] as const;
const ORDERS = [
  { value: 'lazy-first', label: 'Lazy, then bulk' },
  { value: 'bulk-first', label: 'Bulk, then lazy' },
] as const;

export function KindPanel({ setup, change, problems }: SetupState & { readonly problems: SetupProblem }) {
  return (
    <Panel title="What is rehearsed">
      <Radio.Group
        value={setup.kind}
        onChange={(value) => change({ kind: choiceOf(value, ORDER, setup.kind) })}
        aria-label="Kind of trial"
      >
        <div className={classes.three}>
          {ORDER.map((kind) => (
            <Radio.Card key={kind} value={kind} className={classes.card ?? ''}>
              <span className={classes.title}>
                <Radio.Indicator size="xs" />
                {KINDS[kind].title}
              </span>
              <Text size="xs" c="dimmed" span>
                {KINDS[kind].what}
              </Text>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      {setup.kind === 'mixed' && (
        <Group gap="lg" mt="md" align="flex-end">
          <div>
            <Text size="sm" fw={500} mb={4} id="trial-order">
              Order
            </Text>
            <SegmentedControl
              aria-labelledby="trial-order"
              data={[...ORDERS]}
              value={setup.order}
              onChange={(order) => change({ order })}
            />
          </div>
          <NumberInput
            label="Who logs in: seen in the last"
            suffix=" days"
            min={1}
            w={200}
            allowDecimal={false}
            value={setup.lazyDays ?? ''}
            error={problems.lazyDays}
            onChange={(value) => change({ lazyDays: typeof value === 'number' ? value : null })}
          />
        </Group>
      )}
    </Panel>
  );
}
