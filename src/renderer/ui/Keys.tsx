import classes from './Keys.module.css';

/** Key caps, e.g. Ctrl ↵. Decoration beside a name, because the control carries `aria-keyshortcuts`; spoken where they stand alone. */
export function Keys({ names, isSpoken = false }: { names: readonly string[]; isSpoken?: boolean }) {
  return (
    <span className={classes.keys} aria-hidden={!isSpoken}>
      {names.map((name) => (
        <kbd key={name} className={classes.key}>
          {name}
        </kbd>
      ))}
    </span>
  );
}
