import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssetId } from '../../src/shared/ids';
import type { FolderOutput } from '../../src/shared/resize/requests';
import type { ResizeSettings, ResizeWay } from '../../src/shared/resize/settings';
import { UpscalerId } from '../../src/shared/resize/upscaler';
import { planInWords } from '../../src/shared/resize/words';
import { toyUpscaler } from '../engine/stages/toy-upscaler';
import { aJobId } from '../support/samples';
import { ask, jobEvents, recordJobEvents } from './bridge';
import { launchStudio, type Studio } from './launch';

const fast = UpscalerId.parse('builtin:realesr-animevideov3');
const byModel = (upscalerId: UpscalerId): ResizeWay => ({ way: 'model', upscalerId, kernel: 'lanczos3', linearLight: false });
const settings = (percent: number, upscalerId = fast): ResizeSettings => ({ target: { by: 'percent', percent }, way: byModel(upscalerId), creative: null });
const output: FolderOutput = { format: 'same', quality: 90, namePattern: '{name}_{scale}', ifExists: 'number' };

async function aPicture(width: number, height: number, seed = 1): Promise<Buffer> {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i += 1) data[i] = (i * 7 * seed + ((i * i) >> 9)) & 255;
  return sharp(data, { raw: { width, height, channels: 3 } }).png().toBuffer();
}

/** The next system dialog answers with these. */
const answerDialog = (studio: Studio, paths: readonly string[]): Promise<void> =>
  studio.app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] });
  }, paths);

const sizeOf = (studio: Studio, url: string): Promise<readonly number[]> =>
  studio.window.evaluate(async (address) => {
    const bitmap = await createImageBitmap(await (await fetch(address)).blob());
    return [bitmap.width, bitmap.height];
  }, url);

