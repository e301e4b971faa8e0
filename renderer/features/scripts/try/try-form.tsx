import { PasswordInput, Select, TextInput } from '@mantine/core';
import type { InputErrors } from '#renderer/features/scripts/try/input-errors.ts';
import classes from '#renderer/features/scripts/try/try.module.css';
import type { Slot } from '#renderer/stores/tries.ts';
import type { TryInput } from '#renderer/stores/try-inputs.ts';

interface TryFormProps {
  readonly slot: Slot;
  readonly input: TryInput;
  readonly errors: InputErrors;
  readonly onChange: (change: Partial<TryInput>) => void;
}

const PIPELINES = [
  { value: 'off', label: 'Nothing' },
  { value: 'actions', label: 'Actions' },
  { value: 'actions+rules', label: 'Actions, Rules and Hooks' },
];

/** Whom to try it with. Only the fields that the slot takes. */
export function TryForm({ slot, input, errors, onChange }: TryFormProps) {
  const text = (name: 'identifier' | 'password' | 'newPassword' | 'newEmail') => ({
    value: input[name],
    error: errors[name],
    spellCheck: false,
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ [name]: event.currentTarget.value }),
  });
  const once = 'used once, never kept';
  return (
    <div className={classes.fields}>
      <TextInput
        className={classes.wide ?? ''}
        label="Identifier"
        placeholder="E-mail, username, or key:4711 for a row of the legacy store"
        {...text('identifier')}
      />
      {(slot === 'login' || slot === 'create') && (
        <PasswordInput label="Password" placeholder={once} {...text('password')} />
      )}
      {slot === 'change_password' && (
        <PasswordInput label="New password" placeholder={once} {...text('newPassword')} />
      )}
      {slot === 'change_email' && (
        <TextInput label="New e-mail" placeholder="ada@new.example" {...text('newEmail')} />
      )}
      {slot === 'login' && (
        <Select
          label="After the script"
          data={PIPELINES}
          allowDeselect={false}
          value={input.pipeline}
          onChange={(pipeline) => onChange({ pipeline: (pipeline ?? 'off') as TryInput['pipeline'] })}
        />
      )}
    </div>
  );
}
