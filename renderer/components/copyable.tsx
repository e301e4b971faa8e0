import { Group } from '@mantine/core';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import classes from '#renderer/components/copyable.module.css';

interface CopyableProps {
  readonly text: string;
  /** What it is: "trial id". */
  readonly what: string;
  readonly mono?: boolean;
  /** Long values in several lines instead of cut off. */
  readonly wrap?: boolean;
}

/** A value that can be copied; the button shows on hover and on focus. */
export function Copyable({ text, what, mono = true, wrap = false }: CopyableProps) {
  return (
    <Group gap={4} wrap="nowrap" component="span" className={classes.copyable ?? ''}>
      <span className={`${wrap ? classes.whole : classes.text} ${mono ? 'uf-mono' : ''}`} title={text}>
        {text}
      </span>
      <span className={classes.button}>
        <CopyButton label={`Copy the ${what}`} text={text} />
      </span>
    </Group>
  );
}
