import { TextInput } from '@mantine/core';
import { useState } from 'react';

interface TextSettingProps {
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly value: string;
  /** On Enter and when the field is left, where the text is another. */
  readonly onSave: (value: string) => void;
}

/** A setting of one line. Esc takes back what was typed. */
export function TextSetting({ value, onSave, ...shown }: TextSettingProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const save = (): void => {
    if (typed !== null && typed.trim() !== value) onSave(typed.trim());
    setTyped(null);
  };
  return (
    <TextInput
      {...shown}
      value={typed ?? value}
      spellCheck={false}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
        if (event.key === 'Escape') setTyped(null);
      }}
    />
  );
}
