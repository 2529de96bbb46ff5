import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageId } from '../../../shared/ids';
import { readPngFacts } from '../../files/png-text';
import { recipeOf } from '../../files/recipe-text';
import type { ImageIndex, IndexedImage } from './image-index';

/** A picture without our recipe gets an id from its place, so that the same file keeps the same id. */
function idFromPlace(file: string): ImageId {
  const hex = createHash('sha256').update(file).digest('hex');
  return ImageId.parse([hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-'));
}

/** Reads one picture file into an index row; null when it is damaged or still being written by someone else. */
export async function readPicture(folder: string, file: string): Promise<IndexedImage | null> {
  const path = join(folder, file);
  try {
    const [facts, info] = [await readPngFacts(path), await stat(path)];
    const recipe = recipeOf(facts);
    return {
      id: recipe?.imageId ?? idFromPlace(file),
      file,
      fileName: file.slice(file.lastIndexOf('/') + 1),
      size: info.size,
      modifiedMs: Math.round(info.mtimeMs),
      createdAt: recipe === null ? Math.round(info.mtimeMs) : Date.parse(recipe.createdAt),
      width: facts.width,
      height: facts.height,
      recipe,
    };
  } catch {
    // A file that cannot be read is left where it is and simply not shown; it is not ours to touch.
    return null;
  }
}

async function listPngs(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => {
    if (!entry.isFile() || !entry.name.toLowerCase().endsWith('.png')) return [];
    const file = join(entry.parentPath, entry.name).slice(folder.length + 1).split('\\').join('/');
    // Staging and trash begin with a dot.
    return file.startsWith('.') ? [] : [file];
  });
}

/** A copy carries the recipe, and so the id, of its original; the first file keeps it, the copy gets one of its own. */
function withOwnId(row: IndexedImage, holders: Map<ImageId, string>): IndexedImage {
  const holder = holders.get(row.id);
  const own = holder === undefined || holder === row.file ? row : { ...row, id: idFromPlace(row.file) };
  holders.set(own.id, own.file);
  return own;
}

const BATCH = 64;

/**
 * Makes the index equal to the folder: new and changed files are read, rows without a file are dropped.
 * Reads in small batches between which other work gets its turn.
 */
export async function syncIndex(folder: string, index: ImageIndex): Promise<{ readonly added: number; readonly removed: number }> {
  const files = await listPngs(folder);
  const present = new Set(files);
  const known = index.files();
  const gone = [...known].filter(([file]) => !present.has(file));
  for (const [, { id }] of gone) index.remove(id);
  const holders = new Map([...known].filter(([file]) => present.has(file)).map(([file, { id }]) => [id, file]));
  let added = 0;
  for (let start = 0; start < files.length; start += BATCH) {
    const read = await Promise.all(
      files.slice(start, start + BATCH).map(async (file) => {
        const row = known.get(file);
        const info = await stat(join(folder, file)).catch(() => null);
        if (info === null) return null;
        if (row?.size === info.size && row.modifiedMs === Math.round(info.mtimeMs)) return null;
        return readPicture(folder, file);
      }),
    );
    const rows = read.filter((row) => row !== null).map((row) => withOwnId(row, holders));
    index.putAll(rows);
    added += rows.length;
  }
  return { added, removed: gone.length };
}
