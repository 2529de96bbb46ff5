import classes from './ProgressLine.module.css';

export interface ProgressLineProps {
  /** 0..1; null = under way, but nobody knows how far. */
  readonly value: number | null;
  readonly label: string;
  readonly className?: string | undefined;
}

export function ProgressLine({ value, label, className }: ProgressLineProps) {
  return <progress className={`${classes.line ?? ''} ${className ?? ''}`} max={1} value={value ?? undefined} aria-label={label} />;
}
