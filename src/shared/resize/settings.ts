import { z } from 'zod';
import { ModelId } from '../ids';
import { LIMITS } from '../limits';
import { SCHEDULER_IDS } from '../schedulers';
import { RESIZE_LIMITS, SizeTarget } from './size-target';
import { UpscalerId } from './upscaler';

/** Reconstruction filters, by the field's names; `nearest` keeps hard pixels. */
export const KERNELS = ['lanczos3', 'mitchell', 'cubic', 'nearest'] as const;
export type Kernel = (typeof KERNELS)[number];

/** How colours are weighed when pixels are mixed: in linear light a shrunk star field stays as bright as it was. */
const resampling = { kernel: z.enum(KERNELS), linearLight: z.boolean() };

export const GRAVITIES = ['north-west', 'north', 'north-east', 'west', 'centre', 'east', 'south-west', 'south', 'south-east'] as const;
export type Gravity = (typeof GRAVITIES)[number];

export const PadFill = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('colour'), colour: z.string().regex(/^#[0-9a-f]{6}$/) }),
  z.strictObject({ kind: z.literal('transparent') }),
  /** The picture itself, enlarged to cover the frame and blurred. */
  z.strictObject({ kind: z.literal('blur') }),
]);
export type PadFill = z.infer<typeof PadFill>;

const sampling = {
  prompt: z.string().max(LIMITS.promptLength),
  negativePrompt: z.string().max(LIMITS.promptLength),
  numInferenceSteps: z.int().min(LIMITS.numInferenceSteps.min).max(LIMITS.numInferenceSteps.max),
  guidanceScale: z.number().min(LIMITS.guidanceScale.min).max(LIMITS.guidanceScale.max),
  scheduler: z.enum(SCHEDULER_IDS).nullable(),
  seed: z.int().min(LIMITS.seed.min).max(LIMITS.seed.max).nullable(),
};

/** The four ways to another size. */
export const ResizeWay = z.discriminatedUnion('way', [
  z.strictObject({ way: z.literal('resample'), ...resampling }),
  /** Enlarged by a network, then resampled to the very size. */
  z.strictObject({ way: z.literal('model'), upscalerId: UpscalerId, ...resampling }),
  z.strictObject({
    way: z.literal('crop'),
    /** `cover` fills the frame and cuts off, `contain` fits in and pads, `canvas` leaves the pixels their size. */
    fit: z.enum(['cover', 'contain', 'canvas']),
    gravity: z.enum(GRAVITIES),
    fill: PadFill,
    /** Who enlarges where the frame needs more pixels than there are; null = the kernel. */
    upscalerId: UpscalerId.nullable(),
    ...resampling,
  }),
  /** The outpaint of the canvas: a model continues the picture into the new area. */
  z.strictObject({
    way: z.literal('extend'),
    gravity: z.enum(GRAVITIES),
    modelId: ModelId,
    /** What stands in the new area before the model begins. */
    fill: z.enum(['edge', 'mirror', 'noise', 'solid']),
    ...sampling,
  }),
]);
export type ResizeWay = z.infer<typeof ResizeWay>;

/** A second stage that draws detail anew: image to image of low strength, tile by tile. */
export const Creative = z.strictObject({
  modelId: ModelId,
  strength: z.number().min(RESIZE_LIMITS.strength.min).max(RESIZE_LIMITS.strength.max),
  ...sampling,
});
export type Creative = z.infer<typeof Creative>;

/** What is asked for, whatever the picture; a folder has one for all its files. */
export const ResizeSettings = z.strictObject({ target: SizeTarget, way: ResizeWay, creative: Creative.nullable() });
export type ResizeSettings = z.infer<typeof ResizeSettings>;

export const OUTPUT_FORMATS = ['png', 'jpeg', 'webp', 'avif', 'tiff'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** File name extensions by format, the first one written, the others read. */
export const FORMAT_EXTENSIONS: Readonly<Record<OutputFormat, readonly [string, ...string[]]>> = {
  png: ['png'],
  jpeg: ['jpg', 'jpeg'],
  webp: ['webp'],
  avif: ['avif'],
  tiff: ['tif', 'tiff'],
};
