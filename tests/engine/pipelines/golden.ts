import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../../src/main/engine/create-engine';
import type { FinishedImage, GenerateTask } from '../../../src/main/engine/engine';
import { decodeImage } from '../../../src/main/engine/image/codec';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';
import type { InferenceRuntime, Model } from '../../../src/main/engine/runtime/runtime';
import type { NoiseGenerator } from '../../../src/main/engine/tensor/noise';
import { TorchCpuGenerator } from '../../../src/main/engine/tensor/random';

export const FIXTURES = join(import.meta.dirname, '../../fixtures');
const PIPELINES = join(FIXTURES, 'golden/pipelines');

interface Stored {
  readonly file: string;
  readonly shape: readonly number[];
}

/** One run of a diffusers pipeline as the generator of the fixtures wrote it (tests/fixtures/README.md). */
export interface GoldenCase {
  readonly id: string;
  readonly pipeline: string;
  readonly prompt: string | readonly string[];
  readonly negative_prompt: string | readonly string[] | null;
  readonly prompt_2?: string;
  readonly prompt_3?: string;
  readonly negative_prompt_2?: string;
  readonly seed: number | readonly number[];
  readonly steps: number;
  readonly guidance_scale: number;
  readonly guidance_rescale?: number;
  readonly width: number;
  readonly height: number;
  readonly strength?: number;
  readonly eta?: number;
  readonly image?: string;
  readonly mask_image?: string;
  readonly padding_mask_crop?: number;
  readonly num_images_per_prompt?: number;
  readonly original_size?: readonly [number, number];
  readonly target_size?: readonly [number, number];
  readonly crops_coords_top_left?: readonly [number, number];
  readonly max_sequence_length?: number;
  readonly no_t5?: boolean;
  readonly scheduler: { readonly class: string; readonly config: Readonly<Record<string, unknown>> };
  readonly outputs: { readonly initial_latents: Stored; readonly step_latents: Stored; readonly images: readonly string[] };
}

export const goldenCases = (model: string): readonly GoldenCase[] =>
  (JSON.parse(readFileSync(join(PIPELINES, `${model}.json`), 'utf8')) as { cases: GoldenCase[] }).cases;

export const goldenPath = (name: string): string => join(PIPELINES, name);

