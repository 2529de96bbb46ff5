import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/main/engine/create-engine';
import { decodeImage, encodePng } from '../../../src/main/engine/image/codec';
import { cropImage } from '../../../src/main/engine/image/pixel-image';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';
import { writeFileSync } from 'node:fs';
import { aUse, BUNDLED, percent, runResize, taskFor } from '../../support/resize';
import { tempFolder } from '../../support/temp-folder';

/** A real screenshot: hard edges, text, photographs and flats, the hardest there is for seams. */
const PICTURE = resolve(import.meta.dirname, '../../../docs/images/edit.png');

function largestDifference(a: Uint8Array, b: Uint8Array): number {
  let largest = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < a.length; i += 1) largest = Math.max(largest, Math.abs((a[i] ?? 0) - (b[i] ?? 0)));
  return largest;
}

describe.each([
  ['realesr-animevideov3', 200, [40, 64, 97]],
  ['realesrgan-x4plus-anime', 96, [48]],
] as const)('%s', (name, side, tiles) => {
  it('gives with tiles of any size what it gives without tiles, within 2 of 255', { timeout: 300_000 }, async () => {
    const folder = tempFolder();
    const sourcePath = join(folder, 'source.png');
    const whole = await decodeImage(PICTURE);
    writeFileSync(sourcePath, await encodePng(cropImage(whole, { left: 430, top: 120, right: 430 + side, bottom: 120 + side })));
    const engine = createEngine({ runtime: ortRuntime() });
    const { context } = await engine.describeUpscaler(BUNDLED(name));
    const upscaled = async (tile: number): Promise<Uint8Array> => {
      const own = tempFolder();
      const task = taskFor({ sourcePath, source: { width: side, height: side, channels: 3, depth: 8 }, folder: own, settings: { target: percent(400) }, use: aUse({ path: BUNDLED(name), tile, context }) });
      await runResize(task, { engine });
      return (await decodeImage(task.output.path)).data;
    };
    const untiled = await upscaled(side);
    for (const tile of tiles) expect(largestDifference(await upscaled(tile), untiled)).toBeLessThanOrEqual(2);
    await engine.release();
  });
});
