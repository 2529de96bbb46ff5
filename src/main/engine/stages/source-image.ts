import { StudioError } from '../../../shared/errors';
import { decodeImage } from '../image/codec';
import { toGrey, toRgb, type PixelImage } from '../image/pixel-image';
import type { Run } from '../run-context';
import type { PixelSize } from './prepare-latents';

/** @throws StudioError `invalid-request` when the task names no picture, `image-missing` or `image-invalid` from the codec */
export async function readSource(run: Run): Promise<PixelImage> {
  const { imagePath, kind } = run.task;
  if (imagePath === undefined) throw new StudioError('invalid-request', `Expected a picture to start from for ${kind} but received none.`);
  return toRgb(await decodeImage(imagePath, 'RGB'));
}

/**
 * The mask as grey levels, 255 = repaint.
 * @throws StudioError `invalid-request` when there is none or its size differs from the picture's
 */
export async function readMask(run: Run, source: PixelSize): Promise<PixelImage> {
  const { maskPath } = run.task;
  if (maskPath === undefined) throw new StudioError('invalid-request', 'Expected a mask of what to repaint but received none.');
  const mask = toGrey(await decodeImage(maskPath, 'L'));
  if (mask.width !== source.width || mask.height !== source.height) {
    throw new StudioError(
      'invalid-request',
      `Expected a mask of the picture's size, ${source.width} by ${source.height}, but received ${mask.width} by ${mask.height}.`,
    );
  }
  return mask;
}

/** The largest size this model can work at that fits inside the picture's; at least one grid step. */
export function workingSize(run: Run, source: PixelSize): PixelSize {
  const { sizeMultiple } = run.model.layout;
  const down = (side: number): number => Math.max(sizeMultiple, Math.floor(side / sizeMultiple) * sizeMultiple);
  return { width: down(source.width), height: down(source.height) };
}
