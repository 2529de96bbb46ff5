import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';
import { runUpscaler, UpscalerCache } from '../../../src/main/engine/models/upscaler';
import { BUNDLED } from '../../support/resize';
import { FIXTURES } from '../pipelines/golden';

const GOLDEN = join(FIXTURES, 'golden/upscalers');
const facts = JSON.parse(readFileSync(join(GOLDEN, 'facts.json'), 'utf8')) as { width: number; height: number; scale: number; tolerance: number };

/** What the source networks give, run from their own files without ONNX (training/reference_upscalers.py). */
describe.each(['realesr-animevideov3', 'realesrgan-x4plus-anime'])('%s', (name) => {
  it('gives what the network gave that it was converted from', async () => {
    const input = readFileSync(join(GOLDEN, 'input.u8'));
    const expected = new Float32Array(Uint8Array.from(readFileSync(join(GOLDEN, `${name}.f32`))).buffer);
    const cache = new UpscalerCache(ortRuntime());
    const upscaler = await cache.load(BUNDLED(name));
    const { data, width, height } = await runUpscaler(upscaler, { channels: 3, width: facts.width, height: facts.height, data: Float32Array.from(input, (value) => value / 255) });
    expect([width, height, data.length]).toEqual([facts.width * facts.scale, facts.height * facts.scale, expected.length]);
    const largest = data.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (expected[i] ?? Infinity))), 0);
    expect(largest).toBeLessThan(facts.tolerance);
    await cache.release();
  });
});
