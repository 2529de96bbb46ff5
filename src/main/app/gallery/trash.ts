import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StudioError } from '../../../shared/errors';
import type { TrashedImage } from '../../../shared/gallery';
import { ImageId, type RootId } from '../../../shared/ids';
import { storageError } from '../../files/storage-error';
import { moveIntoPlace } from '../../files/write-file';

/**
 * The trash of one folder of pictures: a hidden folder in it, so that throwing away is one rename on the same disk.
 * `<id>~<path>` with `/` as `%2F`: the name alone is enough to restore. Earlier versions wrote `<id>__<path>` with `__`.
 */
export const TRASH_FOLDER = '.trash';
const ID_LENGTH = 36;

const encode = (file: string): string => file.replaceAll('%', '%25').replaceAll('/', '%2F');
const decode = (name: string): string => name.replaceAll('%2F', '/').replaceAll('%25', '%');

interface Entry {
  readonly id: ImageId;
  /** Where it lay, relative to its root. */
  readonly file: string;
  readonly path: string;
}

function readEntry(folder: string, name: string): Entry | null {
  const id = ImageId.safeParse(name.slice(0, ID_LENGTH));
  const rest = name.slice(ID_LENGTH);
  if (!id.success) return null;
  const file = rest.startsWith('~') ? decode(rest.slice(1)) : rest.startsWith('__') ? rest.slice(2).replaceAll('__', '/') : '';
  // A name from outside must not lead out of the folder.
  return file === '' || file.split('/').some((part) => part === '' || part === '..') ? null : { id: id.data, file, path: join(folder, name) };
}

export interface TrashRoot {
  readonly id: RootId;
  readonly path: string;
}

async function entriesOf(root: TrashRoot): Promise<readonly Entry[]> {
  const folder = join(root.path, TRASH_FOLDER);
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => readEntry(folder, name) ?? []);
}

/** @throws StudioError `storage-failed` naming the file. */
export async function moveToTrash(root: TrashRoot, { id, file }: { readonly id: ImageId; readonly file: string }): Promise<void> {
  const path = join(root.path, ...file.split('/'));
  const folder = join(root.path, TRASH_FOLDER);
  try {
    await mkdir(folder, { recursive: true });
    await rename(path, join(folder, `${id}~${encode(file)}`));
  } catch (caught) {
    throw storageError(caught, path, 'move to the trash');
  }
}

/** @returns the file's place relative to its root: the old one, or one beside it where that is taken. */
export async function restoreFromTrash(roots: readonly TrashRoot[], id: ImageId): Promise<{ readonly rootId: RootId; readonly file: string }> {
  for (const root of roots) {
    const entry = (await entriesOf(root)).find((candidate) => candidate.id === id);
    if (entry === undefined) continue;
    const wanted = join(root.path, ...entry.file.split('/'));
    await mkdir(dirname(wanted), { recursive: true }).catch((caught: unknown) => {
      throw storageError(caught, dirname(wanted), 'create the folder');
    });
    const path = await moveIntoPlace(entry.path, wanted);
    return { rootId: root.id, file: path.slice(root.path.length + 1).split('\\').join('/') };
  }
  throw new StudioError('image-missing', 'This picture is no longer in the trash.', { details: { id } });
}

/** Latest first. */
export async function listTrash(roots: readonly TrashRoot[]): Promise<readonly (TrashedImage & { readonly path: string })[]> {
  const listed: (TrashedImage & { readonly path: string })[] = [];
  for (const root of roots) {
    for (const { id, file, path } of await entriesOf(root)) {
      const info = await stat(path).catch(() => null);
      // A rename changes the time of the file's entry, not of its content.
      if (info !== null) listed.push({ id, fileName: file.slice(file.lastIndexOf('/') + 1), bytes: info.size, trashedAt: Math.round(info.ctimeMs), path });
    }
  }
  return listed.sort((a, b) => b.trashedAt - a.trashedAt);
}
