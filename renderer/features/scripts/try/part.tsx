import { UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from '#renderer/features/scripts/try/try.module.css';

interface PartProps {
  readonly title: string;
  /** Shown beside the title; a part with nothing in it starts folded. */
  readonly count?: number;
  readonly children: ReactNode;
}

export function Part({ title, count, children }: PartProps) {
  const [opened, { toggle }] = useDisclosure(count !== 0);
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  return (
    <div className={classes.part}>
      <UnstyledButton className={classes.partHead ?? ''} aria-expanded={opened} onClick={toggle}>
        <Chevron size={14} aria-hidden />
        <span>{title}</span>
        {count !== undefined && <span className={classes.count}>{count}</span>}
      </UnstyledButton>
      {opened && <div className={classes.partBody}>{children}</div>}
    </div>
  );
}
