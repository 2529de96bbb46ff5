/** How the text encoders' outputs become the denoiser's conditioning (ENGINE.md 2.2). */
export type TextRecipe = 'single' | 'sdxl' | 'sd3';

/** Facts of a model family as data; adding a family adds a descriptor, not an if-chain. */
export interface Family {
  readonly id: string;
  readonly label: string;
  readonly textRecipe: TextRecipe;
  /** Which schedulers suit: trained on noise levels of diffusion, or on straight paths of flow matching. */
  readonly schedulerKind: 'diffusion' | 'flow';
  /** `embedded`: the guidance scale is an input of the denoiser, so no unconditional half exists (LCM). */
  readonly guidance: 'classifier-free' | 'embedded';
  readonly latentChannels: number;
  /** vae: latents = (encoded − shift) · scale; the folder's vae config overrides both (ENGINE.md 5.6). */
  readonly vae: { readonly scale: number; readonly shift: number };
  /** Latents folded into one position inside the denoiser, where no convolution of its graph shows it. */
  readonly fold: number;
  readonly nativeSize: number;
  readonly defaults: { readonly numInferenceSteps: number; readonly guidanceScale: number };
  /** False when distillation fixed the guidance, so that a negative prompt has no effect by default. */
  readonly usesNegativePrompt: boolean;
  /** Linear map from latents to RGB in [-1, 1]; one row per latent channel, then the bias; null = the folder's own. */
  readonly preview: { readonly factors: readonly (readonly number[])[]; readonly bias: readonly number[] } | null;
}

/** Preview factors: ComfyUI comfy/latent_formats.py, as listed in ENGINE.md 5.6. */
const SD1_PREVIEW = {
  factors: [[0.3512, 0.2297, 0.3227], [0.325, 0.4974, 0.235], [-0.2829, 0.1762, 0.2721], [-0.212, -0.2616, -0.7177]],
  bias: [0, 0, 0],
} as const;

const SDXL_PREVIEW = {
  factors: [[0.3651, 0.4232, 0.4341], [-0.2533, -0.0042, 0.1068], [0.1076, 0.1111, -0.0362], [-0.3165, -0.2492, -0.2188]],
  bias: [0.1084, -0.0175, -0.0011],
} as const;

const SD3_PREVIEW = {
  factors: [
    [-0.0922, -0.0175, 0.0749], [0.0311, 0.0633, 0.0954], [0.1994, 0.0927, 0.0458], [0.0856, 0.0339, 0.0902],
    [0.0587, 0.0272, -0.0496], [-0.0006, 0.1104, 0.0309], [0.0978, 0.0306, 0.0427], [-0.0042, 0.1038, 0.1358],
    [-0.0194, 0.002, 0.0669], [-0.0488, 0.013, -0.0268], [0.0922, 0.0988, 0.0951], [-0.0278, 0.0524, -0.0542],
    [0.0332, 0.0456, 0.0895], [-0.0069, -0.003, -0.081], [-0.0596, -0.0465, -0.0293], [-0.1448, -0.1463, -0.1189],
  ],
  bias: [0.2394, 0.2135, 0.1925],
} as const;

const SD1: Family = {
  id: 'sd1',
  label: 'Stable Diffusion 1.x',
  textRecipe: 'single',
  schedulerKind: 'diffusion',
  guidance: 'classifier-free',
  latentChannels: 4,
  vae: { scale: 0.18215, shift: 0 },
  fold: 1,
  nativeSize: 512,
  defaults: { numInferenceSteps: 25, guidanceScale: 7.5 },
  usesNegativePrompt: true,
  preview: SD1_PREVIEW,
};

const SDXL: Family = {
  ...SD1,
  id: 'sdxl',
  label: 'Stable Diffusion XL',
  textRecipe: 'sdxl',
  vae: { scale: 0.13025, shift: 0 },
  nativeSize: 1024,
  defaults: { numInferenceSteps: 30, guidanceScale: 6 },
  preview: SDXL_PREVIEW,
};

const SD3: Family = {
  ...SD1,
  id: 'sd3',
  label: 'Stable Diffusion 3',
  textRecipe: 'sd3',
  schedulerKind: 'flow',
  latentChannels: 16,
  vae: { scale: 1.5305, shift: 0.0609 },
  nativeSize: 1024,
  defaults: { numInferenceSteps: 28, guidanceScale: 6 },
  preview: SD3_PREVIEW,
};

const FEW_STEPS = { defaults: { numInferenceSteps: 4, guidanceScale: 0 }, usesNegativePrompt: false } as const;

export const FAMILIES = {
  sd1: SD1,
  sd2: { ...SD1, id: 'sd2', label: 'Stable Diffusion 2.x', nativeSize: 768 },
  turbo: { ...SD1, ...FEW_STEPS, id: 'turbo', label: 'Stable Diffusion Turbo' },
  lcm: {
    ...SD1,
    id: 'lcm',
    label: 'Latent Consistency Model',
    guidance: 'embedded',
    defaults: { numInferenceSteps: 4, guidanceScale: 8 },
    usesNegativePrompt: false,
  },
  sdxl: SDXL,
  sdxlTurbo: { ...SDXL, ...FEW_STEPS, id: 'sdxl-turbo', label: 'SDXL Turbo or Lightning' },
  sd3: SD3,
  palimpsest: {
    ...SD1,
    id: 'palimpsest',
    label: 'Palimpsest',
    schedulerKind: 'flow',
    latentChannels: 8,
    vae: { scale: 1, shift: 0 },
    fold: 2,
    nativeSize: 128,
    defaults: { numInferenceSteps: 20, guidanceScale: 3 },
    preview: null,
  },
} as const satisfies Record<string, Family>;
