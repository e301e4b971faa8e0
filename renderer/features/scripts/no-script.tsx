import { Button } from '@mantine/core';
import { IconCode } from '@tabler/icons-react';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import type { Slot } from '#renderer/stores/tries.ts';

const PARAMETERS: Readonly<Record<Slot, string>> = {
  login: 'usernameOrEmail, password, callback',
  get_user: 'identifier, callback',
  create: 'user, callback',
  verify: 'email, callback',
  change_password: 'email, newPassword, callback',
  change_email: 'email, newEmail, verified, callback',
  delete: 'id, callback',
};

interface NoScriptProps {
  readonly slot: Slot;
  /** `database.json` names a file that is not there. */
  readonly missing: boolean;
  readonly onTemplate: () => void;
  readonly onWrite: (text: string) => void;
}

/** A slot without a script. */
export function NoScript({ slot, missing, onTemplate, onWrite }: NoScriptProps) {
  const start = (): void =>
    onWrite(`function ${camel(slot)}(${PARAMETERS[slot]}) {\n  callback(new Error('not written yet'));\n}\n`);
  return (
    <EmptyState
      icon={IconCode}
      title={missing ? `The file of ${slot} is missing` : `The connection has no ${slot} script`}
      actions={
        <>
          <Button variant="default" onClick={start}>
            Write one
          </Button>
          <Button onClick={onTemplate}>Start from a template</Button>
        </>
      }
    >
      {missing && 'database.json names a file that is not there; saving makes it. '}
      {slot === 'login' || slot === 'get_user'
        ? 'Lazy migration needs login and get_user.'
        : 'It is needed only while the legacy store stays in charge of users (import off).'}
    </EmptyState>
  );
}

function camel(slot: Slot): string {
  if (slot === 'get_user') return 'getByEmail';
  if (slot === 'delete') return 'remove';
  return slot.replaceAll(/_(\w)/g, (_whole, letter: string) => letter.toUpperCase());
}
