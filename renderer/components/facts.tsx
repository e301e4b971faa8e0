import { Fragment, type ReactNode } from 'react';
import classes from '#renderer/components/facts.module.css';

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

interface FactsProps {
  readonly facts: readonly Fact[];
  /** In two lists beside each other where there are many of them and room for it. */
  readonly halves?: boolean;
}

const MANY = 8;

/** Names with their values, in the order to be read. */
export function Facts({ facts, halves = false }: FactsProps) {
  if (!halves || facts.length <= MANY) return <OneList facts={facts} />;
  const middle = Math.ceil(facts.length / 2);
  return (
    <div className={classes.halves}>
      <OneList facts={facts.slice(0, middle)} />
      <OneList facts={facts.slice(middle)} />
    </div>
  );
}

function OneList({ facts }: Pick<FactsProps, 'facts'>) {
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
