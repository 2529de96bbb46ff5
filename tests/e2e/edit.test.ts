import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { randomUUID } from 'node:crypto';
import type axeCore from 'axe-core';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenerationRequest } from '../../src/shared/generation';
import type { AssetInfo } from '../../src/shared/contract';
import { JobId, ModelId } from '../../src/shared/ids';
import { isTerminal, type Job } from '../../src/shared/job';
import { ask, dataFolderWithTinyModel } from './bridge';
import { launchStudio, screenshot, type Studio } from './launch';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TINY = ModelId.parse('user:tiny-sd15');
const SIDE = 128;
/** What is measured a moment after a stroke may take longer on a busy machine. */
const PATIENT = { timeout: 10_000 } as const;
const common = { modelId: TINY, prompt: 'a test', negativePrompt: '', numInferenceSteps: 2, guidanceScale: 1, scheduler: null, count: 1 } as const;

/** The e2e machine may be slow; a job of the tiny model is not. */
async function finished(window: Page, request: GenerationRequest): Promise<Job> {
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

const canvas = (window: Page) => window.getByRole('application');
const generate = (window: Page) => window.getByRole('button', { name: /^(Generate|Add to queue)/ });
const layers = (window: Page) => window.getByRole('slider', { name: /^Opacity of/ });
const coverage = async (window: Page): Promise<number> => Number(/covers (\d+)%/.exec(await window.getByRole('status').filter({ hasText: 'covers' }).innerText())?.[1] ?? NaN);
const screenButton = (window: Page, name: string) => window.getByRole('navigation').getByRole('button', { name, exact: true });

/** A wave across the middle of the picture. */
async function paint(window: Page): Promise<void> {
  const box = await canvas(window).boundingBox();
  if (box === null) throw new Error('The canvas has no place on the screen.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await window.mouse.move(x - 30, y);
  await window.mouse.down();
  for (let i = 0; i <= 12; i++) await window.mouse.move(x - 30 + i * 5, y + Math.sin(i) * 6);
  await window.mouse.up();
}

async function seriousProblems(window: Page): Promise<readonly string[]> {
  await window.evaluate(AXE);
  const found = await window.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof axeCore };
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, impact, nodes }) => ({ id, impact, html: nodes.map((node) => node.html) }));
  });
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, html }) => `${id}: ${html.join(' ')}`);
}

