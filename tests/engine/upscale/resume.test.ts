import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { ResizeTask } from '../../../src/main/engine/engine';
import { aUse, BUNDLED, BY_MODEL, CREATIVE, percent, runResize, taskFor, type ResizeJob } from '../../support/resize';
import { tempFolder } from '../../support/temp-folder';
import { modelPath } from '../pipelines/run-task';

const source = { width: 150, height: 120, channels: 3, depth: 8 } as const;

async function noisyPicture(folder: string): Promise<string> {
  const data = new Uint8Array(source.width * source.height * 3);
  for (let i = 0; i < data.length; i += 1) data[i] = (i * 31 + ((i * i) >> 7)) & 255;
  const path = join(folder, 'source.png');
  await sharp(data, { raw: { width: source.width, height: source.height, channels: 3 } }).png().toFile(path);
  return path;
}

const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Cancels when `count` progress events of a stage have come, as a closing studio would. */
async function interrupt(task: ResizeTask, { stage, step }: { readonly stage: string; readonly step: number }): Promise<void> {
  const controller = new AbortController();
  const running = runResize(task, { signal: controller.signal, onProgress: (progress) => progress.stage === stage && progress.step === step && controller.abort() });
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
}

describe('an interrupted resize', () => {
  const byNetwork = (sourcePath: string, folder: string): ResizeJob => ({ sourcePath, source, folder, settings: { target: percent(330), way: BY_MODEL }, use: aUse({ path: BUNDLED('realesr-animevideov3'), tile: 50 }) });

  it('goes on after the last finished row of tiles, and the same bytes come out', async () => {
    const [plain, broken] = [tempFolder(), tempFolder()];
    const sourcePath = await noisyPicture(plain);
    const whole = taskFor(byNetwork(sourcePath, plain));
    await runResize(whole);
    const task = taskFor(byNetwork(sourcePath, broken));
    await interrupt(task, { stage: 'upscaling', step: 7 });
    expect(existsSync(task.output.path)).toBe(false);
    const steps: number[] = [];
    await runResize(task, { onProgress: ({ stage, step }) => stage === 'upscaling' && steps.push(step) });
    // Nine tiles in rows of three: six were safe.
    expect(steps).toEqual([6, 7, 8, 9]);
    expect(hash(task.output.path)).toBe(hash(whole.output.path));
  });

  it('does not enlarge again when only the last steps are missing', async () => {
    const folder = tempFolder();
    const task = taskFor(byNetwork(await noisyPicture(folder), folder));
    await interrupt(task, { stage: 'saving', step: 64 });
    const stages = new Set<string>();
    await runResize(task, { onProgress: ({ stage }) => stages.add(stage) });
    expect([...stages]).toEqual(['saving']);
    const again = { ...task, output: { ...task.output, path: join(folder, 'again.png') } };
    await runResize(again);
    expect(hash(again.output.path)).toBe(hash(task.output.path));
  });

  it('draws no creative tile twice, and the same bytes come out', async () => {
    const [plain, broken] = [tempFolder(), tempFolder()];
    const sourcePath = await noisyPicture(plain);
    const job = (folder: string): ResizeJob => ({
      sourcePath,
      source,
      folder,
      settings: { target: percent(100), creative: CREATIVE },
      creative: { modelPath: modelPath('tiny-sd15'), prompt: 'a fox', negativePrompt: null, numInferenceSteps: 4, guidanceScale: 1, scheduler: null, seed: 5, strength: 0.5 },
      tile: 64,
    });
    const whole = taskFor(job(plain));
    await runResize(whole);
    const task = taskFor(job(broken));
    await interrupt(task, { stage: 'denoising', step: 4 });
    const drawnAt = (): number => statSync(join(task.workFolder, '1.tile-1')).mtimeMs;
    const first = drawnAt();
    await runResize(task);
    expect(drawnAt()).toBe(first);
    expect(hash(task.output.path)).toBe(hash(whole.output.path));
  });
});
