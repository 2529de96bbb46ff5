import { randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import type { GenerationRequest } from '../../src/shared/generation';
import { JobId, ModelId } from '../../src/shared/ids';
import { isTerminal, type Job } from '../../src/shared/job';
import { ask } from './bridge';
import type { Studio } from './launch';

/** What is measured a moment after a stroke may take longer on a busy machine. */
export const PATIENT = { timeout: 10_000 } as const;
export const TINY_REQUEST = { modelId: ModelId.parse('user:tiny-sd15'), prompt: 'a test', negativePrompt: '', numInferenceSteps: 2, guidanceScale: 1, scheduler: null, count: 1 } as const;

/** The e2e machine may be slow; a job of the tiny model is not. */
export async function finished(window: Page, request: GenerationRequest): Promise<Job> {
  const jobId = JobId.parse(randomUUID());
  await ask(window, 'jobs.submit', { jobId, request });
  let job: Job | undefined;
  for (const end = Date.now() + 60_000; Date.now() < end && (job === undefined || !isTerminal(job.state)); ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    job = (await ask(window, 'jobs.snapshot', null)).jobs.find(({ id }) => id === jobId);
  }
  if (job?.state !== 'succeeded') throw new Error(job?.error?.message ?? `The job is ${job?.state ?? 'gone'} after a minute.`);
  return job;
}

export const canvas = (window: Page): Locator => window.getByRole('application');
export const generate = (window: Page): Locator => window.getByRole('button', { name: /^(Generate|Add to queue)/ });
export const layers = (window: Page): Locator => window.getByRole('slider', { name: /^Opacity of/ });
export const coverage = async (window: Page): Promise<number> => Number(/covers (\d+)%/.exec(await window.getByRole('status').filter({ hasText: 'covers' }).innerText())?.[1] ?? NaN);
export const screenButton = (window: Page, name: string): Locator => window.getByRole('navigation').getByRole('button', { name, exact: true });

/** Puts a picture on the system's clipboard and pastes it, as from another program. */
export async function pastePicture({ app, window }: Pick<Studio, 'app' | 'window'>, png: Buffer): Promise<void> {
  await app.evaluate(async (electron, base64) => {
    const bytes = Buffer.from(base64, 'base64');
    // Both runtimes that the studio knows; see src/main/electron/clipboard.ts.
    const clipboard = electron.clipboard as object as { writeImage?(image: object): void };
    if (clipboard.writeImage !== undefined) clipboard.writeImage(electron.nativeImage.createFromBuffer(bytes));
    else await electron.clipboard.write([new electron.ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })]);
  }, png.toString('base64'));
  await window.keyboard.press('Control+v');
}

/** A wave across the middle of the picture. */
export async function paint(window: Page): Promise<void> {
  const box = await canvas(window).boundingBox();
  if (box === null) throw new Error('The canvas has no place on the screen.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await window.mouse.move(x - 30, y);
  await window.mouse.down();
  for (let i = 0; i <= 12; i++) await window.mouse.move(x - 30 + i * 5, y + Math.sin(i) * 6);
  await window.mouse.up();
}

/** A picture or asset of the studio, as the page gets it. */
export async function fetchBytes(window: Page, path: string): Promise<Buffer> {
  const base64 = await window.evaluate(async (url) => {
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  }, path);
  return Buffer.from(base64, 'base64');
}

export interface MaskedPicture {
  readonly width: number;
  readonly height: number;
  /** 3 bytes a pixel. */
  readonly rgb: Buffer;
  /** 1 byte a pixel; 0 = keep. */
  readonly mask: Buffer;
  readonly maskBlur: number;
}

/** How many pixels lie farther from the mask than its feather reaches, and how many of them differ. */
export function compareOutside({ width, height, rgb, mask, maskBlur }: MaskedPicture, after: Buffer): { readonly outside: number; readonly changedOutside: number; readonly changed: number } {
  const reach = Math.round(maskBlur * 2);
  const isNear = (x: number, y: number): boolean => {
    for (let v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++) {
      for (let u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++) if ((mask[v * width + u] ?? 0) > 0) return true;
    }
    return false;
  };
  let [outside, changedOutside, changed] = [0, 0, 0];
  for (let i = 0; i < width * height; i++) {
    const differs = [0, 1, 2].some((k) => rgb[i * 3 + k] !== after[i * 3 + k]);
    if (differs) changed++;
    if (isNear(i % width, Math.floor(i / width))) continue;
    outside++;
    if (differs) changedOutside++;
  }
  return { outside, changedOutside, changed };
}
