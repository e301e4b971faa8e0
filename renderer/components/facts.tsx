import { Fragment, type ReactNode } from 'react';
import classes from '#renderer/components/facts.module.css';

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** Names with their values, in the order to be read. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ name, value }, index) => (
        <Fragment key={`${name} ${index}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
