import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recipeTexts } from '../../src/main/files/recipe-text';
import { NEWEST_FIRST, type GalleryImage } from '../../src/shared/gallery';
import type { GalleryEvent } from '../../src/shared/gallery-contract';
import type { ImageId } from '../../src/shared/ids';
import { A1111_TEXT, pngWith } from '../support/foreign-pictures';
import { aRecipe } from '../support/samples';
import { ask, dataFolderWithTinyModel } from './bridge';
import { launchStudio, type Studio } from './launch';

/** The library behind the page, asked over the page's own bridge in the real window: processes, scheme, watcher, jobs. */
const { dataDir, remove } = dataFolderWithTinyModel();
const pictures = join(dataDir, 'pictures');
let studio: Studio;

interface Recording {
  readonly studio: { on(topic: string, listener: (event: GalleryEvent) => void): void };
  galleryEvents: GalleryEvent[];
}

const events = (): Promise<readonly GalleryEvent[]> => studio.window.evaluate(() => (window as unknown as Recording).galleryEvents);
const eventOf = async <T extends GalleryEvent['type']>(type: T): Promise<Extract<GalleryEvent, { type: T }> | undefined> =>
  (await events()).findLast((event): event is Extract<GalleryEvent, { type: T }> => event.type === type);
const newest = async (text = ''): Promise<readonly GalleryImage[]> => (await ask(studio.window, 'gallery.page', { query: { ...NEWEST_FIRST, text }, offset: 0, limit: 100 })).images;

/** What the next system dialogs answer. */
const answerDialogs = (path: string): Promise<void> =>
  studio.app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);

async function draw(prompt: string, seed: number): Promise<ImageId> {
  const before = new Set((await newest()).map(({ id }) => id));
  await ask(studio.window, 'jobs.submit', {
    jobId: crypto.randomUUID() as never,
    request: { kind: 'txt2img', modelId: 'user:tiny-sd15' as never, prompt, negativePrompt: '', width: 64, height: 64, numInferenceSteps: 2, guidanceScale: 1, scheduler: null, seed, count: 1, hires: false },
  });
  await expect.poll(async () => (await newest()).find(({ id }) => !before.has(id))?.recipe?.prompt, { timeout: 60_000 }).toBe(prompt);
  const made = (await newest()).find(({ id }) => !before.has(id));
  if (made === undefined) throw new Error('a picture was expected');
  return made.id;
}

beforeAll(async () => {
  mkdirSync(join(pictures, '2026-01'), { recursive: true });
  writeFileSync(join(pictures, '2026-01', 'fox.png'), pngWith(recipeTexts(aRecipe({ prompt: 'a red fox', createdAt: '2026-01-05T00:00:00.000Z' }))));
  writeFileSync(join(pictures, 'theirs.png'), pngWith({ parameters: A1111_TEXT }));
  writeFileSync(join(pictures, 'broken.png'), 'no picture');
  studio = await launchStudio({ dataDir });
  await studio.window.evaluate(() => {
    const place = window as unknown as Recording;
    place.galleryEvents = [];
    place.studio.on('gallery.event', (event) => place.galleryEvents.push(event));
  });
  await ask(studio.window, 'models.list', null);
});
afterAll(async () => {
  await studio.close();
  remove();
});

