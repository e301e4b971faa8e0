import { Anchor } from '@mantine/core';
import { Link, useLocation, useSearchParams } from 'wouter';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Screen } from '#renderer/components/screen.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { IconUsers } from '@tabler/icons-react';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { filterOf, searchOf, type UserFilter } from '#renderer/features/report/users/user-filter.ts';
import { UserList } from '#renderer/features/report/users/user-list.tsx';
import { recordsOf, useTrials } from '#renderer/project/use-trials.ts';

/** The users behind a number. The address holds the filter, so that it can be passed on. */
export function UsersPage({ trial }: { readonly trial: string }) {
  const [search, setSearch] = useSearchParams();
  const [, navigate] = useLocation();
  const trials = useTrials();
  const record = recordsOf(trials.data).find(({ id }) => id === trial);
  const back = (
    <Anchor component={Link} href={`/${trial}`} size="sm" underline="always">
      Back to the report
    </Anchor>
  );
  if (record === undefined) {
    return (
      <Screen title="Users" lead={back}>
        {trials.isPending && <LoadingState what="Reading the trial" onCancel={() => navigate(`/${trial}`)} />}
        {trials.isError && (
          <TroubleState trouble={toTrouble(trials.error)} onRetry={() => void trials.refetch()} />
        )}
        {trials.isSuccess && (
          <EmptyState icon={IconUsers} title="There is no such trial">
            It was deleted, or its record is damaged.
          </EmptyState>
        )}
      </Screen>
    );
  }
  const phases = record.phases.map(({ phase }) => phase);
  const filter = filterOf(search, phases);
  if (filter === null) {
    return (
      <Screen title="Users" lead={back}>
        <EmptyState icon={IconUsers} title="Nobody took part in this trial">
          It only took import files from elsewhere; their jobs are in its report.
        </EmptyState>
      </Screen>
    );
  }
  const change = (next: UserFilter): void => setSearch(searchOf(next), { replace: true });
  return <UserList record={record} filter={filter} change={change} />;
}
