import { StudioError } from '../../../shared/errors';
import { runDenoiser, type Conditioning, type DenoiserInput } from '../models/denoiser';
import { isHalfPrecision } from '../models/part-names';
import type { Planes } from '../models/vae';
import type { Guidance, Picture, Run } from '../run-context';
import type { Model } from '../runtime/runtime';
import { concat } from '../tensor/tensor';
import { allFinite } from './finite';
import { guidanceAt, guide } from './guidance';
import { loadPart } from './load-part';
import { PreviewClock } from './preview';
import type { Schedule } from './schedule';

/** What inpainting adds to the loop; both are absent in text- and image-to-image. */
export interface LoopVariant {
  /** Mask and masked picture behind the latents, for denoisers that take them: [C', h, w] flat. */
  readonly extraChannels?: Float32Array;
  /** Puts the known part back after the step of model call `index`. */
  readonly blend?: (latents: Float32Array, index: number) => Float32Array;
}

export interface DenoiseRequest extends LoopVariant {
  readonly picture: Picture;
  readonly schedule: Schedule;
  readonly guidance: Guidance;
  readonly initial: Planes;
}

/** Above this, two runs of one picture hold less memory than one run of two, at the same speed (ENGINE.md 8.4). */
const TWO_PASS_BYTES = 1024 ** 3;

interface Predictor {
  readonly run: Run;
  readonly model: Model;
  readonly guidance: Guidance;
}

/** The denoiser's output for one picture after guidance; a fixed batch of one takes two passes. */
async function predict({ run, model, guidance }: Predictor, input: DenoiserInput): Promise<Float32Array> {
  const layout = run.model.layout.denoiser;
  const call = async (conditionings: readonly Conditioning[]): Promise<readonly Float32Array[]> => {
    await run.checkpoint();
    return runDenoiser({ model, layout }, input, conditionings);
  };
  const { positive, negative } = guidance;
  const inTwo = layout.batch === 1 || (layout.batch === null && layout.part.graph.bytes > TWO_PASS_BYTES);
  const outputs = negative === null ? await call([positive]) : inTwo ? [...(await call([negative])), ...(await call([positive]))] : await call([negative, positive]);
  const [first, second] = outputs;
  if (first === undefined) throw new StudioError('internal', 'Expected an output of the denoiser but received none.');
  return second === undefined ? first : guide({ unconditional: first, conditional: second, scale: run.task.guidanceScale, rescale: run.task.guidanceRescale ?? 0 });
}

const withChannels = (sample: Float32Array, extra: Float32Array | undefined): Float32Array =>
  extra === undefined ? sample : concat([{ data: sample, dims: [sample.length] }, { data: extra, dims: [extra.length] }], 0).data;

/** @throws StudioError `bad-output`: numbers like these decode to black or to nothing */
function requireFinite(run: Run, latents: Float32Array): void {
  if (allFinite(latents)) return;
  const { part } = run.model.layout.denoiser;
  const remedy = isHalfPrecision(part.graph) ? 'try another scheduler, lower guidance, or a float32 export of this model' : 'try another scheduler or lower guidance, and if that fails too, download this model again';
  throw new StudioError('bad-output', `${part.name} gave numbers beyond all bounds, so there is no picture: ${remedy}.`);
}

/**
 * The one denoising loop: every kind of picture goes through it.
 * @returns the final latents
 * @throws StudioError `cancelled` before the next model call, `bad-output` when the numbers overflowed
 */
export async function denoise(run: Run, request: DenoiseRequest): Promise<Planes> {
  const { schedule, initial, guidance, picture } = request;
  const { plan, beginIndex } = schedule;
  const { part } = run.model.layout.denoiser;
  const model = await loadPart(run, part);
  run.enter('denoising');
  const shape = [1, initial.channels, initial.height, initial.width];
  const total = plan.timesteps.length - beginIndex;
  const solver = plan.begin(beginIndex);
  const noise = (): Float32Array => picture.noise.randn(initial.data.length);
  const previews = new PreviewClock(run.model.layout.preview);
  let latents = initial.data;
  run.trace(0, latents, shape);
  run.report(0, total);
  for (let index = beginIndex; index < plan.timesteps.length; index += 1) {
    const sample = withChannels(plan.scaleModelInput(latents, index), request.extraChannels);
    const input = { sample, timestep: plan.timesteps[index] ?? 0, height: initial.height, width: initial.width };
    const current = guidanceAt(guidance, { call: index - beginIndex, total, cutoff: run.task.guidanceCutoff ?? 1 });
    const modelOutput = await predict({ run, model, guidance: current }, input);
    const previous = latents;
    latents = solver.step({ modelOutput, sample: previous, index, noise });
    latents = request.blend?.(latents, index) ?? latents;
    run.trace(index - beginIndex + 1, latents, shape);
    const preview = previews.take(() => ({ ...initial, data: plan.predictOriginal(modelOutput, previous, index) }));
    run.report(index - beginIndex + 1, total, preview);
  }
  requireFinite(run, latents);
  return { ...initial, data: latents };
}
