import { useEffect, useRef } from 'react';
import { rgbToRgba } from './rgba';

export interface PixelCanvasProps {
  readonly width: number;
  readonly height: number;
  /** 8-bit RGB, row-major, width * height * 3 bytes. */
  readonly rgb: Uint8Array;
  readonly label?: string;
  readonly className?: string | undefined;
  /** Pixels drawn per pixel given; above 1 the browser's cubic filter hides the grid of a small preview. */
  readonly scale?: number;
}

/** Draws raw pixels. */
export function PixelCanvas({ width, height, rgb, label, className, scale = 1 }: PixelCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = ref.current?.getContext('2d');
    if (context === null || context === undefined) return;
    const raw = new OffscreenCanvas(width, height);
    raw.getContext('2d')?.putImageData(new ImageData(rgbToRgba(rgb, width, height), width, height), 0, 0);
    context.imageSmoothingQuality = 'high';
    context.drawImage(raw, 0, 0, width * scale, height * scale);
  }, [width, height, rgb, scale]);
  const name = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return <canvas ref={ref} width={width * scale} height={height * scale} className={className} {...name} />;
}
