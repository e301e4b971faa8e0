import { Button, Group, PasswordInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { usePicker } from '#renderer/files/use-picker.tsx';
import { type ConnectionDraft, type DraftErrors, FILE_ENGINES } from '#renderer/setup/connection-draft.ts';

interface ConnectionFormProps {
  readonly draft: ConnectionDraft;
  readonly errors: DraftErrors;
  readonly onChange: (draft: ConnectionDraft) => void;
  readonly password: string;
  readonly onPassword: (password: string) => void;
  /** What stands in the empty password field: "kept in the project’s secrets file". */
  readonly passwordHint?: string;
}

const TLS = [
  { value: 'off', label: 'Off' },
  { value: 'on', label: 'On, any certificate' },
  { value: 'verify', label: 'On, certificate verified' },
];

/** Where the legacy database is and who signs in. The password stays in this form until it is used. */
export function ConnectionForm(props: ConnectionFormProps) {
  return FILE_ENGINES.includes(props.draft.engine) ? <FileFields {...props} /> : <ServerFields {...props} />;
}

function ServerFields(props: ConnectionFormProps) {
  const { draft, errors, onChange, password, onPassword, passwordHint } = props;
  const field = (name: 'host' | 'port' | 'database' | 'schema' | 'user' | 'ca') => ({
    value: draft[name],
    error: errors[name],
    spellCheck: false,
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...draft, [name]: event.currentTarget.value }),
  });
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-start" wrap="nowrap">
        <TextInput label="Host" placeholder="db.internal.example" style={{ flex: 1 }} {...field('host')} />
        <TextInput label="Port" w={96} inputMode="numeric" {...field('port')} />
      </Group>
      <SimpleGrid cols={2} spacing="sm">
        <TextInput
          label={draft.engine === 'oracle' ? 'Service name' : 'Database'}
          placeholder={draft.engine === 'oracle' ? 'ORCLPDB1' : 'shop'}
          {...field('database')}
        />
        {['postgresql', 'sqlserver'].includes(draft.engine) && (
          <TextInput
            label="Schema"
            placeholder={draft.engine === 'sqlserver' ? 'dbo' : 'public'}
            {...field('schema')}
          />
        )}
        <TextInput label="User" placeholder="migration_reader" {...field('user')} />
        <PasswordInput
          label="Password"
          value={password}
          placeholder={passwordHint ?? ''}
          autoComplete="new-password"
          onChange={(event) => onPassword(event.currentTarget.value)}
        />
        <Select
          label="TLS"
          data={TLS}
          value={draft.tls}
          allowDeselect={false}
          onChange={(tls) => onChange({ ...draft, tls: (tls ?? 'off') as ConnectionDraft['tls'] })}
        />
        {draft.tls === 'verify' && (
          <TextInput label="Authority (PEM file)" placeholder="the system’s own" {...field('ca')} />
        )}
      </SimpleGrid>
    </Stack>
  );
}

function FileFields({ draft, errors, onChange }: ConnectionFormProps) {
  const picker = usePicker({
    title: 'Choose the file with the legacy users',
    pick: 'file',
    action: 'Use this file',
    onPick: (file) => onChange({ ...draft, file }),
  });
  return (
    <Group gap="sm" align="flex-start" wrap="nowrap">
      <TextInput
        label="File"
        placeholder="/data/legacy/users.db"
        style={{ flex: 1 }}
        value={draft.file}
        error={errors['file']}
        spellCheck={false}
        onChange={(event) => onChange({ ...draft, file: event.currentTarget.value })}
      />
      {draft.engine === 'csv' && (
        <TextInput
          label="Delimiter"
          w={90}
          maxLength={1}
          value={draft.delimiter}
          error={errors['delimiter']}
          onChange={(event) => onChange({ ...draft, delimiter: event.currentTarget.value })}
        />
      )}
      <Button
        variant="default"
        h={36}
        mt={23}
        leftSection={<IconFolderOpen size={14} aria-hidden />}
        onClick={picker.open}
      >
        Choose
      </Button>
      {picker.dialog}
    </Group>
  );
}