describe('the Edit screen in the real window', () => {
  let studio: Studio;
  const data = dataFolderWithTinyModel();
  const complaints: string[] = [];
  const open = async (): Promise<Studio> => {
    const opened = await launchStudio({ dataDir: data.dataDir, args: ['--lang=en-US'] });
    opened.window.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text()); });
    opened.window.on('pageerror', (error) => complaints.push(error.message));
    opened.window.setDefaultTimeout(15_000);
    await screenButton(opened.window, 'Edit').waitFor();
    return opened;
  };
  beforeAll(async () => {
    studio = await open();
    await finished(studio.window, { kind: 'txt2img', ...common, seed: 1, width: SIDE, height: SIDE, hires: false });
  });
  afterAll(async () => {
    await studio.close();
    data.remove();
  });

  it('opens a picture of the gallery', async () => {
    const { window } = studio;
    await window.getByRole('region', { name: 'Pictures made so far' }).getByRole('button', { name: 'a test, picture 1' }).click();
    await window.getByRole('toolbar', { name: 'Picture actions' }).getByRole('button', { name: 'Edit' }).click();
    await canvas(window).waitFor();
    await window.getByText(`${String(SIDE)} × ${String(SIDE)} · saved`).waitFor();
    expect(await layers(window).count()).toBe(1);
  });

  it('refuses an empty mask at the button and sends nothing', async () => {
    const { window } = studio;
    const before = (await ask(window, 'jobs.snapshot', null)).jobs.length;
    await window.getByLabel('What should the marked part become?').fill('a red apple');
    await window.keyboard.press('Control+Enter');
    await window.getByRole('alert').filter({ hasText: 'Nothing is marked' }).waitFor();
    expect((await ask(window, 'jobs.snapshot', null)).jobs).toHaveLength(before);
  });

  it('paints a stroke, takes it back and brings it again', async () => {
    const { window } = studio;
    await window.getByRole('textbox', { name: 'Size', exact: true }).fill('24');
    await paint(window);
    await expect.poll(() => coverage(window), PATIENT).toBeGreaterThan(3);
    const covered = await coverage(window);
    await canvas(window).press('Control+z');
    await expect.poll(() => coverage(window), PATIENT).toBe(0);
    await canvas(window).press('Control+Shift+Z');
    await expect.poll(() => coverage(window), PATIENT).toBe(covered);
    await screenshot(window, 'edit-stroke');
  });

  it('keeps the mask while other screens are shown', async () => {
    const { window } = studio;
    const covered = await coverage(window);
    await screenButton(window, 'Create').click();
    await screenButton(window, 'Models').click();
    await screenButton(window, 'Edit').click();
    await expect.poll(() => coverage(window), PATIENT).toBe(covered);
  });

  it('repaints what is marked, shows what changed, and accepts as one step', async () => {
    const { window } = studio;
    await window.getByRole('button', { name: 'Model and seed' }).click();
    await window.getByRole('combobox', { name: 'Model' }).click();
    await window.getByRole('option', { name: 'tiny-sd15' }).click();
    await window.getByRole('textbox', { name: 'Steps' }).fill('2');
    await generate(window).click();
    await window.getByRole('button', { name: 'Result 1 of 1' }).waitFor({ timeout: 60_000 });
    await window.getByRole('button', { name: 'What changed' }).click();
    await window.getByText(/\d+% of the frame differs/).waitFor();
    await screenshot(window, 'edit-changed');
    await window.getByRole('button', { name: 'Accept', exact: true }).click();
    await expect.poll(() => layers(window).count(), PATIENT).toBe(2);
    await canvas(window).press('Control+z');
    await expect.poll(() => layers(window).count(), PATIENT).toBe(1);
    await canvas(window).press('Control+Shift+Z');
    await expect.poll(() => layers(window).count(), PATIENT).toBe(2);
  });

  it.each(['Light', 'Dark'])('has nothing serious for axe to find, in %s', async (theme) => {
    const { window } = studio;
    await screenButton(window, 'Settings').click();
    await window.getByText(theme, { exact: true }).click();
    await expect.poll(() => window.locator('html').getAttribute('data-mantine-color-scheme')).toBe(theme.toLowerCase());
    await screenButton(window, 'Edit').click();
    await canvas(window).waitFor();
    expect(await seriousProblems(window)).toEqual([]);
    await screenshot(window, `edit-${theme.toLowerCase()}`);
  });

  it('paints by keyboard alone', async () => {
    const { window } = studio;
    await window.getByRole('button', { name: 'Clear', exact: true }).click();
    await expect.poll(() => coverage(window), PATIENT).toBe(0);
    await window.getByRole('textbox', { name: 'Width', exact: true }).first().fill('64');
    await window.getByRole('textbox', { name: 'Height', exact: true }).first().fill('64');
    await canvas(window).focus();
    await window.keyboard.press('r');
    await window.keyboard.press('ArrowLeft');
    await window.keyboard.press('Enter');
    await expect.poll(() => coverage(window), PATIENT).toBe(25);
    await window.keyboard.press('i');
    await expect.poll(() => coverage(window), PATIENT).toBe(75);
    await window.keyboard.press('Control+z');
    await expect.poll(() => coverage(window), PATIENT).toBe(25);
  });

  it('has everything again after a restart, the way back included', async () => {
    await studio.close();
    studio = await open();
    const { window } = studio;
    await screenButton(window, 'Edit').click();
    await expect.poll(() => coverage(window), PATIENT).toBe(25);
    expect(await layers(window).count()).toBe(2);
    expect(await window.getByLabel('What should the marked part become?').inputValue()).toBe('a red apple');
    await canvas(window).focus();
    // The rectangle, the clearing, and then the accepted result.
    for (let i = 0; i < 3; i++) await window.keyboard.press('Control+z');
    await expect.poll(() => layers(window).count(), PATIENT).toBe(1);
    await expect.poll(() => coverage(window), PATIENT).toBeGreaterThan(3);
    await window.keyboard.press('Control+Shift+Z');
    await expect.poll(() => layers(window).count(), PATIENT).toBe(2);
  });

  it('extends the picture, which grows when the result is accepted', async () => {
    const { window } = studio;
    await window.getByRole('radio', { name: 'Extend' }).click();
    await window.getByRole('textbox', { name: 'Right' }).fill('64');
    await window.getByText('The picture becomes 192 × 128.').waitFor();
    await generate(window).click();
    await window.getByRole('button', { name: 'Result 1 of 1' }).waitFor({ timeout: 60_000 });
    await screenshot(window, 'edit-extend');
    await window.getByRole('button', { name: 'Accept', exact: true }).click();
    await window.getByText('192 × 128 · saved').waitFor();
    expect(await layers(window).count()).toBe(3);
  });

  it('speaks Dutch when asked to', async () => {
    const { window } = studio;
    await screenButton(window, 'Settings').click();
    await window.getByText('Nederlands', { exact: true }).click();
    await screenButton(window, 'Bewerken').click();
    await window.getByRole('radio', { name: 'Uitbreiden' }).waitFor();
    await screenshot(window, 'edit-dutch');
    await screenButton(window, 'Instellingen').click();
    await window.getByText('English', { exact: true }).click();
  });

  it('kept to the page’s content policy and threw nothing', () => {
    expect(complaints).toEqual([]);
  });
});

