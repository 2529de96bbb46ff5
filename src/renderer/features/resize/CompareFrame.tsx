import { useState } from 'react';
import classes from './Stage.module.css';

export interface CompareFrameProps {
  readonly before: string;
  readonly after: string;
  readonly alt: string;
  readonly dividerLabel: string;
  readonly labels: readonly [string, string];
  /** Width by height of both. */
  readonly aspect: number;
}

/** Two pictures of one scene over one another, parted by a line that one moves with mouse or arrow keys. */
export function CompareFrame({ before, after, alt, dividerLabel, labels, aspect }: CompareFrameProps) {
  const [at, setAt] = useState(50);
  return (
    <div className={classes.compare} style={{ aspectRatio: aspect }}>
      <img src={after} alt={alt} draggable={false} />
      <img src={before} alt="" draggable={false} style={{ clipPath: `inset(0 ${String(100 - at)}% 0 0)` }} />
      <span className={classes.divider} style={{ left: `${String(at)}%` }} />
      <span className={classes.left}>{labels[0]}</span>
      <span className={classes.right}>{labels[1]}</span>
      <input className={classes.range} type="range" min={0} max={100} step={0.5} value={at} aria-label={dividerLabel} onChange={({ currentTarget }) => { setAt(Number(currentTarget.value)); }} />
    </div>
  );
}
