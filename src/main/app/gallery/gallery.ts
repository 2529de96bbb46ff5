import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StudioError } from '../../../shared/errors';
import type { FileProblem, GalleryImage, TrashedImage } from '../../../shared/gallery';
import { OWN_ROOT, type ImageId } from '../../../shared/ids';
import type { StagedImage } from '../../engine-protocol';
import type { DataFolders } from '../../files/data-folders';
import { pictureName } from '../../files/picture-name';
import { storageError } from '../../files/storage-error';
import { moveIntoPlace } from '../../files/write-file';
import type { Library, PicturePlace } from './library-calls';
import type { ThumbnailSource } from './thumbnails';
import { listTrash, moveToTrash, restoreFromTrash, type TrashRoot } from './trash';

/**
 * What main does to the pictures' files. The file in its place is the commit mark; the library is told afterwards, and
 * would find out by itself.
 */
export interface Gallery {
  /** Clears what a crash left in staging. */
  open(): Promise<void>;
  commit(staged: StagedImage): Promise<GalleryImage>;
  /** One of the pictures committed last, at once; null when it is too long ago. */
  committed(id: ImageId): GalleryImage | null;
  /** @throws StudioError `image-missing`. */
  get(id: ImageId): Promise<GalleryImage>;
  /** Those that are there, in order. */
  getAll(ids: readonly ImageId[]): Promise<readonly GalleryImage[]>;
  /** For the scheme handler and the file manager. @throws StudioError `image-missing`. */
  placeOf(id: ImageId): Promise<PicturePlace>;
  places(ids: readonly ImageId[]): Promise<readonly PicturePlace[]>;
  /** Pictures in the trash have thumbnails, too. @throws StudioError `image-missing`. */
  thumbnailSource(id: ImageId): Promise<ThumbnailSource>;
  trash(ids: readonly ImageId[]): Promise<{ readonly trashed: readonly ImageId[]; readonly problems: readonly FileProblem[] }>;
  restore(ids: readonly ImageId[]): Promise<{ readonly images: readonly GalleryImage[]; readonly problems: readonly FileProblem[] }>;
  listTrash(): Promise<readonly (TrashedImage & { readonly path: string })[]>;
}

/** More than one job makes. */
const LATEST = 64;

const problemOf = (file: string, caught: unknown): FileProblem => ({ file, reason: StudioError.fromCaught(caught).message });
const missing = (id: ImageId): StudioError => new StudioError('image-missing', 'This picture is no longer in the pictures folder.', { details: { id } });

async function clearStaging(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { force: true, recursive: true });
}

interface TrashParts {
  readonly library: Library;
  roots(): Promise<readonly TrashRoot[]>;
  places(ids: readonly ImageId[]): Promise<readonly PicturePlace[]>;
}

function trashParts({ library, roots, places }: TrashParts): Pick<Gallery, 'trash' | 'restore'> {
  return {
    trash: async (ids) => {
      const paths = new Map((await roots()).map((root) => [root.id, root]));
      const found = await places(ids);
      const trashed: ImageId[] = [];
      const known = new Set(found.map(({ id }) => id));
      const problems: FileProblem[] = ids.filter((id) => !known.has(id)).map((id) => problemOf(id, missing(id)));
      for (const place of found) {
        const root = paths.get(place.rootId);
        try {
          if (root === undefined) throw missing(place.id);
          await moveToTrash(root, place);
          await library.forgetFiles({ rootId: place.rootId, files: [place.file] });
          trashed.push(place.id);
        } catch (caught) {
          problems.push(problemOf(place.path, caught));
        }
      }
      return { trashed, problems };
    },
    restore: async (ids) => {
      const known = await roots();
      const images: GalleryImage[] = [];
      const problems: FileProblem[] = [];
      for (const id of ids) {
        try {
          const { rootId, file } = await restoreFromTrash(known, id);
          const [image] = await library.noteFiles({ rootId, files: [file] });
          if (image === undefined) throw new StudioError('image-invalid', `The picture ${file} cannot be read any more.`, { details: { path: file } });
          images.push(image);
        } catch (caught) {
          problems.push(problemOf(id, caught));
        }
      }
      return { images, problems };
    },
  };
}

export function createGallery(folders: DataFolders, library: Library): Gallery {
  const roots = async (): Promise<readonly TrashRoot[]> => library['roots.list'](null);
  const places = (imageIds: readonly ImageId[]): Promise<readonly PicturePlace[]> => library.places({ imageIds });
  const placeOf = async (id: ImageId): Promise<PicturePlace> => {
    const [place] = await places([id]);
    if (place === undefined) throw missing(id);
    return place;
  };

  const latest = new Map<ImageId, GalleryImage>();

  return {
    open: () => clearStaging(folders.staging),
    commit: async (staged) => {
      const wanted = join(folders.pictures, pictureName(staged.recipe));
      await mkdir(dirname(wanted), { recursive: true }).catch((caught: unknown) => {
        throw storageError(caught, dirname(wanted), 'create the folder');
      });
      const path = await moveIntoPlace(staged.stagedPath, wanted);
      const file = path.slice(folders.pictures.length + 1).split('\\').join('/');
      const [image] = await library.noteFiles({ rootId: OWN_ROOT, files: [file] });
      if (image === undefined) throw new StudioError('image-invalid', `The picture ${path} cannot be read any more.`, { details: { path } });
      latest.set(image.id, image);
      const [oldest] = latest.keys();
      if (latest.size > LATEST && oldest !== undefined) latest.delete(oldest);
      return image;
    },
    committed: (id) => latest.get(id) ?? null,
    get: (imageId) => library['gallery.get']({ imageId }),
    getAll: (imageIds) => library.images({ imageIds }),
    placeOf,
    places,
    thumbnailSource: async (id) => {
      const [place] = await places([id]);
      if (place !== undefined) return place;
      const trashed = (await listTrash(await roots())).find((entry) => entry.id === id);
      if (trashed === undefined) throw missing(id);
      return { id, path: trashed.path, modifiedMs: trashed.trashedAt };
    },
    ...trashParts({ library, roots, places }),
    listTrash: async () => listTrash(await roots()),
  };
}
