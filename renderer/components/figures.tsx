import type { ReactNode } from 'react';
import classes from '#renderer/components/figures.module.css';

interface FiguresProps {
  /** `Figure`s. */
  readonly children: ReactNode;
}

/** The numbers that an answer begins with, side by side. */
export function Figures({ children }: FiguresProps) {
  return <dl className={classes.figures}>{children}</dl>;
}

interface FigureProps {
  readonly name: string;
  /** What belongs to it but is not it goes into a `small`. */
  readonly children: ReactNode;
}

export function Figure({ name, children }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
