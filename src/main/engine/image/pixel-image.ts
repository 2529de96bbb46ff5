/** 8-bit pixels, row-major, channels interleaved: 1 = grey (PIL "L"), 3 = RGB, 4 = RGB and straight alpha. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  /** [height * width * channels] */
  readonly data: Uint8Array;
}

/** A picture of one colour; `colour` has one value 0..255 per channel. */
export function filledImage(size: { readonly width: number; readonly height: number }, colour: readonly number[]): PixelImage {
  const channels = colour.length === 1 ? 1 : colour.length === 4 ? 4 : 3;
  const data = new Uint8Array(size.width * size.height * channels);
  for (let i = 0; i < data.length; i++) data[i] = colour[i % channels] ?? 0;
  return { width: size.width, height: size.height, channels, data };
}

/**
 * PIL's `Image.convert("L")`: ITU-R 601-2 luma as (19595 R + 38470 G + 7471 B + 32768) >> 16 (Pillow, Convert.c, `L24`);
 * alpha is dropped.
 */
export function toGrey(image: PixelImage): PixelImage {
  if (image.channels === 1) return image;
  const { width, height, channels, data } = image;
  const grey = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < grey.length; i++, at += channels) {
    grey[i] = ((data[at] ?? 0) * 19595 + (data[at + 1] ?? 0) * 38470 + (data[at + 2] ?? 0) * 7471 + 0x8000) >> 16;
  }
  return { width, height, channels: 1, data: grey };
}

/** PIL's `Image.convert("RGB")`: grey is repeated, alpha is dropped without blending. */
export function toRgb(image: PixelImage): PixelImage {
  if (image.channels === 3) return image;
  const { width, height, channels, data } = image;
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0, at = 0; i < rgb.length; i += 3, at += channels) {
    rgb[i] = data[at] ?? 0;
    rgb[i + 1] = data[channels === 1 ? at : at + 1] ?? 0;
    rgb[i + 2] = data[channels === 1 ? at : at + 2] ?? 0;
  }
  return { width, height, channels: 3, data: rgb };
}

export interface Box {
  readonly left: number;
  readonly top: number;
  /** Exclusive. */
  readonly right: number;
  readonly bottom: number;
}

/** PIL's `Image.crop`: what lies outside the picture is 0. */
export function cropImage(image: PixelImage, box: Box): PixelImage {
  const width = Math.max(0, box.right - box.left);
  const height = Math.max(0, box.bottom - box.top);
  const { channels } = image;
  const data = new Uint8Array(width * height * channels);
  const from = Math.max(0, box.left);
  const to = Math.min(image.width, box.right);
  for (let y = Math.max(0, box.top); y < Math.min(image.height, box.bottom) && to > from; y++) {
    const source = image.data.subarray((y * image.width + from) * channels, (y * image.width + to) * channels);
    data.set(source, ((y - box.top) * width + from - box.left) * channels);
  }
  return { width, height, channels, data };
}

/** Puts `top` over a copy of `base` at (x, y), as PIL's `paste` without a mask; both have the same channels. */
export function pasteImage(base: PixelImage, top: PixelImage, at: { readonly x: number; readonly y: number }): PixelImage {
  const data = Uint8Array.from(base.data);
  const { channels } = base;
  const from = Math.max(0, -at.x);
  const to = Math.min(top.width, base.width - at.x);
  for (let y = Math.max(0, -at.y); y < Math.min(top.height, base.height - at.y) && to > from; y++) {
    const source = top.data.subarray((y * top.width + from) * channels, (y * top.width + to) * channels);
    data.set(source, ((y + at.y) * base.width + at.x + from) * channels);
  }
  return { width: base.width, height: base.height, channels, data };
}
