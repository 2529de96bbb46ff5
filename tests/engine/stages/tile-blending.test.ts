import { describe, expect, it } from 'vitest';
import type { Planes } from '../../../src/main/engine/models/vae';
import { decodeTiles, encodeTiles, inTiles } from '../../../src/main/engine/stages/tiled-vae';

function ramp(width: number, height: number): Planes {
  return { channels: 2, width, height, data: Float32Array.from({ length: 2 * width * height }, (_, i) => Math.sin(i * 1.7) * 3) };
}

/** A decoder whose pixel depends on its own latent alone, so that tiles agree wherever they overlap. */
function nearestUp(planes: Planes, factor: number): Planes {
  const width = planes.width * factor;
  const height = planes.height * factor;
  const data = Float32Array.from({ length: planes.channels * width * height }, (_, i) => {
    const [x, y, channel] = [i % width, Math.floor(i / width) % height, Math.floor(i / (width * height))];
    return planes.data[(channel * planes.height + Math.floor(y / factor)) * planes.width + Math.floor(x / factor)] ?? NaN;
  });
  return { channels: planes.channels, width, height, data };
}

/** An encoder that takes every eighth pixel. */
function nearestDown(planes: Planes, factor: number): Planes {
  const width = planes.width / factor;
  const height = planes.height / factor;
  const data = Float32Array.from({ length: planes.channels * width * height }, (_, i) => {
    const [x, y, channel] = [i % width, Math.floor(i / width) % height, Math.floor(i / (width * height))];
    return planes.data[(channel * planes.height + y * factor) * planes.width + x * factor] ?? NaN;
  });
  return { channels: planes.channels, width, height, data };
}

function worst(a: Planes, b: Planes): number {
  expect([a.channels, a.width, a.height]).toEqual([b.channels, b.width, b.height]);
  return a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - (b.data[i] ?? NaN))), 0);
}

describe('tiles', () => {
  it("have the sizes of the reference's settings in images.json", () => {
    expect(decodeTiles(8, 8)).toEqual({ tile: 8, stride: 6, blend: 16, kept: 48 });
    expect(encodeTiles(8, 8)).toEqual({ tile: 64, stride: 48, blend: 2, kept: 6 });
  });

  it.each([
    [8, 8],
    [14, 12],
    [13, 21],
    [6, 30],
  ])('decode %i x %i latents to what the whole gives, when the decoder is local', async (width, height) => {
    const latents = ramp(width, height);
    const tiled = await inTiles(latents, { sizes: decodeTiles(8, 8), scale: 8 }, (tile) => Promise.resolve(nearestUp(tile, 8)));
    expect(worst(tiled, nearestUp(latents, 8))).toBeLessThan(1e-6);
  });

  it('encode to what the whole gives, when the encoder is local', async () => {
    const pixels = ramp(112, 168);
    const tiled = await inTiles(pixels, { sizes: encodeTiles(8, 8), scale: 1 / 8 }, (tile) => Promise.resolve(nearestDown(tile, 8)));
    expect(worst(tiled, nearestDown(pixels, 8))).toBeLessThan(1e-6);
  });

  it('cross-fade linearly where they disagree', async () => {
    const latents: Planes = { channels: 1, width: 14, height: 8, data: new Float32Array(112) };
    const tiled = await inTiles(latents, { sizes: decodeTiles(8, 8), scale: 8 }, (tile, { index }) =>
      Promise.resolve({ channels: 1, width: tile.width * 8, height: tile.height * 8, data: new Float32Array(tile.width * tile.height * 64).fill(index % 3 === 0 ? 1 : 0) }),
    );
    // First tile 1, second 0: 48 pixels of the first are kept, then 16 fade out.
    expect([...tiled.data.subarray(46, 66)]).toEqual([1, 1, ...Array.from({ length: 16 }, (_, x) => 1 - x / 16), 0, 0]);
  });
});
