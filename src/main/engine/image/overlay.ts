/**
 * VaeImageProcessor.apply_overlay: the original, premultiplied by 255 - mask and unpremultiplied again, composited over
 * the generated picture in PIL's integer arithmetic (Paste.c, Convert.c, AlphaComposite.c). Where the mask is 0 the
 * original comes back byte for byte, where it is 255 the generated picture does.
 */
import { pasteImage, toGrey, type Box, type PixelImage } from './pixel-image';
import { resizeToMode } from './resize';

const PRECISION_BITS = 7;

/** PIL's rounding division by 255 (ImagingUtils.h, DIV255). */
function divide255(value: number): number {
  const rounded = value + 128;
  return ((rounded >> 8) + rounded) >> 8;
}

/** One channel: original `o` at opacity 255 - `m` over `g`. */
function composite(o: number, g: number, m: number): number {
  const alpha = 255 - m;
  const straight = Math.min(255, Math.trunc((255 * divide255(o * alpha)) / alpha));
  const blended = straight * (alpha << PRECISION_BITS) + g * (m << PRECISION_BITS) + (128 << PRECISION_BITS);
  return (((blended >> 8) + blended) >> 8) >> PRECISION_BITS;
}

interface OverlayParts {
  /** RGB, what must survive outside the mask. */
  readonly original: PixelImage;
  /** RGB, of the crop's content in any size where `crop` is given, else of the original's size. */
  readonly generated: PixelImage;
  /** Grey, of the original's size; 255 = generated. */
  readonly mask: PixelImage;
  readonly crop?: Box | null;
  /** What the generated crop is laid on; the reference uses black, the original hides a mask that leaves the crop. */
  readonly background?: 'black' | 'original';
}

function placed(parts: OverlayParts): PixelImage {
  const { original, generated, crop } = parts;
  if (crop === undefined || crop === null) return generated;
  const fitted = resizeToMode(generated, { width: crop.right - crop.left, height: crop.bottom - crop.top }, 'crop');
  const background = parts.background === 'original' ? original : { ...original, data: new Uint8Array(original.data.length) };
  return pasteImage(background, fitted, { x: crop.left, y: crop.top });
}

export function applyOverlay(parts: OverlayParts): PixelImage {
  const { original } = parts;
  const top = placed(parts);
  const mask = toGrey(parts.mask);
  const data = new Uint8Array(original.data.length);
  for (let i = 0, at = 0; i < mask.data.length; i++) {
    const m = mask.data[i] ?? 0;
    for (let channel = 0; channel < 3; channel++, at++) {
      const o = original.data[at] ?? 0;
      const g = top.data[at] ?? 0;
      data[at] = m === 0 ? o : m === 255 ? g : composite(o, g, m);
    }
  }
  return { ...original, data };
}
