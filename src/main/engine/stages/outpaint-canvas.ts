import { StudioError } from '../../../shared/errors';
import { outpaintCanvas, type OutpaintCanvas } from '../image/outpaint-fill';
import type { PixelImage } from '../image/pixel-image';
import type { Run } from '../run-context';
import { TorchCpuGenerator } from '../tensor/random';

const MAX_SIDE = 4096;

/**
 * The picture on a larger canvas whose new area is filled, and the mask of that area; the same for all pictures of a request.
 * @throws StudioError `invalid-request` when nothing grows or the canvas gets too large
 */
export function growCanvas(run: Run, image: PixelImage): OutpaintCanvas {
  const { outpaint, seed } = run.task;
  const sides = outpaint === undefined ? [] : [outpaint.left, outpaint.right, outpaint.top, outpaint.bottom];
  if (outpaint === undefined || sides.some((side) => !Number.isInteger(side) || side < 0) || sides.every((side) => side === 0)) {
    throw new StudioError('invalid-request', `Expected whole numbers of pixels to grow by, at least one above 0, but received ${sides.join(', ') || 'none'}.`);
  }
  const { left, right, top, bottom, fill } = outpaint;
  if (Math.max(image.width + left + right, image.height + top + bottom) > MAX_SIDE) {
    throw new StudioError('invalid-request', `Expected a picture of at most ${MAX_SIDE} pixels a side but it would grow to ${image.width + left + right} by ${image.height + top + bottom}.`);
  }
  return outpaintCanvas({ image, margins: { left, right, top, bottom }, fill, noise: new TorchCpuGenerator(seed) });
}
