import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AssetId } from '../../shared/ids';
import type { Calls } from '../engine-protocol';
import type { Engine, ResizeTask } from '../engine/engine';
import { writeAtomically } from '../files/write-file';

type Preview = Calls['previewResize'];

const controllers = new Map<number, AbortController>();

export function cancelPreview(previewId: number): void {
  controllers.get(previewId)?.abort();
}

/** A file by the hash of its bytes, as assets are. */
async function keep(path: string, folder: string): Promise<AssetId> {
  const bytes = await readFile(path);
  const id = AssetId.parse(createHash('sha256').update(bytes).digest('hex'));
  await writeAtomically(join(folder, `${id}.png`), bytes);
  return id;
}

/**
 * The region is cut out and resized as a picture of its own, twice: as asked, and plainly.
 * @throws StudioError the engine's own; `cancelled` when a newer preview was asked for
 */
export async function previewResize({ previewId, task, region, folder }: Preview['input'], engine: Engine): Promise<Preview['output']> {
  const controller = new AbortController();
  controllers.set(previewId, controller);
  const work = join(folder, `.${randomUUID()}`);
  try {
    await mkdir(work, { recursive: true });
    const run = async (name: string, steps: ResizeTask['steps'], sourcePath: string): Promise<{ readonly path: string; readonly width: number; readonly height: number }> => {
      const path = join(work, `${name}.png`);
      const { width, height } = await engine.resize(
        { ...task, sourcePath, steps, workFolder: join(work, name), output: { path, format: 'png', quality: 100, density: null } },
        { signal: controller.signal, onProgress: () => undefined, textFor: ({ xmp }) => Promise.resolve({ xmp, userComment: null }) },
      );
      return { path, width, height };
    };
    const [first] = task.steps;
    const size = { width: region.width, height: region.height };
    const source = first === undefined ? size : 'from' in first ? first.from : first.size;
    const cut = await run('cut', [{ kind: 'crop', from: source, to: size, x: region.left, y: region.top }], task.sourcePath);
    const after = await run('after', regionSteps(task.steps, size), cut.path);
    const before = await run('before', [{ kind: 'resample', from: size, to: { width: after.width, height: after.height }, kernel: 'cubic', linearLight: false }], cut.path);
    return { before: await keep(before.path, folder), after: await keep(after.path, folder), width: after.width, height: after.height };
  } finally {
    controllers.delete(previewId);
    await rm(work, { recursive: true, force: true });
  }
}

/** The same scaling for a part of the picture; frames are about the whole and left out. */
function regionSteps(steps: ResizeTask['steps'], region: { readonly width: number; readonly height: number }): ResizeTask['steps'] {
  const result: ResizeTask['steps'][number][] = [];
  let size = region;
  for (const step of steps) {
    if (step.kind === 'creative') result.push({ ...step, size });
    if (step.kind !== 'model' && step.kind !== 'resample') continue;
    const to = { width: Math.max(1, Math.round((size.width * step.to.width) / step.from.width)), height: Math.max(1, Math.round((size.height * step.to.height) / step.from.height)) };
    result.push({ ...step, from: size, to });
    size = to;
  }
  return result;
}
