import { z } from 'zod';

/** Pixels of a picture. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** The only place where numeric ranges of resizing live. */
export const RESIZE_LIMITS = {
  side: { min: 1, max: 65_535 },
  /** A gigapixel: 3 GB of bytes, hours of work. */
  maxPixels: 1_073_741_824,
  percent: { min: 1, max: 3200 },
  megapixels: { min: 0.01, max: 1073 },
  centimetres: { min: 0.5, max: 1000 },
  dpi: { min: 10, max: 2400 },
  quality: { min: 1, max: 100 },
  /** Share of the schedule that a creative second stage runs: more makes another picture. */
  strength: { min: 0.05, max: 0.6 },
  /** Source pixels a side of the region that a preview shows. */
  previewSide: { min: 16, max: 256 },
  folderFiles: 100_000,
} as const;

const side = z.int().min(RESIZE_LIMITS.side.min).max(RESIZE_LIMITS.side.max).nullable();
const centimetres = z.number().min(RESIZE_LIMITS.centimetres.min).max(RESIZE_LIMITS.centimetres.max).nullable();
const part = z.number().positive().max(100);

/**
 * How large the result is to be. A side of `null` follows the source's aspect; with `lock` two sides are a box that the
 * picture must fit into, without it they are the exact size.
 */
export const SizeTarget = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('pixels'), width: side, height: side, lock: z.boolean() }),
  z.strictObject({ by: z.literal('percent'), percent: z.number().min(RESIZE_LIMITS.percent.min).max(RESIZE_LIMITS.percent.max) }),
  z.strictObject({ by: z.literal('megapixels'), megapixels: z.number().min(RESIZE_LIMITS.megapixels.min).max(RESIZE_LIMITS.megapixels.max) }),
  z.strictObject({ by: z.literal('print'), widthCm: centimetres, heightCm: centimetres, dpi: z.int().min(RESIZE_LIMITS.dpi.min).max(RESIZE_LIMITS.dpi.max), lock: z.boolean() }),
  z.strictObject({ by: z.literal('longest'), pixels: z.int().min(RESIZE_LIMITS.side.min).max(RESIZE_LIMITS.side.max) }),
  /** Another shape, width : height, at the source's own scale; for cropping, padding and extending. */
  z.strictObject({ by: z.literal('aspect'), ratio: z.tuple([part, part]) }),
]);
export type SizeTarget = z.infer<typeof SizeTarget>;

/** Width : height, as a person names it. */
export const ASPECT_PRESETS = [
  [1, 1],
  [5, 4],
  [4, 3],
  [3, 2],
  [16, 10],
  [16, 9],
  [21, 9],
  [4, 5],
  [3, 4],
  [2, 3],
  [9, 16],
] as const satisfies readonly (readonly [number, number])[];

const CM_PER_INCH = 2.54;

const whole = (side: number): number => Math.max(1, Math.round(side));

/** Both sides scaled alike. */
const scaled = ({ width, height }: PixelSize, factor: number): PixelSize => ({ width: whole(width * factor), height: whole(height * factor) });

function fromSides(source: PixelSize, sides: { readonly width: number | null; readonly height: number | null }, lock: boolean): PixelSize | null {
  const { width, height } = sides;
  if (width === null && height === null) return null;
  if (width === null) return { width: whole((source.width * (height ?? 1)) / source.height), height: whole(height ?? 1) };
  if (height === null) return { width: whole(width), height: whole((source.height * width) / source.width) };
  if (!lock) return { width: whole(width), height: whole(height) };
  return scaled(source, Math.min(width / source.width, height / source.height));
}

const toPixels = (centimetres: number | null, dpi: number): number | null => (centimetres === null ? null : (centimetres / CM_PER_INCH) * dpi);

/** The largest box of a shape inside the source, or the smallest around it. */
function boxOfAspect(source: PixelSize, [across, down]: readonly [number, number], isAround: boolean): PixelSize {
  const ratio = across / down;
  const followsWidth = source.width / source.height > ratio === isAround;
  return followsWidth ? { width: source.width, height: whole(source.width / ratio) } : { width: whole(source.height * ratio), height: source.height };
}

/**
 * The size a target means for a source.
 * @param options.exact both sides count as they are, whatever `lock` says (crop, pad and extend make another shape)
 * @param options.isAround for an aspect: the box around the source rather than inside it
 * @returns null when the target names neither side
 */
export function resolveTarget(source: PixelSize, target: SizeTarget, options: { readonly exact?: boolean; readonly isAround?: boolean } = {}): PixelSize | null {
  const { exact = false, isAround = false } = options;
  switch (target.by) {
    case 'pixels':
      return fromSides(source, target, target.lock && !exact);
    case 'percent':
      return scaled(source, target.percent / 100);
    case 'megapixels':
      return scaled(source, Math.sqrt((target.megapixels * 1e6) / (source.width * source.height)));
    case 'print':
      return fromSides(source, { width: toPixels(target.widthCm, target.dpi), height: toPixels(target.heightCm, target.dpi) }, target.lock && !exact);
    case 'longest':
      return scaled(source, target.pixels / Math.max(source.width, source.height));
    case 'aspect':
      return boxOfAspect(source, target.ratio, isAround);
  }
}
