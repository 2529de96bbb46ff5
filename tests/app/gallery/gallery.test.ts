import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openTestGallery } from '../../support/open-gallery';
import { ONE_PIXEL_PNG } from '../../support/samples';
import { tempFolder } from '../../support/temp-folder';

/** Opened, every file looked at, and closed when the test ends. */
async function setUp(root = tempFolder()) {
  const opened = await openTestGallery(root);
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (!isClosed) await opened.close();
    isClosed = true;
  };
  onTestFinished(close);
  await opened.library.settle(null);
  return { ...opened, close, root };
}

const second = (n: number): string => `2026-11-24T17:30:${String(n).padStart(2, '0')}.000Z`;
const removeDatabase = (path: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
};

describe('the gallery', () => {
  it('lists what was committed, newest first, page by page', async () => {
    const { gallery, library, stage } = await setUp();
    const images = [];
    for (let n = 0; n < 5; n++) images.push(await gallery.commit(stage({ createdAt: second(n) })));
    const newestFirst = images.reverse();
    const first = await library['gallery.list']({ limit: 2, before: null });
    expect([...first, ...(await library['gallery.list']({ limit: 10, before: first[1]?.id ?? null }))]).toEqual(newestFirst);
  });

  it('knows everything again from the files alone when the index is gone', async () => {
    const { gallery, stage, close, folders, root, list } = await setUp();
    for (let n = 0; n < 3; n++) await gallery.commit(stage({ createdAt: second(n), prompt: `picture ${n}` }));
    const before = await list();
    await close();
    removeDatabase(folders.database);
    expect(await (await setUp(root)).list()).toEqual(before);
  });

  it('sets a damaged index aside and reads the files again', async () => {
    const { gallery, stage, close, folders, root, list } = await setUp();
    await gallery.commit(stage());
    const before = await list();
    await close();
    removeDatabase(folders.database);
    writeFileSync(folders.database, 'this is no database at all, but long enough to be taken for one'.repeat(100));
    expect(await (await setUp(root)).list()).toEqual(before);
    expect(readdirSync(root).filter((name) => name.includes('.damaged-'))).toHaveLength(1);
  });

  it('shows no half file that a crash has left, names it as a problem, and clears the staging folder', async () => {
    const { gallery, stage, folders, root, close } = await setUp();
    const whole = await gallery.commit(stage());
    stage();
    copyFileSync((await gallery.placeOf(whole.id)).path, join(folders.pictures, 'half.png'));
    truncateSync(join(folders.pictures, 'half.png'), 60);
    await close();
    const { list, library } = await setUp(root);
    expect((await list()).map(({ id }) => id)).toEqual([whole.id]);
    expect(readdirSync(folders.staging)).toEqual([]);
    expect(readdirSync(folders.pictures)).toContain('half.png');
    expect(await library['gallery.problems'](null)).toEqual([{ file: join(folders.pictures, 'half.png'), reason: 'it is cut short' }]);
  });

  it('notices files that were added, renamed and deleted from outside', async () => {
    const { gallery, stage, folders, root, close } = await setUp();
    const kept = await gallery.commit(stage({ createdAt: second(1) }));
    const deleted = await gallery.commit(stage({ createdAt: second(2) }));
    const places = await gallery.places([kept.id, deleted.id]);
    renameSync(places[0]?.path ?? '', join(folders.pictures, 'renamed.png'));
    rmSync(places[1]?.path ?? '');
    mkdirSync(join(folders.pictures, 'holiday'));
    writeFileSync(join(folders.pictures, 'holiday', 'foreign.png'), ONE_PIXEL_PNG);
    await close();
    expect((await (await setUp(root)).list()).map(({ fileName, recipe }) => [fileName, recipe?.imageId ?? null]).sort()).toEqual([
      ['foreign.png', null],
      ['renamed.png', kept.id],
    ]);
  });

  it('gives a copy of a picture an id of its own, the same at every start, whichever file is seen first', async () => {
    const { gallery, stage, folders, root, close, library } = await setUp();
    const original = await gallery.commit(stage());
    const copy = join(folders.pictures, '0-copy.png');
    copyFileSync((await gallery.placeOf(original.id)).path, copy);
    utimesSync(copy, new Date(), new Date(Date.now() + 60_000));
    await library.settle(null);
    await close();
    const ids = async () => Object.fromEntries((await (await setUp(root)).list()).map(({ fileName, id }) => [fileName, id]));
    const first = await ids();
    expect(new Set(Object.values(first)).size).toBe(2);
    expect(first[original.fileName]).toBe(original.id);
    removeDatabase(folders.database);
    expect(await ids()).toEqual(first);
  });

  it('deletes into the trash and brings back the same picture with its marks', async () => {
    const { gallery, library, stage, list } = await setUp();
    const image = await gallery.commit(stage());
    await library['gallery.mark']({ imageIds: [image.id], patch: { rating: 4, addTags: ['keep'] } });
    const marked = await library['gallery.get']({ imageId: image.id });
    const { path } = await gallery.placeOf(image.id);
    expect(await gallery.trash([image.id])).toEqual({ trashed: [image.id], problems: [] });
    expect(await list()).toEqual([]);
    await expect(gallery.placeOf(image.id)).rejects.toThrow('no longer in the pictures folder');
    expect(await gallery.listTrash()).toMatchObject([{ id: image.id, fileName: image.fileName }]);
    expect((await gallery.restore([image.id])).images).toEqual([marked]);
    expect((await gallery.placeOf(image.id)).path).toBe(path);
  });

  it('restores from the trash of an earlier version, and names what is not there', async () => {
    const { gallery, stage, folders } = await setUp();
    const image = await gallery.commit(stage());
    const { path, file } = await gallery.placeOf(image.id);
    renameSync(path, join(folders.trash, `${image.id}__${file.replaceAll('/', '__')}`));
    expect((await gallery.restore([image.id])).images.map(({ id }) => id)).toEqual([image.id]);
    expect((await gallery.restore([image.id])).problems).toEqual([{ file: image.id, reason: 'This picture is no longer in the trash.' }]);
  });
});
