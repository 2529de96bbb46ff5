import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planMemory } from '../../../src/main/engine/models/memory-plan';
import { readModelLayout, type ModelLayout } from '../../../src/main/engine/models/model-layout';
import { ModelSet } from '../../../src/main/engine/models/model-set';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';

const MODELS = join(import.meta.dirname, '../../fixtures/models');
const GB = 1e9;

/** tiny-sd15 with the file sizes and the widths of the real Stable Diffusion 1.5 (ENGINE.md 1.3). */
function realSize(): ModelLayout {
  const tiny = readModelLayout(join(MODELS, 'tiny-sd15'));
  const sizes = { text_encoder: 0.492, unet: 3.438, vae_decoder: 0.198, vae_encoder: 0.137 } as const;
  const parts = Object.fromEntries(
    Object.entries(tiny.folder.parts).map(([name, part]) => [
      name,
      { ...part, config: { ...part.config, block_out_channels: name === 'unet' ? [320, 640, 1280, 1280] : [128, 256, 512, 512] }, graph: { ...part.graph, bytes: sizes[name as keyof typeof sizes] * GB } },
    ]),
  );
  const folder = { ...tiny.folder, parts };
  return { ...tiny, folder, denoiser: { ...tiny.denoiser, part: folder.parts['unet'] ?? tiny.denoiser.part }, vae: { ...tiny.vae, decoder: { ...tiny.vae.decoder, part: folder.parts['vae_decoder'] ?? tiny.vae.decoder.part } } };
}

describe('planMemory', () => {
  it('comes near to what SD 1.5 was measured to take at 512 by 512', () => {
    const { inTurn, resident } = planMemory(realSize(), 512 * 512);
    // Measured peak with the arena off: 5.88 GB unfused (ENGINE.md 8.4).
    expect(inTurn / GB).toBeGreaterThan(5);
    expect(inTurn / GB).toBeLessThan(7);
    expect(resident).toBeGreaterThan(inTurn);
  });

  it('grows with the picture and doubles the weights of a float16 export', () => {
    const layout = readModelLayout(join(MODELS, 'tiny-sd15'));
    expect(planMemory(layout, 1024 ** 2).inTurn).toBeGreaterThan(planMemory(layout, 512 ** 2).inTurn);
    const half = readModelLayout(join(MODELS, 'tiny-sd15-fp16'));
    expect(planMemory(half, 64 ** 2).weights.unet).toBe(2 * (half.folder.parts.unet?.graph.bytes ?? 0));
  });
});

describe('ModelSet', () => {
  const open = (): { readonly set: ModelSet; readonly layout: ModelLayout; readonly part: ModelLayout['denoiser']['part'] } => {
    const layout = readModelLayout(join(MODELS, 'tiny-sd15'));
    return { set: new ModelSet(ortRuntime()), layout, part: layout.denoiser.part };
  };

  it('keeps parts where the machine can hold them all', async () => {
    const { set, layout, part } = open();
    set.plan(layout, 64 * 64, 64 * GB);
    const model = await set.load(part);
    await set.finish(part);
    expect(await set.load(part)).toBe(model);
    await set.release();
  });

  it('gives each part back after its work where it cannot', async () => {
    const { set, layout, part } = open();
    set.plan(layout, 64 * 64, 0);
    await set.load(part);
    expect(set.isLoaded(part)).toBe(true);
    await set.finish(part);
    expect(set.isLoaded(part)).toBe(false);
    await set.release();
  });

  it('tries again after a load that failed', async () => {
    const { set, part } = open();
    const broken = { ...part, graph: { ...part.graph, path: join(MODELS, 'gone.onnx'), weights: [] } };
    await expect(set.load(broken)).rejects.toMatchObject({ code: 'model-missing' });
    expect(set.isLoaded(part)).toBe(false);
    await set.load(part);
    await set.release();
  });
});
