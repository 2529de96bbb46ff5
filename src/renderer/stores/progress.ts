import type { Progress, Stage } from '../../shared/job';

/** Where each stage begins and ends within one picture; denoising is by far the longest, whatever the model. */
const SPAN: Readonly<Record<Stage, readonly [number, number]>> = {
  loading: [0, 0.04],
  encoding: [0.04, 0.06],
  denoising: [0.06, 0.88],
  decoding: [0.88, 0.93],
  upscaling: [0.93, 0.98],
  saving: [0.98, 1],
};

/** Finished share of the whole job, 0..1. */
export function progressFraction(progress: Progress): number {
  const [start, end] = SPAN[progress.stage];
  const within = progress.total > 0 ? Math.min(1, progress.step / progress.total) : 0;
  const { index, count } = progress.pass ?? { index: 0, count: 1 };
  const picture = (index + start + (end - start) * within) / Math.max(1, count);
  return Math.min(1, (progress.imageIndex + picture) / Math.max(1, progress.imageCount));
}
