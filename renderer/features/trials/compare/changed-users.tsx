import { Anchor, Button, Skeleton, Table } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { Copyable } from '#renderer/components/copyable.tsx';
import { keyText, keyWord } from '#renderer/components/trial-words.ts';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import classes from '#renderer/features/trials/compare/compare.module.css';
import { useProject } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';
import { trialKey } from '#renderer/project/use-trials.ts';

export type ChangeAsked =
  | { readonly from: string | null; readonly to: string | null }
  | { readonly onlyIn: 'a' | 'b' };

const PAGE = 50;

interface ChangedUsersProps {
  readonly a: string;
  readonly b: string;
  readonly phase: 'lazy' | 'bulk';
  readonly change: ChangeAsked;
}

/** The users behind one change, page by page, each with its story in both trials. */
export function ChangedUsers({ a, b, phase, change }: ChangedUsersProps) {
  const client = useClient();
  const { folder } = useProject();
  const users = useInfiniteQuery({
    queryKey: [...trialKey(folder, a), 'changed', b, phase, change],
    queryFn: ({ pageParam, signal }) =>
      client.trials.changed(
        { project: folder, a, b, phase, change, after: pageParam, limit: PAGE },
        { signal },
      ),
    initialPageParam: -1,
    getNextPageParam: (page) => page.next,
  });
  if (users.isError)
    return <TroubleState trouble={toTrouble(users.error)} onRetry={() => void users.refetch()} />;
  if (users.data === undefined) return <Skeleton height={120} m="sm" />;
  const story = (trial: string, key: readonly (string | number)[]): string =>
    `~${projectPath(folder, 'report', trial, 'user', keyWord(key))}`;
  const has = (trial: 'a' | 'b'): boolean => !('onlyIn' in change) || change.onlyIn === trial;
  return (
    <div className={classes.changed}>
      <Table aria-label="Users of this change">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Legacy key</Table.Th>
            <Table.Th>Id in the user store</Table.Th>
            <Table.Th>Story</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {users.data.pages
            .flatMap((page) => page.users)
            .map(({ key, legacyId, position }) => (
              <Table.Tr key={position}>
                <Table.Td>
                  <Copyable text={keyText(key)} what="legacy key" />
                </Table.Td>
                <Table.Td>{legacyId === null ? '–' : <Copyable text={legacyId} what="id" />}</Table.Td>
                <Table.Td className={classes.stories}>
                  {has('a') && (
                    <Anchor component={Link} size="sm" href={story(a, key)}>
                      older
                    </Anchor>
                  )}
                  {has('b') && (
                    <Anchor component={Link} size="sm" href={story(b, key)}>
                      newer
                    </Anchor>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
      {users.hasNextPage && (
        <Button
          variant="subtle"
          m="xs"
          loading={users.isFetchingNextPage}
          onClick={() => void users.fetchNextPage()}
        >
          Show {PAGE} more
        </Button>
      )}
    </div>
  );
}
