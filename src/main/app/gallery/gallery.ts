import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StudioError } from '../../../shared/errors';
import { OWN_ROOT, type ImageId } from '../../../shared/ids';
import { NO_MARKS, type GalleryImage } from '../../../shared/gallery';
import type { StagedImage } from '../../engine-protocol';
import type { DataFolders } from '../../files/data-folders';
import { pictureName } from '../../files/picture-name';
import { storageError } from '../../files/storage-error';
import { moveIntoPlace } from '../../files/write-file';
import type { ImageIndex, IndexedImage } from './image-index';
import { readPicture, syncIndex } from './scan-pictures';

/** Files, rows and the trash behind one door. The file in its place is the commit mark; the row follows. */
export interface Gallery {
  /** Clears what a crash left in staging and makes the index equal to the folder. */
  open(): Promise<void>;
  commit(staged: StagedImage): Promise<GalleryImage>;
  list(limit: number, before: ImageId | null): readonly GalleryImage[];
  get(id: ImageId): GalleryImage;
  /** Absolute paths for the scheme handler and the file manager. @throws StudioError `image-missing`. */
  pathOf(id: ImageId): string;
  thumbnailPathOf(id: ImageId): string;
  trash(id: ImageId): Promise<void>;
  restore(id: ImageId): Promise<GalleryImage>;
}

const toGalleryImage = ({ id, fileName, width, height, recipe, createdAt, modifiedMs, size }: IndexedImage): GalleryImage => ({
  id,
  rootId: OWN_ROOT,
  fileName,
  format: 'png',
  bytes: size,
  width,
  height,
  origin: recipe === null ? 'unknown' : 'palimpsest',
  recipe,
  foreign: null,
  marks: NO_MARKS,
  createdAt,
  modifiedAt: modifiedMs,
});

/** Trash keeps the month folder in the name, so that restoring needs no database. */
const TRASH_SEPARATOR = '__';

export function createGallery(folders: DataFolders, index: ImageIndex): Gallery {
  const find = (id: ImageId): IndexedImage => {
    const image = index.get(id);
    if (image === null) throw new StudioError('image-missing', 'This picture is no longer in the pictures folder.', { details: { id } });
    return image;
  };
  const trashName = (image: IndexedImage): string => `${image.id}${TRASH_SEPARATOR}${image.file.replaceAll('/', TRASH_SEPARATOR)}`;

  return {
    open: async () => {
      for (const name of await readdir(folders.staging)) await rm(join(folders.staging, name), { force: true, recursive: true });
      await syncIndex(folders.pictures, index);
    },
    commit: async (staged) => {
      const wanted = join(folders.pictures, pictureName(staged.recipe));
      await mkdir(dirname(wanted), { recursive: true }).catch((caught: unknown) => {
        throw storageError(caught, dirname(wanted), 'create the folder');
      });
      const path = await moveIntoPlace(staged.stagedPath, wanted);
      const info = await stat(path);
      const image: IndexedImage = {
        id: staged.imageId,
        file: path.slice(folders.pictures.length + 1).split('\\').join('/'),
        fileName: basename(path),
        size: info.size,
        modifiedMs: Math.round(info.mtimeMs),
        createdAt: Date.parse(staged.recipe.createdAt),
        width: staged.width,
        height: staged.height,
        recipe: staged.recipe,
      };
      index.put(image);
      return toGalleryImage(image);
    },
    list: (limit, before) => index.list(limit, before).map(toGalleryImage),
    get: (id) => toGalleryImage(find(id)),
    pathOf: (id) => join(folders.pictures, find(id).file),
    thumbnailPathOf: (id) => join(folders.thumbnails, `${id}.webp`),
    trash: async (id) => {
      const image = find(id);
      const path = join(folders.pictures, image.file);
      await rename(path, join(folders.trash, trashName(image))).catch((caught: unknown) => {
        throw storageError(caught, path, 'move to the trash');
      });
      index.remove(id);
    },
    restore: async (id) => {
      const name = (await readdir(folders.trash)).find((entry) => entry.startsWith(`${id}${TRASH_SEPARATOR}`));
      if (name === undefined) throw new StudioError('image-missing', 'This picture is no longer in the trash.', { details: { id } });
      const wanted = join(folders.pictures, ...name.slice(id.length + TRASH_SEPARATOR.length).split(TRASH_SEPARATOR));
      await mkdir(dirname(wanted), { recursive: true });
      const path = await moveIntoPlace(join(folders.trash, name), wanted);
      const image = await readPicture(folders.pictures, path.slice(folders.pictures.length + 1).split('\\').join('/'));
      if (image === null) throw new StudioError('image-invalid', `The picture ${path} cannot be read any more.`, { details: { path } });
      index.put(image);
      return toGalleryImage(image);
    },
  };
}
