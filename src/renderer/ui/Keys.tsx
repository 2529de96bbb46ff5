import classes from './Keys.module.css';

/** Key caps, e.g. Ctrl ↵. Decoration: the control itself carries `aria-keyshortcuts`. */
export function Keys({ names }: { names: readonly string[] }) {
  return (
    <span className={classes.keys} aria-hidden="true">
      {names.map((name) => (
        <kbd key={name} className={classes.key}>
          {name}
        </kbd>
      ))}
    </span>
  );
}