describe('resizing in the real processes', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'palimpsest-e2e-'));
  let studio: Studio;
  let assetId: AssetId;
  beforeAll(async () => {
    mkdirSync(join(dataDir, 'models', 'upscalers'), { recursive: true });
    writeFileSync(join(dataDir, 'models', 'upscalers', 'twice.onnx'), toyUpscaler(null, 2));
    writeFileSync(join(dataDir, 'models', 'upscalers', 'broken.onnx'), 'no graph');
    studio = await launchStudio({ dataDir });
    await recordJobEvents(studio.window);
    const bytes = await aPicture(300, 200);
    assetId = (await studio.window.evaluate(async (numbers) => {
      const bridge = window as unknown as { studio: { request(channel: string, input: unknown): Promise<{ value: { assetId: string } }> } };
      return (await bridge.studio.request('assets.put', { bytes: Uint8Array.from(numbers) })).value.assetId;
    }, [...bytes])) as AssetId;
  });
  afterAll(async () => {
    await studio.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  it('finds the bundled upscalers and those of the user, and says what is wrong with one', async () => {
    const list = await ask(studio.window, 'upscalers.list', null);
    expect(list.map(({ id, scale, problem }) => [id, scale, problem === null])).toEqual([
      [fast, 4, true],
      ['builtin:realesrgan-x4plus-anime', 4, true],
      ['user:broken.onnx', 1, false],
      ['user:twice.onnx', 2, true],
    ]);
    expect(list[0]).toMatchObject({ context: 20, questions: [], secondsPerMegapixel: null });
  });

  it('says beforehand what it will do, and shows a region before and after', async () => {
    const { plan, source } = await ask(studio.window, 'resize.plan', { source: { kind: 'asset', assetId }, settings: settings(372), format: 'png' });
    expect(source).toEqual({ width: 300, height: 200, channels: 3, depth: 8 });
    expect(planInWords(plan)).toBe('x4 by Illustration, fast, then 93 % resample');
    const { before, after, width, height } = await ask(studio.window, 'resize.preview', { source: { kind: 'asset', assetId }, settings: settings(400), region: { left: 20, top: 30, width: 64, height: 48 } });
    expect([width, height]).toEqual([256, 192]);
    expect(await sizeOf(studio, `studio://app/preview/${before}`)).toEqual([256, 192]);
    expect(await sizeOf(studio, `studio://app/preview/${after}`)).toEqual([256, 192]);
    expect(after).not.toBe(before);
  });

  it('puts a resized picture into the gallery with its recipe and its parents', async () => {
    const first = aJobId();
    await ask(studio.window, 'jobs.submit', { jobId: first, request: { kind: 'resize', source: { kind: 'asset', assetId }, settings: settings(400), prompt: 'waves', count: 1 } });
    const types = async (jobId: string) => (await jobEvents(studio.window)).filter((event) => event.jobId === jobId).map(({ type }) => type);
    await expect.poll(async () => (await types(first)).at(-1), { timeout: 60_000 }).toBe('succeeded');
    const [image] = await ask(studio.window, 'gallery.list', { limit: 1, before: null });
    expect(image).toMatchObject({ width: 1200, height: 800, recipe: { kind: 'upscale', jobId: first, resize: { from: { width: 300, height: 200 }, words: 'x4 by Illustration, fast', upscaler: { id: fast, scale: 4 } } } });
    expect(image?.recipe?.licences?.map(({ part }) => part)).toEqual(['upscaler']);
    if (image === undefined) throw new Error('Expected a picture');
    const second = aJobId();
    const half: ResizeSettings = { target: { by: 'percent', percent: 25 }, way: { way: 'resample', kernel: 'mitchell', linearLight: true }, creative: null };
    await ask(studio.window, 'jobs.submit', { jobId: second, request: { kind: 'resize', source: { kind: 'gallery', imageId: image.id }, settings: half, prompt: 'waves', count: 1 } });
    await expect.poll(async () => (await types(second)).at(-1), { timeout: 60_000 }).toBe('succeeded');
    const [small] = await ask(studio.window, 'gallery.list', { limit: 1, before: null });
    expect(small).toMatchObject({ width: 300, height: 200, recipe: { edit: { parentImageIds: [image.id] } } });
    // It was measured on the way.
    expect((await ask(studio.window, 'upscalers.list', null))[0]?.secondsPerMegapixel).toBeGreaterThan(0);
    expect(readdirSync(join(dataDir, 'cache', 'resize'))).toEqual([]);
  });

  it('works through a folder, tells what failed, and writes over nothing', async () => {
    const folder = join(dataDir, 'holiday');
    mkdirSync(folder);
    for (const seed of [1, 2, 3]) writeFileSync(join(folder, `${seed}.png`), await aPicture(80, 60, seed));
    writeFileSync(join(folder, 'empty.jpg'), '');
    writeFileSync(join(folder, 'notes.txt'), 'not a picture');
    await answerDialog(studio, [folder]);
    const choice = await ask(studio.window, 'resizeFolder.choose', { what: 'folder' });
    expect(choice).toMatchObject({ name: 'holiday', files: 4, ignored: ['notes.txt'], outputFolder: join(folder, 'Palimpsest') });
    const twice = settings(200, UpscalerId.parse('user:twice.onnx'));
    const { id } = await ask(studio.window, 'resizeFolder.create', { choiceId: choice?.choiceId ?? '', settings: twice, output });
    const run = async () => (await ask(studio.window, 'resizeFolder.list', null)).find((other) => other.id === id);
    await expect.poll(async () => (await run())?.state, { timeout: 60_000 }).toBe('finished');
    expect((await run())?.counts).toMatchObject({ done: 3, failed: 1, waiting: 0 });
    const { files } = await ask(studio.window, 'resizeFolder.files', { folderId: id, state: 'failed', offset: 0, limit: 10 });
    expect(files.map(({ name, error }) => [name, error?.message])).toEqual([['empty.jpg', 'The picture empty.jpg is empty; choose another file.']]);
    expect(readdirSync(join(folder, 'Palimpsest')).sort()).toEqual(['1_2x.png', '2_2x.png', '3_2x.png']);
    const again = await ask(studio.window, 'resizeFolder.choose', { what: 'folder' });
    expect(await ask(studio.window, 'resizeFolder.conflicts', { choiceId: again?.choiceId ?? '', settings: twice, output })).toEqual({ conflicts: 3, example: '1_2x.png' });
  });

  it('goes on with a folder by itself after kill -9', { timeout: 240_000 }, async () => {
    const folder = join(dataDir, 'many');
    mkdirSync(folder);
    for (const seed of [1, 2, 3, 4]) writeFileSync(join(folder, `${seed}.png`), await aPicture(320, 300, seed));
    await answerDialog(studio, [folder]);
    const choice = await ask(studio.window, 'resizeFolder.choose', { what: 'folder' });
    const { id } = await ask(studio.window, 'resizeFolder.create', { choiceId: choice?.choiceId ?? '', settings: settings(400), output });
    const countsNow = async () => (await ask(studio.window, 'resizeFolder.list', null)).find((other) => other.id === id)?.counts;
    await expect.poll(async () => (await countsNow())?.done, { timeout: 60_000, interval: 20 }).toBeGreaterThan(0);
    const pid = studio.app.process().pid ?? 0;
    const gone = new Promise((resolve) => studio.app.process().once('exit', resolve));
    process.kill(pid, 'SIGKILL');
    await gone;
    studio = await launchStudio({ dataDir });
    await expect.poll(async () => (await countsNow())?.done, { timeout: 120_000 }).toBe(4);
    const results = join(folder, 'Palimpsest');
    expect(readdirSync(results).sort()).toEqual(['1_4x.png', '2_4x.png', '3_4x.png', '4_4x.png']);
    // The same work at once, by another name of its folder, gives the same bytes.
    const other = join(dataDir, 'others');
    mkdirSync(other);
    await answerDialog(studio, [other]);
    const elsewhere = await ask(studio.window, 'resizeFolder.chooseOutput', { choiceId: await chosenAgain(studio, folder, other) });
    const { id: whole } = await ask(studio.window, 'resizeFolder.create', { choiceId: elsewhere?.choiceId ?? '', settings: settings(400), output });
    await expect.poll(async () => (await ask(studio.window, 'resizeFolder.list', null)).find((run) => run.id === whole)?.state, { timeout: 120_000 }).toBe('finished');
    for (const name of readdirSync(results)) expect(readFileSync(join(other, name)).equals(readFileSync(join(results, name)))).toBe(true);
  });
});

/** The same files once more; afterwards the dialog answers with the other folder. */
async function chosenAgain(studio: Studio, folder: string, other: string): Promise<string> {
  await answerDialog(studio, [folder]);
  const choice = await ask(studio.window, 'resizeFolder.choose', { what: 'folder' });
  await answerDialog(studio, [other]);
  return choice?.choiceId ?? '';
}