/** mulberry32: the same twenty masks on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface Case {
  readonly width: number;
  readonly height: number;
  readonly rgb: Buffer;
  readonly mask: Buffer;
  readonly maskBlur: number;
  readonly padding: number | null;
}

/** A noisy picture and a mask of one to three boxes and discs in any grey, some at the edge. */
function randomCase(random: () => number): Case {
  const [width, height] = [64 + 8 * Math.floor(random() * 5), 64 + 8 * Math.floor(random() * 5)];
  const rgb = Buffer.from(Array.from({ length: width * height * 3 }, () => Math.floor(random() * 256)));
  const mask = Buffer.alloc(width * height);
  for (let shapes = 1 + Math.floor(random() * 3); shapes > 0; shapes--) {
    const [cx, cy, r, level, isDisc] = [random() * width, random() * height, 3 + random() * 14, 100 + Math.floor(random() * 156), random() < 0.5];
    for (let i = 0; i < mask.length; i++) {
      const [dx, dy] = [(i % width) - cx, Math.floor(i / width) - cy];
      if (isDisc ? Math.hypot(dx, dy) <= r : Math.abs(dx) <= r && Math.abs(dy) <= r / 2) mask[i] = Math.max(mask[i] ?? 0, level);
    }
  }
  return { width, height, rgb, mask, maskBlur: Math.floor(random() * 5), padding: random() < 0.5 ? null : Math.floor(random() * 24) };
}

/** How many pixels lie farther from the mask than its feather reaches, and how many of them differ. */
function compareOutside({ width, height, rgb, mask, maskBlur }: Case, after: Buffer): { readonly outside: number; readonly changedOutside: number; readonly changed: number } {
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

/** As a page uploads: bytes through the bridge. */
async function put(window: Page, png: Buffer): Promise<AssetInfo> {
  const answer = await window.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return (window as unknown as { studio: { request(channel: string, input: unknown): Promise<unknown> } }).studio.request('assets.put', { bytes });
  }, png.toString('base64'));
  const result = answer as { ok: true; value: AssetInfo } | { ok: false; error: { message: string } };
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** The file of a job's first picture, as the page gets it. */
async function pictureBytes(window: Page, job: Job): Promise<Buffer> {
  const base64 = await window.evaluate(async (id) => {
    const bytes = new Uint8Array(await (await fetch(`/image/${String(id)}`)).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  }, job.imageIds[0]);
  return Buffer.from(base64, 'base64');
}

describe('pixels outside of the feathered mask', () => {
  let studio: Studio;
  const data = dataFolderWithTinyModel();
  beforeAll(async () => { studio = await launchStudio({ dataDir: data.dataDir, args: ['--lang=en-US'] }); });
  afterAll(async () => {
    await studio.close();
    data.remove();
  });

  it('are identical to the original, under twenty random masks', { timeout: 300_000 }, async () => {
    const { window } = studio;
    await screenButton(window, 'Edit').waitFor();
    const random = seeded(20);
    const results: { readonly outside: number; readonly changedOutside: number; readonly changed: number }[] = [];
    for (let n = 0; n < 20; n++) {
      const it = randomCase(random);
      const { width, height } = it;
      const source = await put(window, await sharp(it.rgb, { raw: { width, height, channels: 3 } }).png().toBuffer());
      const mask = await put(window, await sharp(it.mask, { raw: { width, height, channels: 1 } }).toColourspace('b-w').png().toBuffer());
      const job = await finished(window, {
        kind: 'inpaint', ...common, seed: n, width, height, sourceAssetId: source.assetId, maskAssetId: mask.assetId, strength: 1, maskBlur: it.maskBlur,
        onlyMaskedPadding: it.padding, maskedContent: (['original', 'blur', 'noise'] as const)[n % 3] ?? 'original', matchColours: n % 2 === 0, documentId: null, parentImageIds: [],
      });
      const { data: after, info } = await sharp(await pictureBytes(window, job)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      expect([info.width, info.height, info.channels]).toEqual([width, height, 3]);
      results.push(compareOutside(it, after));
    }
    // Every picture has pixels to keep and pixels that did change; of those to keep, none differs.
    expect(results.map(({ changedOutside }) => changedOutside)).toEqual(results.map(() => 0));
    expect(results.filter(({ outside, changed }) => outside > 0 && changed > 0)).toHaveLength(20);
  });
});
