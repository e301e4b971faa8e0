import { Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { Report } from '#contract/report.ts';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { CauseItem } from '#renderer/features/report/page/cause-item.tsx';
import classes from '#renderer/features/report/page/report.module.css';

/** Every user that did not get across, by the one cause that decided it: failures first, the biggest on top. */
export function Causes({ report }: { readonly report: Report }) {
  const causes = report.causes.toSorted(
    (a, b) => Number(a.status === 'skipped') - Number(b.status === 'skipped') || b.users - a.users,
  );
  const most = Math.max(1, ...causes.map((cause) => cause.users));
  return (
    <Panel
      title="What breaks, and how to mend it"
      lead="One deciding cause for each user; biggest first"
      flush
    >
      {causes.length === 0 ? (
        report.verdict === 'incomplete' ? (
          <Text size="sm" c="dimmed" p="md">
            Nobody failed so far.
          </Text>
        ) : (
          <EmptyState icon={IconCircleCheck} title="Nothing breaks">
            Every user that took part got across.
          </EmptyState>
        )
      ) : (
        <ul className={classes.causes}>
          {causes.map((cause, index) => (
            <CauseItem
              key={`${cause.phase} ${cause.status} ${cause.code}`}
              report={report}
              cause={cause}
              most={most}
              startsOpen={index === 0}
            />
          ))}
        </ul>
      )}
    </Panel>
  );
}
