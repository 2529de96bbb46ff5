import { NEWEST_FIRST } from '../../../shared/gallery';
import { bytesSource } from '../../files/metadata/byte-source';
import { readPicture } from '../../files/metadata/picture-file';
import type { Library } from './library-calls';
import type { LibraryParts } from './library-parts';
import { createLineage } from './lineage';
import { createSimilar } from './similar';
import { createSuggest } from './suggest';

/** Everything that only reads the index. */
export function libraryQueries({ rows, results, revision, database, boards }: LibraryParts) {
  const suggest = createSuggest({ database, boards: () => boards.list(), count: (text) => results.count(text) });
  return {
    'gallery.list': async ({ limit, before }) => {
      const newest = results.ordered(NEWEST_FIRST);
      const n = before === null ? null : rows.numberOf(before);
      const from = n === null ? 0 : newest.indexOf(n) + 1;
      return rows.byNumbers(newest.subarray(from, from + limit));
    },
    'gallery.page': async ({ query, offset, limit }) => {
      const found = results.ordered(query);
      return { total: found.length, images: rows.byNumbers(found.subarray(offset, offset + limit)), revision: revision() };
    },
    'gallery.aspects': async ({ query }) => ({ revision: revision(), aspects: results.aspects(query) }),
    'gallery.ids': async ({ query, offset, limit }) => rows.idsOf(results.ordered(query).subarray(offset, offset + limit)),
    'gallery.neighbours': async ({ query, imageId }) => {
      const found = results.ordered(query);
      const n = rows.numberOf(imageId);
      const index = n === null ? -1 : found.indexOf(n);
      if (index === -1) return { index: null, previous: null, next: null };
      const [previous = null] = rows.idsOf(found.subarray(Math.max(0, index - 1), index));
      const [next = null] = rows.idsOf(found.subarray(index + 1, index + 2));
      return { index, previous, next };
    },
    'gallery.get': async ({ imageId }) => rows.get(imageId),
    images: async ({ imageIds }) => rows.byIds(imageIds),
    readBytes: async ({ bytes }) => readPicture(bytesSource(bytes)),
    'gallery.suggest': async ({ text, caret }) => suggest(text, caret),
  } satisfies Partial<Library>;
}

/** How pictures are related: by descent and by looks. */
export function libraryRelations({ database, rows, writer }: LibraryParts) {
  const { lineage, branch } = createLineage(database, rows);
  const { similar, lookOf, unlooked } = createSimilar(database, rows);
  return {
    'gallery.lineage': async ({ imageId }) => lineage(imageId),
    branch: async ({ imageId }) => branch(imageId),
    similar: async (input) => similar(input),
    lookOf: async ({ imageId }) => lookOf(imageId),
    unlooked: async ({ limit }) => unlooked(limit),
    putLooks: async ({ looks }) => {
      writer.putLooks(looks);
      return null;
    },
  } satisfies Partial<Library>;
}
