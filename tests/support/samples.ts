import { randomUUID } from 'node:crypto';
import type { Txt2ImgRequest } from '../../src/shared/generation';
import { ImageId, JobId, ModelId } from '../../src/shared/ids';
import type { ModelSummary } from '../../src/shared/model';
import type { Recipe } from '../../src/shared/recipe';

export const aJobId = (): JobId => JobId.parse(randomUUID());
export const anImageId = (): ImageId => ImageId.parse(randomUUID());

export const aRequest = (change: Partial<Txt2ImgRequest> = {}): Txt2ImgRequest => ({
  kind: 'txt2img',
  modelId: ModelId.parse('user:tiny'),
  prompt: 'a red apple',
  negativePrompt: '',
  width: 64,
  height: 64,
  numInferenceSteps: 2,
  guidanceScale: 1,
  scheduler: null,
  seed: 7,
  count: 1,
  hires: false,
  ...change,
});

export const aRecipe = (change: Partial<Recipe> = {}): Recipe => ({
  version: 1,
  app: { name: 'Palimpsest', version: '0.1.0' },
  imageId: anImageId(),
  createdAt: '2026-11-24T17:30:05.000Z',
  kind: 'txt2img',
  model: { id: 'user:tiny', name: 'Tiny, a model', family: 'Stable Diffusion 1.x' },
  prompt: 'a red apple',
  negativePrompt: 'blue',
  width: 64,
  height: 64,
  numInferenceSteps: 20,
  guidanceScale: 7.5,
  scheduler: { className: 'DPMSolverMultistepScheduler', label: 'DPM++ 2M Karras' },
  seed: 42,
  secondsByStage: { denoising: 1.5 },
  peakMemoryBytes: 1000,
  warnings: [],
  ...change,
});

export const aModel = (change: Partial<ModelSummary> = {}): ModelSummary => ({
  id: ModelId.parse('user:tiny'),
  name: 'Tiny',
  description: { en: '', nl: '' },
  family: 'Stable Diffusion 1.x',
  builtin: false,
  tasks: ['txt2img'],
  nativeSize: 64,
  size: { min: 64, max: 512, multipleOf: 16 },
  schedulers: ['ddim'],
  ownScheduler: 'PNDM / PLMS',
  defaults: { numInferenceSteps: 10, guidanceScale: 7.5, width: 64, height: 64 },
  usesNegativePrompt: true,
  maxClipSkip: 0,
  hires: null,
  licence: 'MIT',
  diskBytes: 1,
  estimatedMemoryBytes: 1,
  problem: null,
  ...change,
});

/** A 1x1 PNG, for tests that need a real file but not its pixels. */
export const ONE_PIXEL_PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);
