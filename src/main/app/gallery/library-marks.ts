import { StudioError } from '../../../shared/errors';
import type { FileProblem, Marks } from '../../../shared/gallery';
import type { ImageId } from '../../../shared/ids';
import { writeMarksInto } from '../../files/write-marks';
import { readMeta, writeMeta } from '../database/database';
import type { StudioDatabase } from '../database/open-sqlite';
import type { IndexWriter } from './index-writer';
import type { Library } from './library-calls';
import type { LibraryParts } from './library-parts';
import { patched, withoutBoards } from './marking';
import type { MarksStore, OwnMarks } from './marks-database';
import { joinRoot } from './roots';

/** Makes the copies of marks in the index equal to `marks.db`, when one of the two has missed something. */
export function bringMarksUpToDate(database: StudioDatabase, store: MarksStore, writer: IndexWriter): void {
  const revision = String(store.revision());
  if (readMeta(database, 'marks') === revision) return;
  const marks = store.getAll();
  const marked = database.prepare('SELECT i.id FROM images i JOIN details d ON d.n = i.n WHERE i.rating > 0 OR i.label IS NOT NULL OR i.name IS NOT NULL OR d.tags IS NOT NULL').all() as { readonly id: ImageId }[];
  const ids = new Set([...marks.keys(), ...marked.map(({ id }) => id)]);
  writer.applyMarks([...ids].map((imageId) => ({ imageId, marks: marks.get(imageId) ?? null })));
  writeMeta(database, 'marks', revision);
}

/** Everything that the user says of pictures. */
export function libraryMarks({ database, store, writer, rows, touch, roots }: LibraryParts) {
  const current = (id: ImageId): OwnMarks => withoutBoards(rows.get(id).marks);
  const put = (entries: readonly { readonly imageId: ImageId; readonly marks: OwnMarks }[]): void => {
    // First what is precious; should the power go here, the next start brings the index up to date.
    store.putAll(entries);
    writer.applyMarks(entries);
    writeMeta(database, 'marks', String(store.revision()));
    touch(entries.map(({ imageId }) => imageId));
  };
  return {
    'gallery.mark': async ({ imageIds, patch }) => {
      const images = rows.byIds(imageIds);
      put(images.map((image) => ({ imageId: image.id, marks: patched(withoutBoards(image.marks), patch) })));
      return { before: images.map((image) => ({ imageId: image.id, marks: image.marks })) };
    },
    'gallery.setMarks': async ({ marks }) => {
      put(marks.map((entry: { readonly imageId: ImageId; readonly marks: Marks }) => ({ imageId: entry.imageId, marks: withoutBoards(entry.marks) })));
      return null;
    },
    'gallery.writeMarks': async ({ imageIds }) => {
      const problems: FileProblem[] = [];
      let written = 0;
      for (const { id, rootId, file } of rows.filesOf(imageIds)) {
        const path = joinRoot(roots.pathOf(rootId) ?? '', file);
        try {
          await writeMarksInto(path, current(id));
          await roots.noteFiles(rootId, [file]);
          written += 1;
        } catch (caught) {
          problems.push({ file, reason: StudioError.fromCaught(caught).message });
        }
      }
      return { written, problems };
    },
  } satisfies Partial<Library>;
}

/** Boards and saved searches. */
export function libraryBoards({ database, store, boards, touch }: LibraryParts) {
  /** Boards are in no column of the index, so its copy stays true. */
  const afterBoards = (imageIds: readonly ImageId[] | 'all'): null => {
    writeMeta(database, 'marks', String(store.revision()));
    touch(imageIds);
    return null;
  };
  return {
    'boards.list': async () => boards.list(),
    'boards.create': async ({ name, query }) => {
      const board = boards.create(name, query);
      afterBoards([]);
      return board;
    },
    'boards.rename': async ({ boardId, name }) => {
      boards.rename(boardId, name);
      return afterBoards([]);
    },
    'boards.remove': async ({ boardId }) => {
      boards.remove(boardId);
      return afterBoards('all');
    },
    'boards.setPictures': async ({ boardId, add, remove }) => {
      boards.setPictures(boardId, { add, remove });
      return afterBoards([...add, ...remove]);
    },
    'searches.list': async () => store.searches(),
    'searches.save': async (search) => {
      store.putSearch(search);
      return afterBoards([]);
    },
    'searches.remove': async ({ searchId }) => {
      store.removeSearch(searchId);
      return afterBoards([]);
    },
  } satisfies Partial<Library>;
}
