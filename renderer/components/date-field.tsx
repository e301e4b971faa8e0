import { ActionIcon, TextInput } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useRef } from 'react';
import classes from '#renderer/components/date-field.module.css';

interface DateFieldProps {
  readonly label: string;
  /** Said, but not shown: where a field beside it has the name of both. */
  readonly hiddenLabel?: boolean;
  readonly description?: string;
  /** `2026-11-24`, or what has been typed of it. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

/** A day as the rest of the app writes days, whatever the browser's language: typed, or taken from its calendar. */
export function DateField({ label, hiddenLabel = false, description, value, onChange }: DateFieldProps) {
  const calendar = useRef<HTMLInputElement>(null);
  const valid = value === '' || (DAY.test(value) && !Number.isNaN(Date.parse(value)));
  return (
    <div className={classes.field}>
      <TextInput
        {...(hiddenLabel ? { 'aria-label': label } : { label })}
        {...(description === undefined ? {} : { description })}
        placeholder="YYYY-MM-DD"
        inputMode="numeric"
        autoComplete="off"
        error={valid ? null : 'Write it as 2026-11-24'}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value.trim())}
        rightSection={
          <ActionIcon aria-label="Pick a day" onClick={() => calendar.current?.showPicker()}>
            <IconCalendar size={16} stroke={1.6} aria-hidden />
          </ActionIcon>
        }
      />
      <input
        ref={calendar}
        type="date"
        className={classes.calendar}
        tabIndex={-1}
        aria-hidden
        value={valid ? value : ''}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
