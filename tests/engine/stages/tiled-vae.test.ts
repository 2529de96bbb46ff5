import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeImage } from '../../../src/main/engine/image/codec';
import { toSignedPlanes } from '../../../src/main/engine/image/pixels';
import { readModelLayout } from '../../../src/main/engine/models/model-layout';
import { runDecoder, runEncoder, type Planes } from '../../../src/main/engine/models/vae';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';
import type { Model } from '../../../src/main/engine/runtime/runtime';
import { decodeTiles, encodeTiles, inTiles } from '../../../src/main/engine/stages/tiled-vae';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const IMAGES = join(FIXTURES, 'golden/images');
const layout = readModelLayout(join(FIXTURES, 'models/tiny-sd15'));
const OPTIONS = { optimisation: 'extended', memoryArena: false } as const;

const floats = (name: string): Float32Array => {
  const bytes = readFileSync(join(IMAGES, name));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};

const worst = (actual: Float32Array, expected: Float32Array): number =>
  actual.length === expected.length ? expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (actual[i] ?? NaN))), 0) : Infinity;

let decoder: Model;
let encoder: Model;
beforeAll(async () => {
  decoder = await ortRuntime().load(layout.vae.decoder.part.graph.path, OPTIONS);
  encoder = await ortRuntime().load(layout.vae.encoder?.part.graph.path ?? '', OPTIONS);
});
afterAll(async () => {
  await decoder.release();
  await encoder.release();
});

/** Source of the expected numbers: diffusers' tiled_decode and tiled_encode (tests/fixtures/golden/images.json, tiled_vae). */
describe('inTiles', () => {
  it('decodes as diffusers does in tiles of 8 latents', async () => {
    const latents: Planes = { channels: 4, height: 12, width: 14, data: floats('tiled-latents.f32') };
    const positions: string[] = [];
    const planes = await inTiles(latents, { sizes: decodeTiles(8, 8), scale: 8 }, (tile, { index, total }) => {
      positions.push(`${index}/${total} ${tile.width}x${tile.height}`);
      return runDecoder(decoder, layout.vae.decoder, tile);
    });
    expect([planes.channels, planes.height, planes.width]).toEqual([3, 96, 112]);
    expect(worst(planes.data, floats('tiled-decoded.f32'))).toBeLessThan(1 / 255);
    expect(positions).toEqual(['0/6 8x8', '1/6 8x8', '2/6 2x8', '3/6 8x6', '4/6 8x6', '5/6 2x6']);
  });

  it('encodes as diffusers does', async () => {
    const image = await decodeImage(join(IMAGES, 'tiled-encode-in.png'), 'RGB');
    const pixels: Planes = { channels: 3, width: image.width, height: image.height, data: toSignedPlanes(image) };
    const planes = await inTiles(pixels, { sizes: encodeTiles(8, 8), scale: 1 / 8 }, (tile) => {
      if (layout.vae.encoder === null) throw new Error('Expected an encoder');
      return runEncoder(encoder, layout.vae.encoder, tile);
    });
    expect([planes.channels, planes.height, planes.width]).toEqual([8, 12, 14]);
    expect(worst(planes.data, floats('tiled-encoded.f32'))).toBeLessThan(1e-3);
  });

  it('equals the whole where the work is local: tiles of a nearest-neighbour decoder leave no seam', async () => {
    const latents: Planes = { channels: 1, height: 21, width: 17, data: Float32Array.from({ length: 21 * 17 }, (_, i) => Math.sin(i)) };
    const nearest = (tile: Planes): Planes => ({
      channels: 1, height: tile.height * 8, width: tile.width * 8,
      data: Float32Array.from({ length: tile.height * tile.width * 64 }, (_, i) => tile.data[Math.floor(i / (tile.width * 64)) * tile.width + Math.floor((i % (tile.width * 8)) / 8)] ?? NaN),
    });
    const tiled = await inTiles(latents, { sizes: decodeTiles(8, 8), scale: 8 }, (tile) => Promise.resolve(nearest(tile)));
    expect(worst(tiled.data, nearest(latents).data)).toBeLessThan(1e-6);
  });
});
