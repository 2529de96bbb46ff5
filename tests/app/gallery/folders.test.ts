import { existsSync, mkdirSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recipeTexts } from '../../../src/main/files/recipe-text';
import type { GalleryImage } from '../../../src/shared/gallery';
import { A1111_TEXT, pngWith } from '../../support/foreign-pictures';
import { anImageId, aRecipe } from '../../support/samples';
import { tempFolder } from '../../support/temp-folder';
import { edit, setUp } from './open-library';

describe('folders', () => {
  it('are shown where they lie, unplugged without a loss, moved and taken out again', async () => {
    const { write, settle, library, root, ask } = await setUp();
    write('own.png');
    const drive = join(root, 'drive');
    mkdirSync(join(drive, 'deep'), { recursive: true });
    writeFileSync(join(drive, 'deep', 'there.png'), pngWith({ parameters: A1111_TEXT }));
    const { rootId } = await library.addRoot({ path: drive });
    await settle();
    expect(await ask('')).toEqual(['own', 'there']);
    await expect(library.addRoot({ path: join(drive, 'deep') })).rejects.toThrow('shares pictures');
    const [there] = await library['gallery.list']({ limit: 1, before: null });
    await library['gallery.mark']({ imageIds: [there?.id ?? anImageId()], patch: { rating: 5 } });
    renameSync(drive, join(root, 'unplugged'));
    await settle();
    expect(await ask('rating:5')).toEqual(['there']);
    expect(await library['roots.list'](null)).toMatchObject([{ isOwn: true, count: 1 }, { id: rootId, isAvailable: false, count: 1 }]);
    await library.moveRoot({ rootId, path: join(root, 'unplugged') });
    await settle();
    expect((await library.places({ imageIds: [there?.id ?? anImageId()] }))[0]?.path).toBe(join(root, 'unplugged', 'deep', 'there.png'));
    await library['roots.remove']({ rootId });
    expect(await ask('')).toEqual(['own']);
    expect(existsSync(join(root, 'unplugged', 'deep', 'there.png'))).toBe(true);
    await library.addRoot({ path: join(root, 'unplugged') });
    await settle();
    expect(await ask('rating:5')).toEqual(['there']);
    await expect(library['roots.remove']({ rootId: 'own' as typeof rootId })).rejects.toThrow('stays in the gallery');
  });

  it('are watched: files that come, change, move and go are noticed within seconds', async () => {
    const { write, settle, ask, folders, library } = await setUp(tempFolder(), { isWatching: true });
    write('first.png', { prompt: 'one' });
    await settle();
    const id = write('2027-01/new.png', { prompt: 'two' });
    await expect.poll(() => ask(''), { timeout: 15_000 }).toEqual(['first', 'new']);
    await library['gallery.mark']({ imageIds: [id], patch: { rating: 4 } });
    renameSync(join(folders.pictures, '2027-01'), join(folders.pictures, 'moved'));
    await expect.poll(async () => (await library.places({ imageIds: [id] }))[0]?.file, { timeout: 15_000 }).toBe('moved/new.png');
    expect(await ask('rating:4')).toEqual(['new']);
    rmSync(join(folders.pictures, 'first.png'));
    await expect.poll(() => ask(''), { timeout: 15_000 }).toEqual(['new']);
    rmSync(join(folders.pictures, 'moved'), { recursive: true });
    await expect.poll(() => ask(''), { timeout: 15_000 }).toEqual([]);
  });

  it('list each of 500 damaged files with its reason, and show the whole ones among them', async () => {
    const { write, settle, library, folders, ask } = await setUp();
    const whole = pngWith(recipeTexts(aRecipe()));
    const damages: readonly (readonly [string, Buffer, string])[] = [
      ['cut.png', whole.subarray(0, whole.length - 20), 'it is cut short'],
      ['empty.png', Buffer.alloc(0), 'it is empty'],
      ['text.jpg', Buffer.from('this is no picture at all'), 'it is no PNG, JPEG, WebP or AVIF file'],
      ['head.png', Buffer.concat([whole.subarray(0, 8), Buffer.from('nonsense'.repeat(10))]), 'its header is damaged'],
      ['zero.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 2, 0xff, 0xd9]), 'it tells no size'],
    ];
    for (let n = 0; n < 100; n++) {
      for (const [name, bytes] of damages) writeFileSync(join(folders.pictures, `${n}-${name}`), bytes);
      if (n % 20 === 0) write(`whole-${n}.png`);
    }
    await settle();
    const problems = await library['gallery.problems'](null);
    expect(problems).toHaveLength(500);
    for (const [name, , reason] of damages) expect(problems.filter(({ file }) => file.endsWith(`-${name}`)).map((problem) => problem.reason)).toEqual(Array(100).fill(reason));
    expect(await ask('')).toEqual(['whole-0', 'whole-20', 'whole-40', 'whole-60', 'whole-80']);
    // A damaged file that is mended is a problem no longer.
    writeFileSync(join(folders.pictures, '7-cut.png'), whole);
    await settle();
    expect(await library['gallery.problems'](null)).toHaveLength(499);
    truncateSync(join(folders.pictures, '7-cut.png'), 50);
    utimesSync(join(folders.pictures, '7-cut.png'), new Date(), new Date(Date.now() + 5000));
    await settle();
    expect(await library['gallery.problems'](null)).toHaveLength(500);
    expect(await ask('')).toHaveLength(5);
  });
});

describe('the family of a picture', () => {
  it('is walked in both directions, with what is missing named', async () => {
    const { write, settle, library } = await setUp();
    const gone = anImageId();
    const a = write('a.png', { createdAt: '2026-01-01T00:00:00.000Z' });
    const b = write('b.png', { kind: 'img2img', edit: edit([a, gone], false), createdAt: '2026-01-02T00:00:00.000Z' });
    const c = write('c.png', { kind: 'inpaint', edit: edit([b], true), createdAt: '2026-01-03T00:00:00.000Z' });
    const d = write('d.png', { kind: 'inpaint', edit: edit([b, c], true), createdAt: '2026-01-04T00:00:00.000Z' });
    write('stranger.png');
    await settle();
    const { nodes, edges, missing, isCut } = await library['gallery.lineage']({ imageId: c });
    expect(nodes.map(({ id }: GalleryImage) => id).sort()).toEqual([a, b, c, d].sort());
    expect(edges).toHaveLength(5);
    expect(edges).toContainEqual({ parentId: b, childId: c, relation: 'inpaint', documentId: null });
    expect([missing, isCut]).toEqual([[gone], false]);
    expect((await library.branch({ imageId: a })).map(({ id }) => id)).toEqual([a, b, c, d]);
    expect((await library.branch({ imageId: c })).map(({ id }) => id)).toEqual([c, d]);
  });
});

describe('likeness', () => {
  it('is near for pictures alike, and counts the same recipe', async () => {
    const { write, settle, library } = await setUp();
    const [a, b, c] = [write('a.png', { seed: 1 }), write('b.png', { seed: 2 }), write('c.png', { prompt: 'another' })];
    await settle();
    await library.putLooks({ looks: [{ imageId: a, look: 'ffffffff00000000' }, { imageId: c, look: 'ffffffff0000000f' }] });
    expect(await library.unlooked({ limit: 9 })).toEqual({ imageIds: [b], total: 1 });
    const matches = await library.similar({ look: 'ffffffff00000000', imageId: a, limit: 9 });
    expect(matches.map(({ image, distance, isSameRecipe }) => [image.id, distance, isSameRecipe])).toEqual([[c, 4, false], [b, 64, true]]);
    expect(await library.similar({ look: '00000000ffffffff', imageId: null, limit: 9 })).toEqual([]);
  });
});
