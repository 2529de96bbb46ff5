import type { SimilarImage } from '../../../shared/gallery';
import type { ImageId } from '../../../shared/ids';
import type { StudioDatabase } from '../database/open-sqlite';
import type { PictureRows } from './picture-rows';

/** Bits of 64 that may differ: beyond it two looks have little to do with each other (measured in the tests). */
const MAX_DISTANCE = 18;

const bits = (value: number): number => {
  let v = value - ((value >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
};

/** Differing bits of two looks of 16 hex digits. */
export const lookDistance = (a: string, b: string): number =>
  bits(Number.parseInt(a.slice(0, 8), 16) ^ Number.parseInt(b.slice(0, 8), 16)) + bits(Number.parseInt(a.slice(8), 16) ^ Number.parseInt(b.slice(8), 16));

export interface SimilarReader {
  similar(input: { readonly look: string; readonly imageId: ImageId | null; readonly limit: number }): readonly SimilarImage[];
  lookOf(id: ImageId): string | null;
  unlooked(limit: number): { readonly imageIds: readonly ImageId[]; readonly total: number };
}

/** Compares looks one by one: a hundred thousand of them are one walk over a list. */
export function createSimilar(database: StudioDatabase, rows: PictureRows): SimilarReader {
  const lookOf = database.prepare('SELECT look FROM looks WHERE id = ?');
  const looks = database.prepare('SELECT l.id, l.look FROM looks l JOIN images i ON i.id = l.id').raw();
  const sameRecipe = database.prepare('SELECT id FROM images WHERE recipe_hash = (SELECT recipe_hash FROM images WHERE id = ?) LIMIT 500');
  const waiting = 'FROM images i LEFT JOIN looks l ON l.id = i.id WHERE l.id IS NULL';
  return {
    lookOf: (id) => (lookOf.get(id) as { readonly look: string } | undefined)?.look ?? null,
    unlooked: (limit) => ({
      imageIds: (database.prepare(`SELECT i.id ${waiting} ORDER BY i.created_ms DESC LIMIT ?`).all(limit) as { readonly id: ImageId }[]).map((row) => row.id),
      total: (database.prepare(`SELECT COUNT(*) AS total ${waiting}`).get() as { readonly total: number }).total,
    }),
    similar: ({ look, imageId, limit }) => {
      const same = new Set(imageId === null ? [] : (sameRecipe.all(imageId) as { readonly id: ImageId }[]).map((row) => row.id));
      const near: { readonly id: ImageId; readonly distance: number }[] = [];
      const far = new Set(same);
      for (const [id, other] of looks.all() as [ImageId, string][]) {
        const distance = lookDistance(look, other);
        if (distance > MAX_DISTANCE && !same.has(id)) continue;
        near.push({ id, distance });
        far.delete(id);
      }
      // The same recipe counts although its picture has not been looked at yet.
      for (const id of far) near.push({ id, distance: 64 });
      const best = near.filter(({ id }) => id !== imageId).sort((a, b) => a.distance - b.distance).slice(0, limit);
      const images = new Map(rows.byIds(best.map(({ id }) => id)).map((image) => [image.id, image]));
      return best.flatMap(({ id, distance }) => {
        const image = images.get(id);
        return image === undefined ? [] : [{ image, distance, isSameRecipe: same.has(id) }];
      });
    },
  };
}
