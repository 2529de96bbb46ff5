/** Model families as price lists know them. */
export const PRICE_FAMILIES = ['sd1', 'sd2', 'turbo', 'lcm', 'sdxl', 'sdxl-turbo', 'sd3', 'palimpsest', 'other'] as const;
export type PriceFamily = (typeof PRICE_FAMILIES)[number];

/** Labels that models and recipes carry; a test holds them equal to the engine's descriptors. */
const LABELS: Readonly<Record<string, PriceFamily>> = {
  'Stable Diffusion 1.x': 'sd1',
  'Stable Diffusion 2.x': 'sd2',
  'Stable Diffusion Turbo': 'turbo',
  'Latent Consistency Model': 'lcm',
  'Stable Diffusion XL': 'sdxl',
  'SDXL Turbo or Lightning': 'sdxl-turbo',
  'Stable Diffusion 3': 'sd3',
  Palimpsest: 'palimpsest',
};

/** The price family of a model's family label; what we do not know is `other` and is priced all the same. */
export const familyOfLabel = (label: string): PriceFamily => LABELS[label] ?? 'other';