export function floats(stored: Stored): Float32Array {
  const bytes = readFileSync(join(PIPELINES, stored.file));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

export const temporary = (): string => mkdtempSync(join(tmpdir(), 'palimpsest-golden-'));

/** The tiny model with another scheduler_config.json; the weights are linked, not copied. */
export function modelWith(model: string, scheduler: GoldenCase['scheduler'], options: { readonly withoutT5?: boolean } = {}): string {
  const folder = temporary();
  const source = join(FIXTURES, 'models', model);
  for (const name of readdirSync(source)) {
    if (name === 'scheduler' || (options.withoutT5 === true && name === 'text_encoder_3')) continue;
    if (statSync(join(source, name)).isDirectory()) symlinkSync(join(source, name), join(folder, name));
    else cpSync(join(source, name), join(folder, name));
  }
  mkdirSync(join(folder, 'scheduler'));
  writeFileSync(join(folder, 'scheduler/scheduler_config.json'), JSON.stringify({ _class_name: scheduler.class, ...scheduler.config }));
  return folder;
}

export const removeModel = (path: string): void => rmSync(path, { recursive: true, force: true });

const KINDS = [
  [/Img2Img/, 'img2img'],
  [/Inpaint/, 'inpaint'],
] as const;

export function taskFor(golden: GoldenCase, modelPath: string, picture: { readonly index: number }): GenerateTask {
  const { index } = picture;
  const pick = (text: string | readonly string[] | null): string | null => (Array.isArray(text) ? (text as readonly string[])[index] ?? null : (text as string | null));
  return {
    kind: KINDS.find(([pattern]) => pattern.test(golden.pipeline))?.[1] ?? 'txt2img',
    modelPath,
    prompt: pick(golden.prompt) ?? '',
    prompt2: golden.prompt_2 ?? null,
    prompt3: golden.prompt_3 ?? null,
    negativePrompt: pick(golden.negative_prompt),
    negativePrompt2: golden.negative_prompt_2 ?? null,
    width: golden.width,
    height: golden.height,
    numInferenceSteps: golden.steps,
    guidanceScale: golden.guidance_scale,
    guidanceRescale: golden.guidance_rescale ?? 0,
    ...(golden.eta === undefined ? {} : { eta: golden.eta }),
    scheduler: null,
    seed: typeof golden.seed === 'number' ? golden.seed : (golden.seed[index] ?? 0),
    count: 1,
    ...(golden.image === undefined ? {} : { imagePath: goldenPath(golden.image) }),
    ...(golden.mask_image === undefined ? {} : { maskPath: goldenPath(golden.mask_image) }),
    ...(golden.strength === undefined ? {} : { strength: golden.strength }),
    onlyMaskedPadding: golden.padding_mask_crop ?? null,
    ...(golden.max_sequence_length === undefined ? {} : { maxSequenceLength: golden.max_sequence_length }),
    ...(golden.original_size === undefined ? {} : { originalSize: golden.original_size }),
    ...(golden.target_size === undefined ? {} : { targetSize: golden.target_size }),
    ...(golden.crops_coords_top_left === undefined ? {} : { cropTopLeft: golden.crops_coords_top_left }),
    plain: true,
  };
}

/** One generator shared by a batch: each draw is made for all pictures at once, of which this one takes its share. */
function sharedGenerator(seed: number, index: number, batch: number): NoiseGenerator {
  const generator = new TorchCpuGenerator(seed);
  return { randn: (count) => generator.randn(count * batch).slice(index * count, (index + 1) * count) };
}

export interface GoldenRun {
  readonly traces: readonly { readonly step: number; readonly latents: Float32Array; readonly shape: readonly number[] }[];
  readonly images: readonly FinishedImage[];
}

/** Sessions by the real file behind the links of `modelWith`: the cases of one model differ in their scheduler only. */
function sharedSessions(): InferenceRuntime {
  const runtime = ortRuntime();
  const models = new Map<string, Promise<Model>>();
  return {
    choice: () => runtime.choice(),
    load: async (path, options) => {
      const key = realpathSync(path);
      const loading = models.get(key) ?? runtime.load(path, options);
      models.set(key, loading);
      return { ...(await loading), release: () => Promise.resolve() };
    },
  };
}

const SHARED = sharedSessions();

export const batchOf = (golden: GoldenCase): number => golden.outputs.initial_latents.shape[0] ?? 1;

/** Runs picture `index` of a case alone, with the noise that the batch would have given it. */
export async function runCase(golden: GoldenCase, modelPath: string, index: number): Promise<GoldenRun> {
  const batch = batchOf(golden);
  const { seed } = golden;
  const engine = createEngine({
    runtime: SHARED,
    ...(typeof seed === 'number' && batch > 1 ? { noiseFor: () => sharedGenerator(seed, index, batch) } : {}),
  });
  const traces: GoldenRun['traces'][number][] = [];
  const images: FinishedImage[] = [];
  await engine.generate(taskFor(golden, modelPath, { index }), {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onImage: (image) => {
      images.push(image);
      return Promise.resolve();
    },
    onLatents: (step, latents, shape) => traces.push({ step, latents: Float32Array.from(latents), shape }),
  });
  await engine.release();
  return { traces, images };
}

/** Largest distance of two lists; Infinity when their lengths differ or one holds no number. */
export function worstDistance(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let worst = 0;
  for (let i = 0; i < expected.length; i += 1) {
    const distance = Math.abs((actual[i] ?? NaN) - (expected[i] ?? NaN));
    if (!(distance <= worst)) worst = Number.isNaN(distance) ? Infinity : distance;
  }
  return worst;
}

/** Part of the values that lie within one level. */
export async function shareWithinOneLevel(image: FinishedImage['image'], expectedPath: string, levels = 1): Promise<number> {
  const expected = await decodeImage(expectedPath, 'RGB');
  if (expected.width !== image.width || expected.height !== image.height) return 0;
  let within = 0;
  for (let i = 0; i < expected.data.length; i += 1) if (Math.abs((expected.data[i] ?? 0) - (image.data[i] ?? 0)) <= levels) within += 1;
  return within / expected.data.length;
}
