import { Anchor, Skeleton, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { CoverageUse } from '#contract/coverage.ts';
import type { Report } from '#contract/report.ts';
import { formatCount } from '#renderer/components/format.ts';
import { Panel } from '#renderer/components/panel.tsx';
import { PHASES } from '#renderer/components/trial-words.ts';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { usersLink } from '#renderer/features/report/links.ts';
import classes from '#renderer/features/report/page/report.module.css';
import { useProject } from '#renderer/project/project-context.tsx';
import { trialKey } from '#renderer/project/use-trials.ts';

const SCENARIOS: Readonly<Record<CoverageUse['scenario'], string>> = {
  'existing-user': 'user exists',
  'right-password': 'right password',
  'wrong-password': 'wrong password',
  record: 'record of the import',
};

const OUTCOMES: Readonly<Record<string, string>> = {
  profile: 'gave a profile',
  'no-profile': 'found nobody',
  refused: 'refused',
  error: 'gave an error',
  'not-run': 'did not run',
  'timed-out': 'ran out of time',
  threw: 'threw',
  rejected: 'rejected its promise',
  'never-called-back': 'never called back',
  blocked: 'blocked its thread',
  'out-of-memory': 'ran out of memory',
  crashed: 'crashed',
  'does-not-compile': 'does not compile',
  'too-large': 'is too large',
  inserted: 'inserted',
  updated: 'updated',
  'kept-out': 'kept out before the file',
};

/** How each script, or the import, ended in each scenario. */
export function ScriptUses({ report }: { readonly report: Report }) {
  const client = useClient();
  const { folder } = useProject();
  const trial = report.trial.id;
  const done = report.counts.map((one) => one.done).join(' ');
  const shown = useQuery({
    queryKey: trialKey(folder, trial, 'uses', done),
    queryFn: ({ signal }) => client.coverage.show({ project: folder, trial, limit: 1 }, { signal }),
    retry: false,
  });
  if (shown.isError) return null;
  const rows = (shown.data?.phases ?? []).flatMap(({ phase, scripts }) =>
    scripts.flatMap(({ script, scenario, outcomes }) =>
      outcomes.map(({ outcome, users }, index) => ({
        phase,
        script,
        scenario,
        outcome,
        users,
        first: index === 0,
      })),
    ),
  );
  if (shown.isSuccess && rows.length === 0) return null;
  return (
    <Panel title="What the scripts did" lead="Every user once in each scenario" flush>
      {shown.isPending ? (
        <Skeleton height={140} m="md" />
      ) : (
        <Table className={classes.uses ?? ''} aria-label="Endings of scripts by scenario">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Script</Table.Th>
              <Table.Th>Scenario</Table.Th>
              <Table.Th>Ending</Table.Th>
              <Table.Th ta="right">Users</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ phase, script, scenario, outcome, users, first }) => (
              <Table.Tr key={`${phase} ${script} ${scenario} ${outcome}`} data-first={first}>
                <Table.Td className="uf-mono">
                  {first && script}
                  {first && report.counts.length > 1 && (
                    <div className={classes.who}>{PHASES[phase].toLowerCase()}</div>
                  )}
                </Table.Td>
                <Table.Td>{first && SCENARIOS[scenario]}</Table.Td>
                <Table.Td>{OUTCOMES[outcome] ?? outcome}</Table.Td>
                <Table.Td ta="right" className="uf-number">
                  <Anchor
                    component={Link}
                    size="sm"
                    href={usersLink(trial, { phase, script, scenario, outcome })}
                    aria-label={`Show the ${formatCount(users)} users for whom ${script} ${OUTCOMES[outcome] ?? outcome}`}
                  >
                    {formatCount(users)}
                  </Anchor>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
}
