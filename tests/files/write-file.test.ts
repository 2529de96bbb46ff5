import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { storageError } from '../../src/main/files/storage-error';
import { moveIntoPlace, writeAtomically, writeStaged } from '../../src/main/files/write-file';
import { tempFolder } from '../support/temp-folder';

describe('writing files', () => {
  it('never replaces a file that has the wanted name', async () => {
    const folder = tempFolder();
    const places: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      const staged = join(folder, 'staged');
      await writeStaged(staged, Buffer.from(text));
      places.push(await moveIntoPlace(staged, join(folder, 'a.b.png')));
    }
    expect(places.map((path) => path.slice(folder.length + 1))).toEqual(['a.b.png', 'a.b (2).png', 'a.b (3).png']);
    expect(await Promise.all(places.map((path) => readFile(path, 'utf8')))).toEqual(['one', 'two', 'three']);
    expect(await readdir(folder)).toHaveLength(3);
  });

  it('replaces a text in one step and leaves no temporary file', async () => {
    const path = join(tempFolder(), 'settings.json');
    await writeAtomically(path, 'old');
    await Promise.all(Array.from({ length: 20 }, (_, i) => writeAtomically(path, `new ${i}`)));
    expect(await readFile(path, 'utf8')).toMatch(/^new \d+$/);
    expect(await readdir(join(path, '..'))).toEqual(['settings.json']);
  });

  it('names the path and the remedy when the place cannot be written', async () => {
    const folder = tempFolder();
    await writeFile(join(folder, 'file'), '');
    await expect(writeAtomically(join(folder, 'file', 'x.json'), 'x')).rejects.toMatchObject({
      code: 'storage-failed',
      message: expect.stringContaining('choose another folder') as string,
    });
  });

  it('never touches a file that stands where the new one should go', async () => {
    const path = join(tempFolder(), 'a.png');
    await writeFile(path, 'mine');
    await expect(writeStaged(path, Buffer.from('other'))).rejects.toMatchObject({ code: 'storage-failed' });
    expect(await readFile(path, 'utf8')).toBe('mine');
  });

  it('turns a full disk into a sentence with a remedy', async () => {
    // /dev/full answers every write with ENOSPC, as a full disk does.
    const caught: unknown = await writeFile('/dev/full', 'x').catch((error: unknown) => error);
    expect(storageError(caught, '/pictures/a.png', 'write').message).toBe(
      'Could not write /pictures/a.png: the disk is full; free some space and try again.',
    );
  });
});
