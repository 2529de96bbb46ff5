import type { CSSProperties, ReactNode } from 'react';
import classes from './FittedFrame.module.css';

export interface FittedFrameProps {
  readonly width: number;
  readonly height: number;
  /** `actual` shows pixel for pixel and scrolls where that does not fit. */
  readonly zoom: 'fit' | 'actual';
  readonly children: ReactNode;
}

/** As large as the space around it allows, with the shape of the picture inside. */
export function FittedFrame({ width, height, zoom, children }: FittedFrameProps) {
  const shape: CSSProperties & Record<'--w' | '--h', string> = { '--w': String(width), '--h': String(height) };
  return (
    <div className={classes.space} data-zoom={zoom}>
      <div className={classes.frame} style={shape}>
        {children}
      </div>
    </div>
  );
}
