import { z } from 'zod';

/** `builtin:<name>` for shipped networks, `user:<file or folder name>` for the user's own. */
export const UpscalerId = z
  .string()
  .max(200)
  .regex(/^(builtin|user):[^/\\\0]+$/)
  .brand<'UpscalerId'>();
export type UpscalerId = z.infer<typeof UpscalerId>;

/** How a network takes and gives pixels. */
export const UpscalerTraits = z.strictObject({
  layout: z.enum(['nchw', 'nhwc']),
  /** Largest value of a colour: 1 or 255. */
  range: z.union([z.literal(1), z.literal(255)]),
  order: z.enum(['rgb', 'bgr']),
});
export type UpscalerTraits = z.infer<typeof UpscalerTraits>;

export const UPSCALER_QUESTIONS = ['layout', 'range', 'order'] as const satisfies readonly (keyof UpscalerTraits)[];
export type UpscalerQuestion = (typeof UPSCALER_QUESTIONS)[number];

/** What planning needs to know of a network. */
export interface UpscalerFacts {
  readonly id: UpscalerId;
  readonly name: string;
  /** Times that both sides grow, 1 to 8; 1 cleans up without enlarging. */
  readonly scale: number;
  /** Source pixels a side that one tile keeps, and the surroundings that it sees beside them. */
  readonly tile: number;
  readonly context: number;
}

/** One network for the page: what it is, what is still to be asked, and how quick it was here. */
export interface UpscalerSummary extends UpscalerFacts {
  readonly builtin: boolean;
  /** What it is good for, by language; empty where nothing is told. */
  readonly description: Readonly<Record<'en' | 'nl', string>>;
  readonly traits: UpscalerTraits;
  /** What neither the file nor a probe told: asked once, answered by `upscalers.answer`. Usable before, with a guess. */
  readonly questions: readonly UpscalerQuestion[];
  readonly licence: string;
  readonly diskBytes: number;
  /** Seconds for a million source pixels on this machine; null until it has run once. */
  readonly secondsPerMegapixel: number | null;
  /** One sentence when the file cannot be used, else null. */
  readonly problem: string | null;
}
