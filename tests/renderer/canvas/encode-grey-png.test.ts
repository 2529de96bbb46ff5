import sharp from 'sharp';
import { expect, it } from 'vitest';
import { encodeGreyPng } from '../../../src/renderer/canvas/encode-grey-png';

it('writes an 8-bit grey PNG that another decoder reads back exactly', async () => {
  const pixels = Uint8Array.from({ length: 7 * 5 }, (_, i) => (i * 53) % 256);
  const file = Buffer.from(await (await encodeGreyPng(pixels, { width: 7, height: 5 })).arrayBuffer());
  const { data, info } = await sharp(file).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  expect([
    info.width,
    info.height,
    info.channels,
    (await sharp(file).metadata()).channels,
    new Uint8Array(data),
  ]).toEqual([7, 5, 1, 1, pixels]);
});
