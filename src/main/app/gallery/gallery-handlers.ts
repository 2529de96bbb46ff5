import { StudioError } from '../../../shared/errors';
import type { GalleryImage } from '../../../shared/gallery';
import type { SaveFormat } from '../../../shared/save-format';
import type { HandlersOf } from '../handlers';
import type { StudioDependencies } from '../studio-dependencies';
import { PASSED_CHANNELS, type Library, type PassedChannel } from './library-calls';

const EXTENSIONS: Readonly<Record<SaveFormat, string>> = { png: 'png', jpeg: 'jpg', webp: 'webp' };

type GalleryHandlers = HandlersOf<'gallery' | 'boards' | 'searches' | 'roots' | 'recall'>;

/** The library answers these itself. */
const passedOn = (library: Library): Pick<GalleryHandlers, PassedChannel> =>
  // Each name is passed on under itself; TypeScript cannot follow that through a list.
  Object.fromEntries(PASSED_CHANNELS.map((name) => [name, (input: never) => library[name](input)])) as unknown as Pick<GalleryHandlers, PassedChannel>;

export const savedName = ({ fileName }: Pick<GalleryImage, 'fileName'>, extension: string): string => fileName.replace(/(\.[^.]*)?$/, `.${extension}`);

const later = async (): Promise<never> => {
  throw new StudioError('invalid-request', 'This part of the gallery is still being built.');
};

/** The gallery channels of the contract. */
export function galleryHandlers({ gallery, library, desktop, files }: StudioDependencies): GalleryHandlers {
  return {
    ...passedOn(library),
    'gallery.similar': later,
    'gallery.reproduce': later,
    'gallery.planReplay': later,
    'gallery.replay': later,
    'gallery.export': later,
    'gallery.cancelExport': later,
    'roots.add': later,
    'roots.move': later,
    'recall.read': later,
    'gallery.trash': ({ imageIds }) => gallery.trash(imageIds),
    'gallery.restore': ({ imageIds }) => gallery.restore(imageIds),
    'gallery.listTrash': async () => (await gallery.listTrash()).map(({ id, fileName, bytes, trashedAt }) => ({ id, fileName, bytes, trashedAt })),
    'gallery.emptyTrash': async () => {
      const entries = await gallery.listTrash();
      const problems = [];
      for (const { path } of entries) {
        try {
          await desktop.moveToSystemTrash(path);
        } catch (caught) {
          problems.push({ file: path, reason: StudioError.fromCaught(caught).message });
        }
      }
      return { removed: entries.length - problems.length, problems };
    },
    'gallery.saveAs': async ({ imageId, format }) => {
      const target = await desktop.askWhereToSave(savedName(await gallery.get(imageId), EXTENSIONS[format]), format);
      if (target === null) return null;
      await files.convert((await gallery.placeOf(imageId)).path, target, format);
      return { fileName: target };
    },
    'gallery.copy': async ({ imageId }) => {
      await desktop.copyImage((await gallery.placeOf(imageId)).path);
      return null;
    },
    'gallery.showInFolder': async ({ imageId }) => {
      desktop.showInFolder((await gallery.placeOf(imageId)).path);
      return null;
    },
    'gallery.startDrag': async ({ imageIds }) => {
      const places = await gallery.places(imageIds);
      if (places.length > 0) desktop.startDrag(places.map(({ path }) => path));
      return null;
    },
  };
}
