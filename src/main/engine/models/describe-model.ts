import { basename } from 'node:path';
import { StudioError } from '../../../shared/errors';
import { LIMITS } from '../../../shared/limits';
import { SCHEDULERS, type SchedulerId } from '../../../shared/schedulers';
import { schedulerLabel } from '../schedulers/resolve-scheduler';
import type { ModelDescription } from '../engine';
import { readFinalNorm } from './final-norm';
import { numberAt, objectAt, textAt, type JsonObject } from './json-file';
import { planMemory } from './memory-plan';
import { readModelLayout, type ModelLayout } from './model-layout';
import { requireProcessorOperators } from './processor-operators';

/** Sides beyond this many times what a model was trained at give repetition, not a picture. */
const LARGEST_OF_NATIVE = 4;

function sizesOf(layout: ModelLayout): ModelDescription['size'] {
  const { latentHeight, latentWidth } = layout.denoiser;
  const fixed = latentHeight ?? latentWidth;
  const multipleOf = layout.sizeMultiple;
  if (fixed !== null) return { min: fixed * layout.vae.factor, max: fixed * layout.vae.factor, multipleOf };
  const declared = objectAt(layout.folder.manifest, 'size');
  const up = (value: number): number => Math.ceil(value / multipleOf) * multipleOf;
  const down = (value: number): number => Math.max(multipleOf, Math.floor(value / multipleOf) * multipleOf);
  return {
    min: numberAt(declared, 'min') ?? up(LIMITS.side.min),
    max: numberAt(declared, 'max') ?? down(Math.min(LIMITS.side.max, layout.nativeSize * LARGEST_OF_NATIVE)),
    multipleOf: numberAt(declared, 'multipleOf') ?? multipleOf,
  };
}

function hiresOf(manifest: JsonObject | null): ModelDescription['hires'] {
  const hires = objectAt(manifest, 'hires');
  const upscaler = textAt(hires, 'upscaler');
  const scale = numberAt(hires, 'scale');
  return upscaler !== null && scale !== null ? { upscaler, scale } : null;
}

/** A text, or the English one of several languages. */
const englishAt = (json: JsonObject | null, key: string): string | null => textAt(json, key) ?? textAt(objectAt(json, key), 'en');

/** What a folder's manifest says of its model and of its limits; a text without languages serves them all. */
const aboutIn = (manifest: JsonObject | null, language: 'en' | 'nl'): string =>
  ['description', 'quality']
    .flatMap((key) => textAt(objectAt(manifest, key), language) ?? englishAt(manifest, key) ?? [])
    .join(' ');

function tasksOf(layout: ModelLayout): ModelDescription['tasks'] {
  if (layout.vae.encoder === null) return ['txt2img'];
  // A denoiser that wants mask and masked picture can only repaint; a full mask makes it paint everything.
  return layout.inpainting === 'concatenated' ? ['inpaint'] : ['txt2img', 'img2img', 'inpaint'];
}

/** Layers before the one that is read, as far as every CLIP encoder's export has them. */
function maxClipSkip({ family, textEncoders }: ModelLayout): number {
  const isSingle = family.textRecipe === 'single';
  const most = textEncoders.filter(({ number }) => number < 3).map(({ part, hiddenStates, penultimate }) => {
    if (isSingle && readFinalNorm(part.graph, 0) === null) return 0;
    const first = isSingle ? penultimate : penultimate - 1;
    let skip = 0;
    while (hiddenStates.has(first - skip)) skip += 1;
    return skip;
  });
  return Math.min(...most);
}

function describe(layout: ModelLayout): ModelDescription {
  const { family, folder, nativeSize } = layout;
  const { manifest } = folder;
  const defaults = objectAt(manifest, 'defaults');
  const schedulers: SchedulerId[] = SCHEDULERS.filter((scheduler) => scheduler.kind === family.schedulerKind).map((scheduler) => scheduler.id);
  return {
    name: englishAt(manifest, 'name') ?? basename(folder.path),
    description: { en: aboutIn(manifest, 'en'), nl: aboutIn(manifest, 'nl') },
    family: family.label,
    tasks: tasksOf(layout),
    nativeSize,
    size: sizesOf(layout),
    schedulers,
    ownScheduler: schedulerLabel(folder.scheduler),
    defaults: {
      numInferenceSteps: numberAt(defaults, 'numInferenceSteps') ?? numberAt(defaults, 'steps') ?? family.defaults.numInferenceSteps,
      guidanceScale: numberAt(defaults, 'guidanceScale') ?? family.defaults.guidanceScale,
      width: numberAt(defaults, 'width') ?? nativeSize,
      height: numberAt(defaults, 'height') ?? nativeSize,
    },
    usesNegativePrompt: family.usesNegativePrompt,
    maxClipSkip: maxClipSkip(layout),
    hires: hiresOf(manifest),
    licence: englishAt(manifest, 'licence') ?? englishAt(manifest, 'license') ?? '',
    diskBytes: Object.values(folder.parts).reduce((sum, part) => sum + part.graph.bytes, 0),
    estimatedMemoryBytes: planMemory(layout, nativeSize ** 2).inTurn,
    problem: null,
  };
}

/** A folder that cannot be used, with the sentence why; every other field says as little as possible. */
function unusable(path: string, problem: string): ModelDescription {
  return {
    name: basename(path),
    description: { en: '', nl: '' },
    family: '',
    tasks: [],
    nativeSize: 512,
    size: { min: LIMITS.side.min, max: LIMITS.side.max, multipleOf: LIMITS.side.multipleOf },
    schedulers: [],
    ownScheduler: '',
    defaults: { numInferenceSteps: 20, guidanceScale: 7.5, width: 512, height: 512 },
    usesNegativePrompt: true,
    maxClipSkip: 0,
    hires: null,
    licence: '',
    diskBytes: 0,
    estimatedMemoryBytes: 0,
    problem,
  };
}

/** Says what a model folder is and can do, from its files alone; never throws, a bad folder is described by its problem. */
export function describeModel(path: string): ModelDescription {
  try {
    const layout = readModelLayout(path);
    requireProcessorOperators(layout);
    return describe(layout);
  } catch (caught) {
    return unusable(path, StudioError.fromCaught(caught).message);
  }
}
