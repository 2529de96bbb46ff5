import { useEffect, useRef } from 'react';
import { rgbToRgba } from './rgba';

export interface PixelCanvasProps {
  readonly width: number;
  readonly height: number;
  /** 8-bit RGB, row-major, width * height * 3 bytes. */
  readonly rgb: Uint8Array;
  readonly label?: string;
  readonly className?: string | undefined;
}

/** Draws raw pixels; the browser's smooth scaling turns a small preview into a soft large one. */
export function PixelCanvas({ width, height, rgb, label, className }: PixelCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = ref.current?.getContext('2d');
    if (context === null || context === undefined) return;
    context.putImageData(new ImageData(rgbToRgba(rgb, width, height), width, height), 0, 0);
  }, [width, height, rgb]);
  const name = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return <canvas ref={ref} width={width} height={height} className={className} {...name} />;
}
