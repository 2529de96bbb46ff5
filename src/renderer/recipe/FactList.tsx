import classes from './RecipeFacts.module.css';

export interface Fact {
  readonly name: string;
  readonly value: string;
  /** Stands below its name instead of beside it. */
  readonly isLong?: boolean;
}

/** Names and values, one to a line. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ name, value, isLong = false }, at) => (
        <div key={`${String(at)} ${name}`} data-long={isLong}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
