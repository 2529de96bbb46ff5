import { StudioError } from '../../../shared/errors';
import { gaussianBlur } from '../image/blur';
import { cropRegion } from '../image/crop-region';
import { binariseMask, isEmptyMask } from '../image/mask';
import { cropImage, type Box, type PixelImage } from '../image/pixel-image';
import { resizeToMode } from '../image/resize';
import type { Run } from '../run-context';
import { resolveSize, type PixelSize } from './prepare-latents';
import { workingSize } from './source-image';

/** A picture with a mask, cut and scaled to what the model works on. */
export interface RepaintFrame {
  readonly size: PixelSize;
  /** The whole picture and its mask, before any cutting. */
  readonly source: PixelImage;
  readonly sourceMask: PixelImage;
  /** The part that is worked on; null = the whole picture. */
  readonly crop: Box | null;
  /** Picture and mask (grey levels kept) at `size`. */
  readonly image: PixelImage;
  readonly mask: PixelImage;
}

/** In the reference a blurred mask is what the caller hands in; our own feather is made when the result is laid back. */
function blurredForReference(run: Run, mask: PixelImage): PixelImage {
  return run.task.plain === true && run.task.maskBlur !== undefined ? gaussianBlur(mask, run.task.maskBlur) : mask;
}

function findCrop(run: Run, mask: PixelImage, size: PixelSize): Box | null {
  const padding = run.task.onlyMaskedPadding ?? null;
  return padding === null ? null : cropRegion(mask, size, padding);
}

/**
 * Cuts and scales picture and mask as diffusers' inpainting does: the whole picture squeezed to the working size, or
 * the masked part with its surroundings, fitted in.
 * @throws StudioError `invalid-request` for an empty mask or a size the model cannot do
 */
export function frameRepaint(run: Run, source: PixelImage, mask: PixelImage): RepaintFrame {
  if (isEmptyMask(mask)) throw new StudioError('invalid-request', 'Expected a mask that marks something to repaint but it is empty.');
  const sourceMask = blurredForReference(run, mask);
  const isCropped = (run.task.onlyMaskedPadding ?? null) !== null;
  const size = resolveSize(run, isCropped ? null : workingSize(run, source));
  const crop = findCrop(run, sourceMask, size);
  const fit = (image: PixelImage): PixelImage => (crop === null ? resizeToMode(image, size, 'default') : resizeToMode(cropImage(image, crop), size, 'fill'));
  return { size, source, sourceMask, crop, image: fit(source), mask: fit(sourceMask) };
}

/** Black and white, as the reference's mask processor leaves it. */
export const hardMask = (frame: RepaintFrame): PixelImage => binariseMask(frame.mask);
