import { ModelId } from '../../src/shared/ids';
import type { ModelSummary } from '../../src/shared/model';

export const BUILTIN: ModelSummary = {
  id: ModelId.parse('builtin:palimpsest-drawings'),
  name: 'Palimpsest Drawings',
  description: { en: 'A small model trained for this studio on simple drawings of single things: fruit, animals, vehicles, houses, symbols. It draws at 128 × 128 and knows no photographs, no text and no scenes of many things.', nl: '' },
  family: 'Palimpsest flow transformer',
  builtin: true,
  tasks: ['txt2img', 'img2img', 'inpaint'],
  nativeSize: 128,
  size: { min: 128, max: 128, multipleOf: 8 },
  schedulers: ['flow-euler'],
  ownScheduler: 'Flow Euler',
  defaults: { numInferenceSteps: 24, guidanceScale: 4, width: 128, height: 128 },
  usesNegativePrompt: true,
  maxClipSkip: 0,
  hires: { upscaler: 'the built-in enlarger', scale: 4 },
  licence: 'Apache-2.0',
  diskBytes: 96_000_000,
  estimatedMemoryBytes: 420_000_000,
  problem: null,
};

export const SD15: ModelSummary = {
  id: ModelId.parse('user:dreamshaper-8'),
  name: 'dreamshaper-8',
  description: { en: '', nl: '' },
  family: 'Stable Diffusion 1.x',
  builtin: false,
  tasks: ['txt2img', 'img2img'],
  nativeSize: 512,
  size: { min: 256, max: 1024, multipleOf: 8 },
  schedulers: ['ddim', 'euler', 'euler-a', 'dpmpp-2m', 'dpmpp-2m-karras', 'unipc'],
  ownScheduler: 'PNDM / PLMS',
  defaults: { numInferenceSteps: 30, guidanceScale: 7.5, width: 512, height: 512 },
  usesNegativePrompt: true,
  maxClipSkip: 11,
  hires: null,
  licence: 'CreativeML Open RAIL-M',
  diskBytes: 4_270_000_000,
  estimatedMemoryBytes: 5_900_000_000,
  problem: null,
};

export const BROKEN: ModelSummary = {
  ...SD15,
  id: ModelId.parse('user:half-a-model'),
  name: 'half-a-model',
  problem: 'The file unet/model.onnx ends too early (1.2 GB of 3.4 GB); copy the model folder again.',
};
