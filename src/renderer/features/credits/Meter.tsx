import classes from './Figures.module.css';

export interface MeterProps {
  /** 0 to 1; what is beyond is shown as full. */
  readonly value: number;
  readonly tone: 'plain' | 'full';
  /** What it says in words. */
  readonly label: string;
}

/** A share as a thin line. */
export function Meter({ value, tone, label }: MeterProps) {
  const share = Math.min(1, Math.max(0, value));
  return (
    <div className={classes.meter} role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share * 100)} aria-valuetext={label} data-tone={tone}>
      <span style={{ width: `${String(share * 100)}%` }} />
    </div>
  );
}
