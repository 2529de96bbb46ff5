import { matchColours } from '../image/color-match';
import { featherMask } from '../image/mask';
import { applyOverlay } from '../image/overlay';
import { cropImage, pasteImage, type PixelImage } from '../image/pixel-image';
import { resizeToMode } from '../image/resize';
import type { Run } from '../run-context';
import type { RepaintFrame } from './repaint-frame';

/** Feather in pixels per unit of mask blur: the ramp of a Gaussian of that radius, cut at two deviations. */
const FEATHER_PER_BLUR = 2;
const DEFAULT_BLUR = 4;
/** Band around the mask in which the generated picture should look like the original. */
const RING_PIXELS = 24;

/** As the reference leaves it: the decoded picture itself, or laid over the original under the bare mask. */
function layBackPlain(frame: RepaintFrame, generated: PixelImage): PixelImage {
  if (frame.crop === null) return generated;
  return applyOverlay({ original: frame.source, generated, mask: frame.sourceMask, crop: frame.crop });
}

/** The generated part at its place in the whole picture, original elsewhere. */
function placed(frame: RepaintFrame, generated: PixelImage): PixelImage {
  const { crop, source } = frame;
  if (crop === null) return resizeToMode(generated, source, 'default');
  const fitted = resizeToMode(generated, { width: crop.right - crop.left, height: crop.bottom - crop.top }, 'crop');
  return pasteImage(source, fitted, { x: crop.left, y: crop.top });
}

/**
 * Lays what was generated back into the picture. Outside the feathered mask the original pixels come back byte for
 * byte: a VAE changes every pixel it touches, so its picture is never used there.
 */
export function layBack(run: Run, frame: RepaintFrame, generated: PixelImage): PixelImage {
  if (run.task.plain === true) return layBackPlain(frame, generated);
  const { source, sourceMask, crop } = frame;
  const box = crop ?? { left: 0, top: 0, right: source.width, bottom: source.height };
  const touched: PixelImage = { ...sourceMask, data: sourceMask.data.map((value) => (value > 0 ? 255 : 0)) };
  const feathered = featherMask(touched, Math.round((run.task.maskBlur ?? DEFAULT_BLUR) * FEATHER_PER_BLUR));
  // Outside of the crop nothing was generated, so the feather ends there.
  const alpha = pasteImage({ ...feathered, data: new Uint8Array(feathered.data.length) }, cropImage(feathered, box), { x: box.left, y: box.top });
  const whole = placed(frame, generated);
  const matched = run.task.matchColours === false ? whole : matchColours({ original: source, generated: whole, mask: touched, ring: RING_PIXELS });
  return applyOverlay({ original: source, generated: matched, mask: alpha });
}