describe('the library in the real window', () => {
  it('reads what lies in the folder while the window is open, and names what it cannot read', async () => {
    await expect.poll(async () => (await newest()).map(({ fileName }) => fileName), { timeout: 20_000 }).toHaveLength(2);
    expect((await newest('origin:a1111')).map(({ foreign }) => foreign?.seed)).toEqual([1234567890]);
    expect(await ask(studio.window, 'gallery.problems', null)).toMatchObject([{ reason: 'it is no PNG, JPEG, WebP or AVIF file' }]);
    const { aspects } = await ask(studio.window, 'gallery.aspects', { query: NEWEST_FIRST });
    expect([...aspects]).toEqual([256, 256]);
  });

  it('serves thumbnails that it makes on demand', async () => {
    const [image] = await newest('fox');
    const sizes = await studio.window.evaluate(async (id) => {
      const load = (url: string): Promise<readonly [number, number]> =>
        new Promise((resolve, reject) => {
          const picture = new Image();
          picture.onload = () => resolve([picture.naturalWidth, picture.naturalHeight]);
          picture.onerror = () => reject(new Error(`${url} did not load`));
          picture.src = url;
        });
      return Promise.all([load(`/thumb/${id}?size=128`), load(`/thumb/${id}?size=512&v=1`), load(`/image/${id}`)]);
    }, String(image?.id));
    expect(sizes).toEqual([[1, 1], [1, 1], [1, 1]]);
  });

  it('notices files from outside within seconds', async () => {
    writeFileSync(join(pictures, 'new.png'), pngWith(recipeTexts(aRecipe({ prompt: 'from outside' }))));
    await expect.poll(async () => (await newest('"from outside"')).length, { timeout: 15_000 }).toBe(1);
    expect((await eventOf('added'))?.image.recipe?.prompt).toBe('from outside');
    renameSync(join(pictures, 'new.png'), join(pictures, 'renamed.png'));
    await expect.poll(async () => (await newest('"from outside"')).map(({ fileName }) => fileName), { timeout: 15_000 }).toEqual(['renamed.png']);
  });

  it('makes a picture again and says that it is identical', async () => {
    const id = await draw('a green apple', 77);
    await ask(studio.window, 'gallery.reproduce', { imageId: id });
    await expect.poll(async () => (await eventOf('reproduced'))?.verdict, { timeout: 60_000 }).toBe('identical');
    const verdict = await eventOf('reproduced');
    expect(verdict).toMatchObject({ imageId: id, psnr: null, reasons: [] });
    expect(verdict?.newImageId).not.toBe(id);
    const similar = await ask(studio.window, 'gallery.similar', { imageId: id });
    expect(similar.matches[0]).toMatchObject({ image: { id: verdict?.newImageId }, distance: 0, isSameRecipe: true });
  });

  it('replays a picture with another seed', async () => {
    const [apple] = await newest('"green apple"');
    const change = { seed: 5, modelId: null, isBranch: false };
    const imageId = apple?.id as ImageId;
    expect(await ask(studio.window, 'gallery.planReplay', { imageId, change })).toMatchObject({ steps: [{ request: { seed: 5, prompt: 'a green apple' }, parentStep: null }], problems: [] });
    expect(await ask(studio.window, 'gallery.replay', { imageId, change })).toEqual({ steps: 1 });
    await expect.poll(async () => (await newest('"green apple" seed:5')).length, { timeout: 60_000 }).toBe(1);
  });

  it('tells how a dropped file was made', async () => {
    const bytes = pngWith({ parameters: A1111_TEXT.replace('v1-5-pruned-emaonly', 'tiny-sd15.safetensors') });
    const recalled = await studio.window.evaluate(
      (values) => (window as unknown as { studio: { request(c: string, i: unknown): Promise<{ value: unknown }> } }).studio.request('recall.read', { bytes: Uint8Array.from(values), name: 'theirs.png' }).then(({ value }) => value),
      [...bytes],
    );
    expect(recalled).toMatchObject({ origin: 'a1111', modelId: 'user:tiny-sd15', foreign: { scheduler: 'dpmpp-2m-karras' }, problems: [] });
  });

  it('exports to a zip that appears whole, and takes nothing along where no recipe is wanted', async () => {
    const target = join(dataDir, 'out.zip');
    await answerDialogs(target);
    const images = await newest('"green apple"');
    const plan = { as: 'zip', format: 'jpeg', longestSide: 32, withRecipe: false, namePattern: '{prompt}-{n}' } as const;
    await ask(studio.window, 'gallery.export', { imageIds: images.map(({ id }) => id), plan });
    await expect.poll(async () => (await eventOf('exported'))?.written, { timeout: 30_000 }).toBe(images.length);
    const entries = unzipSync(readFileSync(target));
    expect(Object.keys(entries)).toEqual(images.map((_, n) => `a green apple-${n + 1}.jpg`));
    expect(Buffer.from(Object.values(entries)[0] ?? []).includes('green apple')).toBe(false);
  });

  it('shows a folder of the user’s where it lies, and throws many away and back', async () => {
    const folder = join(dataDir, 'holiday');
    mkdirSync(folder);
    for (const name of ['one.png', 'two.png']) writeFileSync(join(folder, name), pngWith({ parameters: A1111_TEXT.replace('fox', name) }));
    copyFileSync(join(folder, 'one.png'), join(folder, 'copy of one.png'));
    await answerDialogs(folder);
    const root = await ask(studio.window, 'roots.add', null);
    await expect.poll(async () => (await newest('folder:holiday')).length + (await newest('origin:a1111')).length, { timeout: 15_000 }).toBe(4);
    const ids = (await newest('origin:a1111')).filter(({ rootId }) => rootId === root?.id).map(({ id }) => id);
    expect(await ask(studio.window, 'gallery.trash', { imageIds: ids })).toEqual({ trashed: ids, problems: [] });
    expect((await ask(studio.window, 'gallery.listTrash', null)).map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect((await ask(studio.window, 'gallery.restore', { imageIds: ids })).images).toHaveLength(3);
    if (root !== null) await ask(studio.window, 'roots.remove', { rootId: root.id });
    expect(await newest('origin:a1111')).toHaveLength(1);
  });
});
