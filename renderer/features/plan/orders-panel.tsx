import { Badge, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { PlanResult } from '#contract/plan.ts';
import { Panel } from '#renderer/components/panel.tsx';
import { SeverityBadge } from '#renderer/components/severity-badge.tsx';
import { capital } from '#contract/capital.ts';
import classes from '#renderer/features/plan/plan.module.css';
import { Estimated } from '#renderer/features/plan/sourced.tsx';
import { inApp } from '#renderer/words/in-app.ts';

const NAMES = {
  'lazy-first': 'Lazy first, then import the rest',
  'bulk-first': 'Import first, then lazy',
} as const;

/** Both orders side by side, with whom each one breaks. */
export function OrdersPanel({ plan }: { readonly plan: PlanResult }) {
  return (
    <Panel title="Order" lead={inApp(plan.reasons.join(' '))}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        {plan.orders.map((order) => (
          <section
            key={order.order}
            className={classes.order}
            data-recommended={order.recommended}
            aria-label={NAMES[order.order]}
          >
            <Group justify="space-between">
              <Text fw={600} size="sm">
                {NAMES[order.order]}
              </Text>
              {order.recommended && <Badge color="tide">recommended</Badge>}
            </Group>
            <Text size="sm" c="dimmed">
              Reset or left behind: <Estimated estimate={order.harmed} />
            </Text>
            <Stack gap="xs" mt="sm">
              {order.breaks.map((breakage) => (
                <div key={breakage.code}>
                  <Group gap={6} wrap="nowrap" align="baseline">
                    <SeverityBadge severity={breakage.severity} compact />
                    <Text size="sm" fw={540} style={{ flex: 1 }}>
                      {capital(breakage.title)}
                    </Text>
                    <Estimated estimate={breakage.users} />
                  </Group>
                  <Text size="xs" c="dimmed" pl={21}>
                    {inApp(`${breakage.why} ${breakage.fix}`)}
                  </Text>
                </div>
              ))}
              {order.breaks.length === 0 && (
                <Text size="sm" c="dimmed">
                  Breaks nobody that a trial knows of.
                </Text>
              )}
            </Stack>
          </section>
        ))}
      </SimpleGrid>
    </Panel>
  );
}
