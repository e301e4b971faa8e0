import { Button, Table } from '@mantine/core';
import { IconGitCompare } from '@tabler/icons-react';
import { useState } from 'react';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { Part } from '#renderer/features/scripts/try/part.tsx';
import {
  type FieldDifference,
  isFields,
  profileDifferences,
} from '#renderer/features/scripts/try/profile-diff.ts';
import classes from '#renderer/features/scripts/try/try.module.css';
import type { Try } from '#renderer/stores/tries.ts';

interface ProfileComparisonProps {
  readonly tried: Try;
  readonly runGetUser: (identifier: string) => Promise<Try>;
}

type Answer =
  | { readonly kind: 'differences'; readonly differences: readonly FieldDifference[] }
  | { readonly kind: 'none'; readonly why: string };

/** The profile of login beside the one of get_user: a tenant takes them for the same user. */
export function ProfileComparison({ tried, runGetUser }: ProfileComparisonProps) {
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const compare = async (): Promise<void> => {
    setBusy(true);
    setAnswer(
      await runGetUser(tried.identifier).then(
        (getUser) => compared(tried, getUser),
        (error: unknown) => ({ kind: 'none', why: toTrouble(error).message }),
      ),
    );
    setBusy(false);
  };
  return (
    <Part title="Same user in get_user">
      <Button
        variant="default"
        leftSection={<IconGitCompare size={14} aria-hidden />}
        loading={busy}
        onClick={() => void compare()}
      >
        Compare with get_user
      </Button>
      <div role="status">
        {answer?.kind === 'none' && <p className={classes.nothing}>{answer.why}</p>}
        {answer?.kind === 'differences' && answer.differences.length === 0 && (
          <p className={classes.nothing}>Both give the same profile.</p>
        )}
      </div>
      {answer?.kind === 'differences' && answer.differences.length > 0 && (
        <Table mt="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Field</Table.Th>
              <Table.Th>login</Table.Th>
              <Table.Th>get_user</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody className="uf-mono">
            {answer.differences.map(({ field, login, getUser }) => (
              <Table.Tr key={field}>
                <Table.Th scope="row">{field}</Table.Th>
                <Table.Td>{login ?? <i>not there</i>}</Table.Td>
                <Table.Td>{getUser ?? <i>not there</i>}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Part>
  );
}

function compared(login: Try, getUser: Try): Answer {
  const attempt = getUser.attempts[0];
  if (attempt === undefined || attempt.ending !== 'called-back')
    return {
      kind: 'none',
      why: `get_user did not call back a profile: ${attempt?.ending ?? 'it did not run'}.`,
    };
  if (attempt.error !== null)
    return { kind: 'none', why: `get_user called back ${attempt.error.name}: ${attempt.error.message}` };
  const [a, b] = [login.attempts[0]?.value, attempt.value];
  if (!isFields(a) || !isFields(b)) return { kind: 'none', why: 'get_user does not find this user.' };
  return { kind: 'differences', differences: profileDifferences(a, b) };
}
