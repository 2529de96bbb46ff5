import type { ImageId } from '../../../shared/ids';
import type { GalleryImage } from '../../../shared/gallery';
import { Recipe } from '../../../shared/recipe';
import type { StudioDatabase } from '../database/open-sqlite';

/** One row of the index: a file and what was read from it. */
export interface IndexedImage extends Pick<GalleryImage, 'id' | 'fileName' | 'width' | 'height' | 'recipe' | 'createdAt'> {
  /** Relative to the pictures folder, forward slashes. */
  readonly file: string;
  readonly size: number;
  readonly modifiedMs: number;
}

interface Row {
  readonly id: string;
  readonly file: string;
  readonly size: number;
  readonly modified_ms: number;
  readonly created_ms: number;
  readonly width: number;
  readonly height: number;
  readonly recipe: string | null;
}

const toImage = (row: Row): IndexedImage => ({
  // Ids were validated when they were written.
  id: row.id as ImageId,
  file: row.file,
  fileName: row.file.slice(row.file.lastIndexOf('/') + 1),
  size: row.size,
  modifiedMs: row.modified_ms,
  createdAt: row.created_ms,
  width: row.width,
  height: row.height,
  recipe: row.recipe === null ? null : Recipe.parse(JSON.parse(row.recipe)),
});

/** The SQLite index over the picture files. It holds nothing that the files do not tell. */
export interface ImageIndex {
  put(image: IndexedImage): void;
  putAll(images: readonly IndexedImage[]): void;
  remove(id: ImageId): void;
  get(id: ImageId): IndexedImage | null;
  /** Newest first; `before` pages on behind that picture. */
  list(limit: number, before: ImageId | null): readonly IndexedImage[];
  /** What is needed to tell which files have changed. */
  files(): ReadonlyMap<string, { readonly id: ImageId; readonly size: number; readonly modifiedMs: number }>;
}

export function createImageIndex(database: StudioDatabase): ImageIndex {
  const upsert = database.prepare(
    `INSERT INTO images (id, file, size, modified_ms, created_ms, width, height, recipe) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET file = excluded.file, size = excluded.size, modified_ms = excluded.modified_ms,
       created_ms = excluded.created_ms, width = excluded.width, height = excluded.height, recipe = excluded.recipe`,
  );
  const freeFile = database.prepare('DELETE FROM images WHERE file = ? AND id <> ?');
  const removeRow = database.prepare('DELETE FROM images WHERE id = ?');
  const getRow = database.prepare('SELECT * FROM images WHERE id = ?');
  const firstPage = database.prepare('SELECT * FROM images ORDER BY created_ms DESC, id DESC LIMIT ?');
  const nextPage = database.prepare(
    `SELECT * FROM images WHERE (created_ms, id) < (SELECT created_ms, id FROM images WHERE id = ?)
     ORDER BY created_ms DESC, id DESC LIMIT ?`,
  );
  const allFiles = database.prepare('SELECT id, file, size, modified_ms FROM images');

  const put = (image: IndexedImage): void => {
    freeFile.run(image.file, image.id);
    upsert.run(image.id, image.file, image.size, image.modifiedMs, image.createdAt, image.width, image.height, image.recipe === null ? null : JSON.stringify(image.recipe));
  };
  return {
    put,
    putAll: database.transaction((images: readonly IndexedImage[]) => images.forEach(put)),
    remove: (id) => {
      removeRow.run(id);
    },
    get: (id) => {
      const row = getRow.get(id) as Row | undefined;
      return row === undefined ? null : toImage(row);
    },
    list: (limit, before) => {
      const rows = before === null ? firstPage.all(limit) : nextPage.all(before, limit);
      return (rows as Row[]).map(toImage);
    },
    files: () =>
      new Map((allFiles.all() as Row[]).map((row) => [row.file, { id: row.id as ImageId, size: row.size, modifiedMs: row.modified_ms }])),
  };
}
