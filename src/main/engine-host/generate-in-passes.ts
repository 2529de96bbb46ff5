import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rect } from '../../shared/canvas-document';
import { StudioError } from '../../shared/errors';
import type { ExtendPass } from '../../shared/generation';
import type { JobProgress } from '../engine-protocol';
import type { Engine, FinishedImage, GenerateResult, GenerateTask, RunContext, RunFacts } from '../engine/engine';
import { decodeImage, encodePng } from '../engine/image/codec';
import { isEmptyMask } from '../engine/image/mask';
import { cropImage, pasteImage, toRgb, type Box, type PixelImage } from '../engine/image/pixel-image';
import { writeStaged } from '../files/write-file';

const boxOf = ({ x, y, width, height }: Rect): Box => ({ left: x, top: y, right: x + width, bottom: y + height });

/** The mask inside of the pass's area, as large as its window. */
function maskOfPass(mask: PixelImage, { window, area }: ExtendPass): PixelImage {
  const seen = cropImage(mask, boxOf(window));
  return pasteImage({ ...seen, data: new Uint8Array(seen.data.length) }, cropImage(mask, boxOf(area)), { x: area.x - window.x, y: area.y - window.y });
}

interface Pass {
  readonly engine: Pick<Engine, 'generate'>;
  readonly task: GenerateTask;
  readonly context: RunContext;
  readonly folder: string;
}

/** Repaints one window of a picture; its files lie in `folder` only while it runs. */
async function runPass({ engine, task, context, folder }: Pass, image: PixelImage, mask: PixelImage): Promise<FinishedImage> {
  const [imagePath, maskPath] = [join(folder, `${randomUUID()}.png`), join(folder, `${randomUUID()}.png`)];
  const finished: FinishedImage[] = [];
  try {
    await writeStaged(imagePath, await encodePng(image));
    await writeStaged(maskPath, await encodePng(mask));
    await engine.generate({ ...task, imagePath, maskPath }, { ...context, onImage: async (made) => { finished.push(made); } });
  } finally {
    await Promise.all([imagePath, maskPath].map((path) => rm(path, { force: true })));
  }
  const [made] = finished;
  if (made === undefined) throw new StudioError('internal', 'Expected a picture from each pass but received none.');
  return made;
}

/** Several runs as one: the largest memory, every warning and embedding once. */
function factsOf(runs: readonly FinishedImage[]): RunFacts {
  const last = runs.at(-1);
  if (last === undefined) throw new StudioError('invalid-request', 'Expected a mask that marks something to repaint but it is empty.');
  return {
    scheduler: last.scheduler,
    peakMemoryBytes: Math.max(...runs.map((run) => run.peakMemoryBytes)),
    embeddings: [...new Set(runs.flatMap(({ embeddings }) => embeddings))],
    warnings: [...new Set(runs.flatMap(({ warnings }) => warnings))],
  };
}

function secondsOf(runs: readonly FinishedImage[]): FinishedImage['secondsByStage'] {
  const all: Record<string, number> = {};
  for (const { secondsByStage } of runs) for (const [stage, seconds] of Object.entries(secondsByStage)) all[stage] = (all[stage] ?? 0) + seconds;
  return all;
}

const SEED_MODULUS = 2 ** 32;

interface PassContext extends Omit<RunContext, 'onProgress'> {
  onProgress(progress: JobProgress): void;
}

/**
 * `Engine.generate` for a repaint in several passes: each gets its window of the picture as the passes before have left
 * it, and only whole pictures are handed out. Every pass of a picture has a seed of its own, or all would draw alike.
 * @param folder for files that exist only while a pass runs
 */
export function inPasses(engine: Pick<Engine, 'generate'>, passes: readonly ExtendPass[], folder: string): { generate(task: GenerateTask, context: PassContext): Promise<GenerateResult> } {
  /** The runs of one picture, and what they made. */
  const onePicture = async (task: GenerateTask, context: PassContext, start: { readonly image: PixelImage; readonly mask: PixelImage; readonly index: number }) => {
    const { count, seed } = task;
    const runs: FinishedImage[] = [];
    let { image } = start;
    for (const [at, pass] of passes.entries()) {
      const mask = maskOfPass(start.mask, pass);
      // A layer may reach over the edge of the document: there is nothing new here then.
      if (isEmptyMask(mask)) continue;
      const { window } = pass;
      // The whole window is sent, whatever the padding; the engine brings it to the model's size.
      const own = { ...task, count: 1, seed: (seed + start.index + at * count) % SEED_MODULUS, onlyMaskedPadding: Math.max(window.width, window.height) };
      const onProgress: RunContext['onProgress'] = (progress) => context.onProgress({ ...progress, imageIndex: start.index, imageCount: count, pass: { index: at, count: passes.length } });
      const made = await runPass({ engine, task: own, context: { ...context, onProgress }, folder }, cropImage(image, boxOf(window)), mask);
      image = pasteImage(image, { ...made.image, channels: 3 }, window);
      runs.push(made);
    }
    return { image, runs };
  };

  return {
    generate: async (task, context) => {
      const { imagePath, maskPath, count, seed } = task;
      if (imagePath === undefined || maskPath === undefined) throw new StudioError('internal', 'Expected a picture and a mask to repaint in passes.');
      const [source, mask] = [toRgb(await decodeImage(imagePath)), await decodeImage(maskPath, 'L')];
      const all: FinishedImage[] = [];
      for (let index = 0; index < count; index++) {
        const { image, runs } = await onePicture(task, context, { image: source, mask, index });
        all.push(...runs);
        const { width, height, data } = image;
        await context.onImage({ ...factsOf(runs), index, seed: (seed + index) % SEED_MODULUS, image: { width, height, data }, secondsByStage: secondsOf(runs) });
      }
      return factsOf(all);
    },
  };
}
