/**
 * 8-bit luma and colour difference U as OpenCV computes them for BGR2YUV (modules/imgproc/src/color_yuv.simd.hpp: 14-bit
 * fixed point), because a reader of the mark sees exactly these integers. 0..255, U 128 = grey.
 */
const lumaOf = (red: number, green: number, blue: number): number => (blue * 1868 + green * 9617 + red * 4899 + 8192) >> 14;

export function blueDifference(red: number, green: number, blue: number): number {
  const u = ((blue - lumaOf(red, green, blue)) * 8061 + (128 << 14) + 8192) >> 14;
  return Math.min(255, Math.max(0, u));
}

/** How far green and blue move for one step of U at the same luma and red difference (YUV2BGR). */
const STEP_OF_U = { green: -0.395, blue: 2.032 } as const;

const byte = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));

/**
 * Moves U of the pixel at byte offset `at` (RGB) by `change` steps. Where blue is full (or empty) already, red and green
 * move the other way by as much as blue is short of: U = 0.492 (blue - luma) weighs both alike, and the luma changes.
 */
export function shiftU(data: Uint8Array, at: number, change: number): void {
  const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
  const wanted = blue + change * STEP_OF_U.blue;
  const missing = wanted - Math.min(255, Math.max(0, wanted));
  data[at] = byte(red - missing);
  data[at + 1] = byte(green + change * STEP_OF_U.green - missing);
  data[at + 2] = byte(wanted);
}

/** A change of luma is seen sooner than one of colour; one that 8 bits cannot hold is as good as none. */
const PRICE_OF_LUMA = 6;
const PRICE_OF_NOTHING = 1000;

/** How dear it is to move U of a pixel by `change` steps, as a factor: 1 where blue alone can do it. */
export function priceOfShift(data: Uint8Array, at: number, change: number): number {
  const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
  const needed = Math.abs(change) * STEP_OF_U.blue;
  const ofBlue = change > 0 ? 255 - blue : blue;
  const ofLuma = change > 0 ? Math.min(red, green) : 255 - Math.max(red, green);
  if (needed <= ofBlue) return 1;
  return needed <= ofBlue + ofLuma ? PRICE_OF_LUMA : PRICE_OF_NOTHING;
}
