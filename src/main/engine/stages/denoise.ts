import { StudioError } from '../../../shared/errors';
import type { Planes } from '../models/vae';
import type { Guidance, Picture, Run } from '../run-context';
import { concat } from '../tensor/tensor';
import { allFinite } from './finite';
import { guidanceAt } from './guidance';
import { Predictor } from './predictor';
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

const withChannels = (sample: Float32Array, extra: Float32Array | undefined): Float32Array =>
  extra === undefined ? sample : concat([{ data: sample, dims: [sample.length] }, { data: extra, dims: [extra.length] }], 0).data;

/** @throws StudioError `bad-output`: numbers like these decode to black or to nothing */
function requireFinite(run: Run, latents: Float32Array): void {
  if (allFinite(latents)) return;
  throw new StudioError('bad-output', `The latents left all bounds with the scheduler ${run.scheduler.label}, so there is no picture: try another scheduler or lower guidance.`);
}

/**
 * The one denoising loop: every kind of picture goes through it.
 * @returns the final latents
 * @throws StudioError `cancelled` before the next model call, `bad-output` when the numbers overflowed in float32 too
 */
export async function denoise(run: Run, request: DenoiseRequest): Promise<Planes> {
  const { schedule, initial, guidance, picture } = request;
  const { plan, beginIndex } = schedule;
  const predictor = new Predictor(run);
  await predictor.load();
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
    const modelOutput = await predictor.predict(input, current);
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
