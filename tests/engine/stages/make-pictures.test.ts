import type os from 'node:os';
import { basename, dirname } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';
import type { InferenceRuntime } from '../../../src/main/engine/runtime/runtime';
import { runTask } from '../pipelines/run-task';

// A machine that cannot hold all parts at once.
const free = vi.hoisted(() => ({ bytes: 0 }));
vi.mock('node:os', async (original) => ({ ...(await original<typeof os>()), freemem: () => free.bytes }));

/** Names of the parts in the order in which they were loaded. */
function watched(): { readonly runtime: InferenceRuntime; readonly loads: string[] } {
  const inner = ortRuntime();
  const loads: string[] = [];
  return {
    loads,
    runtime: {
      choice: () => inner.choice(),
      load: (path, options) => {
        loads.push(basename(dirname(path)));
        return inner.load(path, options);
      },
    },
  };
}

describe('the pictures of a request', () => {
  it('share one load of the denoiser and one of the decoder where parts take turns in memory', async () => {
    free.bytes = 0;
    const { runtime, loads } = watched();
    const { images, progress } = await runTask({ count: 3, scheduler: 'ddim' }, { runtime });
    expect(loads).toEqual(['text_encoder', 'unet', 'vae_decoder']);
    expect(images.map(({ seed }) => seed)).toEqual([7, 8, 9]);
    const indices = progress.map(({ imageIndex }) => imageIndex);
    expect(indices).toEqual([...indices].sort());
  });

  it('are the same where parts stay loaded, and are then handed out one by one', async () => {
    free.bytes = 0;
    const inTurn = await runTask({ count: 2, scheduler: 'ddim' });
    free.bytes = 2 ** 40;
    const stages: string[] = [];
    const resident = await runTask({ count: 2, scheduler: 'ddim' }, { onProgress: ({ stage }) => stages.push(stage) });
    expect(resident.images.map(({ image }) => image)).toEqual(inTurn.images.map(({ image }) => image));
    expect(stages.indexOf('decoding')).toBeLessThan(stages.lastIndexOf('denoising'));
  });
});
