import { join, resolve } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import type { RgbImage } from '../../../src/main/engine/engine';
import { decodeImage, encodeJpeg, encodePng } from '../../../src/main/engine/image/codec';
import { embedMark, readMark } from '../../../src/main/engine/watermark/dwt-dct';
import { findMark, OWN_MARK } from '../../../src/main/engine/watermark/marks';

const ROOT = resolve(import.meta.dirname, '../../..');
const FIXTURES = join(ROOT, 'tests/fixtures/golden/images');

const painted = (width: number, height: number, colourAt: (x: number, y: number) => readonly [number, number, number]): RgbImage => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => Math.round(colourAt(Math.floor(i / 3) % width, Math.floor(i / 3 / width))[i % 3] ?? 0)),
});
const flat = (...colour: readonly [number, number, number]): RgbImage => painted(320, 256, () => colour);

/** Deterministic noise, so that a failure can be seen again. */
const noise = (x: number, y: number, k: number): number => {
  const s = Math.sin(x * 12.9898 + y * 78.233 + k * 37.719) * 43758.5453;
  return s - Math.floor(s);
};

const PICTURES: Readonly<Record<string, RgbImage>> = {
  gradient: painted(512, 384, (x, y) => [x / 2, (x + y) / 4, 255 - y / 2]),
  white: flat(255, 255, 255),
  grey: flat(128, 128, 128),
  black: flat(0, 0, 0),
  blue: flat(0, 0, 255),
  'a disc on white': painted(322, 259, (x, y) => ((x - 160) ** 2 + (y - 128) ** 2 < 9000 ? [230, 60 + y / 4, 40] : [255, 255, 255])),
  'grain on colours': painted(400, 300, (x, y) => [90 + 60 * Math.sin(x / 31) + 24 * noise(x, y, 1), 100 + y / 4 + 24 * noise(x, y, 2), 140 - x / 5 + 24 * noise(x, y, 3)]),
};

const decoded = async (bytes: Buffer): Promise<RgbImage> => {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
};
const raw = ({ width, height, data }: RgbImage): Sharp => sharp(data, { raw: { width, height, channels: 3 } });
const agreeing = (image: RgbImage): number => readMark(image, OWN_MARK.length).filter((bit, i) => bit === OWN_MARK[i]).length;

/** Peak signal-to-noise ratio, decibels. */
function psnr(a: RgbImage, b: RgbImage): number {
  const sum = a.data.reduce((total, value, i) => total + (value - (b.data[i] ?? 0)) ** 2, 0);
  return 10 * Math.log10(255 ** 2 / (sum / a.data.length));
}

describe('the dwtDct mark', () => {
  it.each(Object.entries(PICTURES))('is read whole from a PNG and from JPEG at quality 90: %s', async (_name, image) => {
    const marked = embedMark(image, OWN_MARK);
    expect(agreeing(await decoded(await encodePng({ ...marked, channels: 3 })))).toBe(48);
    expect(agreeing(await decoded(await encodeJpeg({ ...marked, channels: 3 }, 90)))).toBe(48);
    // sharp's own default halves the colours.
    expect(agreeing(await decoded(await raw(marked).jpeg({ quality: 90 }).toBuffer()))).toBe(48);
    expect(psnr(image, marked)).toBeGreaterThan(30);
  });

  it('is found by name, and not where there is none', async () => {
    const { gradient, 'grain on colours': noisy } = PICTURES;
    if (gradient === undefined || noisy === undefined) throw new Error('Expected both pictures.');
    const jpeg = await decoded(await raw(embedMark(gradient, OWN_MARK)).jpeg({ quality: 90 }).toBuffer());
    expect(findMark(jpeg)).toEqual({ name: 'Palimpsest', agreeing: 48, bits: 48 });
    expect([findMark(gradient), findMark(noisy)]).toEqual([null, null]);
  });

  it('does not survive being scaled, and says so', async () => {
    const small = await raw(embedMark(PICTURES['gradient'] ?? flat(0, 0, 0), OWN_MARK)).resize(300).png().toBuffer();
    expect(findMark(await decoded(small))).toBeNull();
  });

  it('reads what the invisible-watermark library writes', async () => {
    const { width, height, data } = await decodeImage(join(FIXTURES, 'watermark-library.png'));
    expect(findMark({ width, height, data })).toEqual({ name: 'Palimpsest', agreeing: 48, bits: 48 });
  });

  it('leaves the picture it was given alone, and refuses one that is too small', () => {
    const image = flat(128, 128, 128);
    embedMark(image, OWN_MARK);
    expect(image.data.every((value) => value === 128)).toBe(true);
    expect(() => embedMark(painted(255, 300, () => [0, 0, 0]), OWN_MARK)).toThrow(/at least 256 pixels/);
  });

  it('says PALIMP in ASCII, highest bit first', () => {
    const bytes = Array.from({ length: 6 }, (_, byte) => OWN_MARK.slice(byte * 8, byte * 8 + 8).reduce((sum, bit) => sum * 2 + (bit ? 1 : 0), 0));
    expect(String.fromCharCode(...bytes)).toBe('PALIMP');
  });
});
