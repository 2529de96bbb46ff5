import { randomUUID } from 'node:crypto';
import { StudioError } from '../../../shared/errors';
import { OWN_ROOT, RootId, type ImageId } from '../../../shared/ids';
import { writeMeta } from '../database/database';
import type { Library } from './library-calls';
import type { LibraryParts } from './library-parts';
import { joinRoot } from './roots';

/** The folders that the gallery shows. */
export function libraryRoots({ database, store, writer, roots, touch }: LibraryParts) {
  const countIn = database.prepare('SELECT COUNT(*) AS count FROM images WHERE root_id = ?');
  const refuseOwn = (rootId: RootId): void => {
    if (rootId === OWN_ROOT) throw new StudioError('invalid-request', 'The studio’s own pictures folder stays in the gallery.');
  };
  /** Roots are in no column that marks are copied to, so the index stays true. */
  const noteRevision = (): void => writeMeta(database, 'marks', String(store.revision()));
  return {
    'roots.list': async () =>
      roots.list().map(({ id, path }) => ({ id, path, isOwn: id === OWN_ROOT, isAvailable: roots.isAvailable(id), count: (countIn.get(id) as { readonly count: number }).count })),
    'roots.remove': async ({ rootId }) => {
      refuseOwn(rootId);
      store.removeRoot(rootId);
      writer.removeRoot(rootId);
      noteRevision();
      await roots.watch();
      touch('all');
      return null;
    },
    addRoot: async ({ path }) => {
      const inside = roots.list().find((root) => path === root.path || path.startsWith(`${root.path}/`) || root.path.startsWith(`${path}/`));
      if (inside !== undefined) throw new StudioError('invalid-request', `The folder ${path} shares pictures with ${inside.path}, which the gallery shows already; choose another folder.`, { details: { path } });
      const rootId = RootId.parse(randomUUID());
      store.putRoot({ id: rootId, path });
      noteRevision();
      void roots.scan();
      return { rootId };
    },
    moveRoot: async ({ rootId, path }) => {
      refuseOwn(rootId);
      store.putRoot({ id: rootId, path });
      noteRevision();
      void roots.scan();
      return null;
    },
  } satisfies Partial<Library>;
}

/** Files in them. */
export function libraryFiles({ database, writer, rows, roots, went }: LibraryParts) {
  const countIn = database.prepare('SELECT COUNT(*) AS count FROM images WHERE root_id = ?');
  return {
    'gallery.problems': async () =>
      (database.prepare('SELECT root_id, file, reason FROM problems ORDER BY root_id, file').all() as { readonly root_id: RootId; readonly file: string; readonly reason: string }[]).map((row) => ({
        file: joinRoot(roots.pathOf(row.root_id) ?? '', row.file),
        reason: row.reason,
      })),
    'gallery.rebuild': async () => {
      writer.forgetTimes();
      void roots.scan();
      return null;
    },
    noteFiles: async ({ rootId, files: names }) => {
      await roots.noteFiles(rootId, names);
      return names.flatMap((file) => rows.at({ rootId, file }) ?? []);
    },
    forgetFiles: async ({ rootId, files: names }) => {
      const { removed } = writer.sync({ pictures: [], problems: [], gone: names.map((file) => ({ rootId, file })) });
      went(removed);
      return null;
    },
    noteDamage: async ({ imageId, reason }) => {
      for (const { rootId, file, modifiedMs } of rows.filesOf([imageId])) writer.noteDamage({ rootId, file, bytes: 0, modifiedMs, reason });
      return null;
    },
    places: async ({ imageIds }) => rows.filesOf(imageIds).map((row) => ({ ...row, path: joinRoot(roots.pathOf(row.rootId) ?? '', row.file) })),
    freshen: async () => {
      const { count } = countIn.get(OWN_ROOT) as { readonly count: number };
      // A new index knows nothing of older months either.
      await (count === 0 ? roots.scan() : roots.freshen());
      return null;
    },
    picturesOfJob: async ({ jobId }) => {
      // Copies carry the id of their original and count once.
      const found = database.prepare('SELECT COALESCE(shared_id, id) AS id FROM images WHERE job_id = ? GROUP BY 1 ORDER BY MIN(created_ms)').all(jobId) as { readonly id: ImageId }[];
      return found.map(({ id }) => id);
    },
  } satisfies Partial<Library>;
}
