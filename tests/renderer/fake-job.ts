import type { StudioErrorData } from '../../src/shared/errors';
import type { Txt2ImgRequest } from '../../src/shared/generation';
import { ImageId, OWN_ROOT } from '../../src/shared/ids';
import type { JobEvent, Preview, Stage } from '../../src/shared/job';
import type { ModelSummary } from '../../src/shared/model';
import { NO_MARKS, type GalleryImage } from '../../src/shared/gallery';

type Unnumbered<E> = E extends unknown ? Omit<E, 'jobId' | 'sequence'> : never;

export interface ScriptStep {
  readonly event?: Unnumbered<JobEvent>;
  readonly image?: GalleryImage;
}

export interface ScriptOptions {
  readonly request: Txt2ImgRequest;
  readonly model: ModelSummary;
  /** Number of pictures that exist already; it numbers ids and times. */
  readonly first: number;
  readonly failure: { readonly word: string; readonly error: StudioErrorData } | null;
}

/** The hour of the first picture; every further one is a minute later. */
const EPOCH = Date.UTC(2026, 10, 24, 9, 0, 0);

export const fakeImageId = (number: number): ImageId => ImageId.parse(`00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`);

export interface FakeImageOptions {
  readonly number: number;
  readonly request: Pick<Txt2ImgRequest, 'prompt' | 'negativePrompt' | 'width' | 'height' | 'numInferenceSteps' | 'guidanceScale' | 'hires'>;
  readonly model: Pick<ModelSummary, 'id' | 'name' | 'family' | 'hires' | 'ownScheduler'>;
  readonly seed: number;
  readonly warnings?: readonly string[];
}

/** A finished picture with its whole recipe. */
export function fakeImage({ number, request, model, seed, warnings = [] }: FakeImageOptions): GalleryImage {
  const id = fakeImageId(number);
  const createdAt = EPOCH + number * 60_000;
  const hires = request.hires ? model.hires : null;
  return {
    id,
    fileName: `${String(seed)} ${request.prompt.slice(0, 40)}.png`,
    width: request.width * (hires?.scale ?? 1),
    height: request.height * (hires?.scale ?? 1),
    createdAt,
    modifiedAt: createdAt,
    rootId: OWN_ROOT,
    format: 'png',
    bytes: 400_000,
    origin: 'palimpsest',
    foreign: null,
    marks: NO_MARKS,
    recipe: {
      version: 1,
      app: { name: 'Palimpsest', version: '0.1.0' },
      imageId: id,
      createdAt: new Date(createdAt).toISOString(),
      kind: 'txt2img',
      model: { id: model.id, name: model.name, family: model.family },
      prompt: request.prompt,
      negativePrompt: request.negativePrompt,
      width: request.width,
      height: request.height,
      numInferenceSteps: request.numInferenceSteps,
      guidanceScale: request.guidanceScale,
      scheduler: { className: 'DDIMScheduler', label: model.ownScheduler },
      seed,
      ...(hires === null ? {} : { hires }),
      secondsByStage: { loading: 0.42, encoding: 0.08, denoising: 6.1, decoding: 0.5, saving: 0.06 },
      peakMemoryBytes: 1_420_000_000,
      warnings: [...warnings],
    },
  };
}

const SIDE = 32;

/** A sun over a hill that comes out of coloured noise; `clarity` 0..1. */
export function fakePreview(clarity: number, seed: number): Preview {
  const rgb = new Uint8Array(SIDE * SIDE * 3);
  let state = (seed ^ 0x9e3779b9) >>> 0;
  for (let pixel = 0; pixel < SIDE * SIDE; pixel += 1) {
    const [x, y] = [(pixel % SIDE) / SIDE, Math.floor(pixel / SIDE) / SIDE];
    const isSun = (x - 0.62) ** 2 + (y - 0.34) ** 2 < 0.03;
    const isHill = y > 0.7 - 0.12 * Math.sin(x * 5);
    const picture = isSun ? [250, 196, 84] : isHill ? [54, 104, 78] : [120 + 90 * y, 160, 200 - 60 * y];
    picture.forEach((value, channel) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      rgb[pixel * 3 + channel] = value * clarity + (state >>> 24) * (1 - clarity);
    });
  }
  return { width: SIDE, height: SIDE, rgb };
}

function* pictureSteps(options: ScriptOptions, imageIndex: number): Generator<ScriptStep, boolean> {
  const { request, model, failure } = options;
  const progress = (stage: Stage, [step, total]: readonly [number, number], preview: Preview | null = null): ScriptStep => ({
    event: {
      type: 'progressed',
      progress: { stage, step, total, imageIndex, imageCount: request.count, secondsLeft: stage === 'denoising' ? (total - step) * 0.6 + 2 : null, preview },
    },
  });
  const seed = (request.seed ?? 1234 + options.first) + imageIndex;
  const total = request.numInferenceSteps;
  if (imageIndex === 0) {
    yield progress('loading', [0, 1]);
    yield progress('encoding', [0, 1]);
  }
  for (let step = 0; step <= total; step += 1) {
    if (failure !== null && request.prompt.includes(failure.word) && step > total / 2) {
      yield { event: { type: 'failed', error: failure.error } };
      return false;
    }
    yield progress('denoising', [step, total], step % 2 === 0 ? fakePreview(step / total, seed) : null);
  }
  yield progress('decoding', [0, 1]);
  if (request.hires && model.hires !== null) yield progress('upscaling', [1, 4]);
  yield progress('saving', [0, 1]);
  const image = fakeImage({ number: options.first + imageIndex, request, model, seed });
  yield { image, event: { type: 'imageFinished', imageId: image.id } };
  return true;
}

/** Every event of one job, in the order that main sends them. */
export function* jobScript(options: ScriptOptions): Generator<ScriptStep, undefined> {
  yield { event: { type: 'started' } };
  for (let index = 0; index < options.request.count; index += 1) {
    if (!(yield* pictureSteps(options, index))) return;
  }
  const isLong = options.request.prompt.length > 400;
  yield { event: { type: 'succeeded', warnings: isLong ? ['The prompt was cut at 77 tokens, the most this model reads.'] : [] } };
}
