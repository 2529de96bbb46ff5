import { StudioError } from '../../../shared/errors';
import type { GalleryImage } from '../../../shared/gallery';
import type { BoardId, ImageId, RootId } from '../../../shared/ids';
import type { StudioDatabase } from '../database/open-sqlite';
import { toGalleryImage, type ImageRow } from './row-values';

/** Reads single pictures out of the index. */
export interface PictureRows {
  byNumbers(numbers: ArrayLike<number>): readonly GalleryImage[];
  /** Those that are there, in the order of the ids. */
  byIds(ids: readonly ImageId[]): readonly GalleryImage[];
  /** @throws StudioError `image-missing`. */
  get(id: ImageId): GalleryImage;
  numberOf(id: ImageId): number | null;
  idsOf(numbers: ArrayLike<number>): readonly ImageId[];
  filesOf(ids: readonly ImageId[]): readonly { readonly id: ImageId; readonly rootId: RootId; readonly file: string; readonly modifiedMs: number; readonly format: GalleryImage['format'] }[];
  at(place: { readonly rootId: RootId; readonly file: string }): GalleryImage | null;
}

const SELECT = `SELECT i.n, i.id, i.root_id, i.file, i.bytes, i.modified_ms, i.created_ms, i.width, i.height, i.format, i.origin, i.rating, i.label, i.name,
  d.recipe, d.foreign_settings, d.tags FROM images i JOIN details d ON d.n = i.n`;

export function createPictureRows(database: StudioDatabase, boardsOf: (id: ImageId) => readonly BoardId[]): PictureRows {
  const byNumbers = database.prepare(`${SELECT} WHERE i.n IN (SELECT value FROM json_each(?))`);
  const byIds = database.prepare(`${SELECT} WHERE i.id IN (SELECT value FROM json_each(?))`);
  const byPlace = database.prepare(`${SELECT} WHERE i.root_id = ? AND i.file = ?`);
  const numberOf = database.prepare('SELECT n FROM images WHERE id = ?');
  const idsOf = database.prepare('SELECT n, id FROM images WHERE n IN (SELECT value FROM json_each(?))');
  const filesOf = database.prepare('SELECT id, root_id AS rootId, file, modified_ms AS modifiedMs, format FROM images WHERE id IN (SELECT value FROM json_each(?))');
  const toImage = (row: ImageRow): GalleryImage => toGalleryImage(row, boardsOf(row.id));
  const inOrder = <K, T>(keys: readonly K[], rows: readonly T[], keyOf: (row: T) => K): readonly T[] => {
    const found = new Map(rows.map((row) => [keyOf(row), row]));
    return keys.flatMap((key) => found.get(key) ?? []);
  };
  const list = (numbers: ArrayLike<number>): string => JSON.stringify(Array.from(numbers));

  return {
    byNumbers: (numbers) => inOrder(Array.from(numbers), byNumbers.all(list(numbers)) as ImageRow[], (row) => row.n).map(toImage),
    byIds: (ids) => inOrder(ids, byIds.all(JSON.stringify(ids)) as ImageRow[], (row) => row.id).map(toImage),
    get: (id) => {
      const [row] = byIds.all(JSON.stringify([id])) as ImageRow[];
      if (row === undefined) throw new StudioError('image-missing', 'This picture is no longer in the pictures folder.', { details: { id } });
      return toImage(row);
    },
    numberOf: (id) => (numberOf.get(id) as { readonly n: number } | undefined)?.n ?? null,
    idsOf: (numbers) => inOrder(Array.from(numbers), idsOf.all(list(numbers)) as { readonly n: number; readonly id: ImageId }[], (row) => row.n).map(({ id }) => id),
    filesOf: (ids) => inOrder(ids, filesOf.all(JSON.stringify(ids)) as ReturnType<PictureRows['filesOf']>, (row) => row.id),
    at: ({ rootId, file }) => {
      const row = byPlace.get(rootId, file) as ImageRow | undefined;
      return row === undefined ? null : toImage(row);
    },
  };
}
