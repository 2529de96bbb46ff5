import { StudioError } from '../../../shared/errors';
import type { FileProblem, GalleryImage } from '../../../shared/gallery';
import { OWN_ROOT } from '../../../shared/ids';
import type { SaveFormat } from '../../../shared/save-format';
import type { HandlersOf } from '../handlers';
import type { StudioDependencies } from '../studio-dependencies';
import { createExports } from './export-pictures';
import { PASSED_CHANNELS, type Library, type PassedChannel } from './library-calls';
import { createLooks } from './looks';
import { movePictures } from './move-pictures';
import { recalledFrom } from './recall';

const EXTENSIONS: Readonly<Record<SaveFormat, string>> = { png: 'png', jpeg: 'jpg', webp: 'webp' };
const MAX_SIMILAR = 100;

export type AllGalleryHandlers = HandlersOf<'gallery' | 'boards' | 'searches' | 'roots' | 'recall'>;
/** Those that run jobs are in job-again-handlers.ts. */
type GalleryHandlers = Omit<AllGalleryHandlers, 'gallery.reproduce' | 'gallery.planReplay' | 'gallery.replay'>;

/** The library answers these itself. */
const passedOn = (library: Library): Pick<GalleryHandlers, PassedChannel> =>
  // Each name is passed on under itself; TypeScript cannot follow that through a list.
  Object.fromEntries(PASSED_CHANNELS.map((name) => [name, (input: never) => library[name](input)])) as unknown as Pick<GalleryHandlers, PassedChannel>;

const savedName = ({ fileName }: Pick<GalleryImage, 'fileName'>, extension: string): string => fileName.replace(/(\.[^.]*)?$/, `.${extension}`);

function trashHandlers({ gallery, desktop }: StudioDependencies): Pick<GalleryHandlers, 'gallery.trash' | 'gallery.restore' | 'gallery.listTrash' | 'gallery.emptyTrash'> {
  return {
    'gallery.trash': ({ imageIds }) => gallery.trash(imageIds),
    'gallery.restore': ({ imageIds }) => gallery.restore(imageIds),
    'gallery.listTrash': async () => (await gallery.listTrash()).map(({ id, fileName, bytes, trashedAt }) => ({ id, fileName, bytes, trashedAt })),
    'gallery.emptyTrash': async () => {
      const entries = await gallery.listTrash();
      const problems: FileProblem[] = [];
      for (const { path } of entries) await desktop.moveToSystemTrash(path).catch((caught: unknown) => problems.push({ file: path, reason: StudioError.fromCaught(caught).message }));
      return { removed: entries.length - problems.length, problems };
    },
  };
}

function rootHandlers({ library, desktop, folders }: StudioDependencies): Pick<GalleryHandlers, 'roots.add' | 'roots.move'> {
  const rootOf = async (id: string) => (await library['roots.list'](null)).find((root) => root.id === id) ?? null;
  return {
    'roots.add': async () => {
      const path = await desktop.askForFolder();
      return path === null ? null : rootOf((await library.addRoot({ path })).rootId);
    },
    'roots.move': async ({ rootId }) => {
      const path = await desktop.askForFolder();
      if (path === null) return null;
      if (rootId !== OWN_ROOT) await library.moveRoot({ rootId, path });
      else {
        await movePictures(folders, path);
        // Every part of the studio knows the old place; a new start is the sure way.
        desktop.restart();
      }
      return rootOf(rootId);
    },
  };
}

function outwardHandlers({ gallery, desktop, files, events }: StudioDependencies): Pick<GalleryHandlers, 'gallery.export' | 'gallery.cancelExport' | 'gallery.saveAs' | 'gallery.copy' | 'gallery.showInFolder' | 'gallery.startDrag'> {
  const exports = createExports({ ...files, tell: (event) => events.emit('gallery.event', event) });
  return {
    'gallery.export': async ({ imageIds, plan }) => {
      const target = plan.as === 'zip' ? await desktop.askWhereToSave('Palimpsest.zip', 'zip') : await desktop.askForFolder();
      if (target === null) return null;
      const places = new Map((await gallery.places(imageIds)).map((place) => [place.id, place.path]));
      const images = (await gallery.getAll(imageIds)).flatMap((image) => {
        const path = places.get(image.id);
        return path === undefined ? [] : [{ image, path }];
      });
      if (images.length === 0) throw new StudioError('image-missing', 'These pictures are no longer in the pictures folder.');
      return { exportId: exports.start({ images, plan, target }) };
    },
    'gallery.cancelExport': async ({ exportId }) => {
      exports.cancel(exportId);
      return null;
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

/** The gallery channels of the contract. */
export function galleryHandlers(deps: StudioDependencies): GalleryHandlers {
  const { gallery, library, files, assets, models } = deps;
  const looks = createLooks({ library, gallery, files });
  return {
    ...passedOn(library),
    ...trashHandlers(deps),
    ...rootHandlers(deps),
    ...outwardHandlers(deps),
    'gallery.similar': async (input) => {
      const imageId = 'imageId' in input ? input.imageId : null;
      const look = 'imageId' in input ? await looks.of(input.imageId) : await files.look(assets.pathOf(input.assetId));
      const [matches, { total }] = [await library.similar({ look, imageId, limit: MAX_SIMILAR }), await library.unlooked({ limit: 1 })];
      if (total > 0) looks.start();
      return { matches, pending: total };
    },
    'recall.read': async ({ bytes }) => recalledFrom(await library.readBytes({ bytes }), await models.refresh()),
  };
}
