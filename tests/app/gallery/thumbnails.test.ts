import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createThumbnails } from '../../../src/main/app/gallery/thumbnails';
import { ImageId } from '../../../src/shared/ids';
import { tempFolder } from '../../support/temp-folder';

const source = (number: number) => ({ id: ImageId.parse(`${number.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`), path: 'a.png', modifiedMs: 1 });

describe('createThumbnails', () => {
  it('makes a thumbnail once, and brings what an earlier life left below the limit, least used first', async () => {
    const folder = tempFolder();
    const old = join(folder, '256', 'zz');
    mkdirSync(old, { recursive: true });
    for (const n of [1, 2, 3]) {
      writeFileSync(join(old, `${String(n)}.webp`), new Uint8Array(400));
      utimesSync(join(old, `${String(n)}.webp`), n, n);
    }
    const make = vi.fn(async (_: unknown, target: string) => { writeFileSync(target, new Uint8Array(100)); });
    const thumbnails = createThumbnails({ folder, limitBytes: 1000, make, now: Date.now });
    const path = await thumbnails.get(source(1), 256);
    expect(await thumbnails.get(source(1), 256)).toBe(path);
    expect(make).toHaveBeenCalledTimes(1);
    // 1,300 bytes are there: the oldest must go.
    await expect.poll(async () => (await readdir(old)).sort()).toEqual(['2.webp', '3.webp']);
    expect(existsSync(path)).toBe(true);
  });

  it('refuses when the picture cannot be made small', async () => {
    const thumbnails = createThumbnails({ folder: tempFolder(), limitBytes: 1000, make: () => Promise.reject(new Error('torn')), now: Date.now });
    await expect(thumbnails.get(source(2), 128)).rejects.toThrow('torn');
  });
});
