import { StudioError } from '../../../shared/errors';
import type { ResizeStep } from '../../../shared/resize/plan-resize';
import type { FinishedImage } from '../engine';
import type { ResizeRun } from './upscale-run';

/** The canvas' outpainting, with its result as the step's rows; only ever the first and last step. */
export async function extendPicture(run: ResizeRun, { step, index }: { readonly step: Extract<ResizeStep, { kind: 'extend' }>; readonly index: number }): Promise<void> {
  const { extend, sourcePath } = run.task;
  if (extend === null) throw new StudioError('internal', 'Expected a model to extend by but received none.');
  const { fill, ...drawing } = extend;
  const { left, top, right, bottom, to } = step;
  const { tools, work } = run.parts;
  let drawn: FinishedImage | null = null;
  run.enter('denoising');
  const { warnings } = await tools.generate(
    { ...drawing, kind: 'outpaint', imagePath: sourcePath, width: null, height: null, count: 1, outpaint: { left, top, right, bottom, fill } },
    {
      signal: run.context.signal,
      onProgress: (progress) => run.context.onProgress(progress),
      onImage: (finished) => {
        drawn = finished;
        return Promise.resolve();
      },
    },
  );
  for (const warning of warnings) run.warnings.add(warning);
  // Assigned inside of the callback, which the compiler does not follow.
  const finished = drawn as FinishedImage | null;
  if (finished === null || finished.image.width !== to.width || finished.image.height !== to.height) {
    throw new StudioError('internal', `Expected ${to.width} by ${to.height} pixels from extending but received ${finished?.image.width ?? 0} by ${finished?.image.height ?? 0}.`);
  }
  const target = work.openPart(index, { ...to, channels: 3, depth: 8 });
  try {
    target.write({ x: 0, y: 0, ...to }, finished.image.data);
    target.flush();
  } finally {
    target.close();
  }
}
