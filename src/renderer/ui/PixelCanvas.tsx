import { useEffect, useRef } from 'react';
import { rgbToRgba } from './rgba';

export interface PixelCanvasProps {
  readonly width: number;
  readonly height: number;
  /** 8-bit RGB, row-major, width * height * 3 bytes. */
  readonly rgb: Uint8Array;
  readonly label?: string;
  readonly className?: string | undefined;
  /** Pixels drawn per pixel given; above 1 hides the grid of a small preview. */
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
    if (scale === 1) return;
    // Half a pixel of blur dissolves the grid; drawn over the sharp copy so that the edges do not fade out.
    context.filter = `blur(${String(scale / 2)}px)`;
    context.drawImage(raw, 0, 0, width * scale, height * scale);
    context.filter = 'none';
  }, [width, height, rgb, scale]);
  const name = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return <canvas ref={ref} width={width * scale} height={height * scale} className={className} {...name} />;
}
