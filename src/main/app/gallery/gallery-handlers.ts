import { StudioError } from '../../../shared/errors';
import type { FileProblem, GalleryImage } from '../../../shared/gallery';
import type { ImageId } from '../../../shared/ids';
import type { SaveFormat } from '../../../shared/save-format';
import type { HandlersOf } from '../handlers';
import type { StudioDependencies } from '../studio-dependencies';

const EXTENSIONS: Readonly<Record<SaveFormat, string>> = { png: 'png', jpeg: 'jpg', webp: 'webp' };

const later = async (): Promise<never> => {
  throw new StudioError('invalid-request', 'This part of the gallery is still being built.');
};

/** The gallery channels of the contract. */
export function galleryHandlers({ gallery, desktop, events, files }: StudioDependencies): HandlersOf<'gallery' | 'boards' | 'searches' | 'roots' | 'recall'> {
  return {
    'gallery.list': async ({ limit, before }) => gallery.list(limit, before),
    'gallery.get': async ({ imageId }) => gallery.get(imageId),
    'gallery.page': later,
    'gallery.aspects': later,
    'gallery.ids': later,
    'gallery.neighbours': later,
    'gallery.suggest': later,
    'gallery.mark': later,
    'gallery.setMarks': later,
    'gallery.writeMarks': later,
    'gallery.listTrash': later,
    'gallery.emptyTrash': later,
    'gallery.similar': later,
    'gallery.lineage': later,
    'gallery.reproduce': later,
    'gallery.planReplay': later,
    'gallery.replay': later,
    'gallery.problems': later,
    'gallery.export': later,
    'gallery.cancelExport': later,
    'gallery.startDrag': later,
    'gallery.rebuild': later,
    'boards.list': later,
    'boards.create': later,
    'boards.rename': later,
    'boards.remove': later,
    'boards.setPictures': later,
    'searches.list': later,
    'searches.save': later,
    'searches.remove': later,
    'roots.list': later,
    'roots.add': later,
    'roots.remove': later,
    'roots.move': later,
    'recall.read': later,
    'gallery.trash': async ({ imageIds }) => {
      const trashed: ImageId[] = [];
      const problems: FileProblem[] = [];
      for (const id of imageIds) {
        try {
          await gallery.trash(id);
          trashed.push(id);
        } catch (caught) {
          problems.push({ file: id, reason: StudioError.fromCaught(caught).message });
        }
      }
      events.emit('gallery.event', { type: 'removed', imageIds: trashed });
      return { trashed, problems };
    },
    'gallery.restore': async ({ imageIds }) => {
      const images: GalleryImage[] = [];
      const problems: FileProblem[] = [];
      for (const id of imageIds) {
        try {
          const image = await gallery.restore(id);
          images.push(image);
          events.emit('gallery.event', { type: 'added', image });
        } catch (caught) {
          problems.push({ file: id, reason: StudioError.fromCaught(caught).message });
        }
      }
      return { images, problems };
    },
    'gallery.saveAs': async ({ imageId, format }) => {
      const { fileName } = gallery.get(imageId);
      const target = await desktop.askWhereToSave(fileName.replace(/\.png$/i, `.${EXTENSIONS[format]}`), format);
      if (target === null) return null;
      await files.convert(gallery.pathOf(imageId), target, format);
      return { fileName: target };
    },
    'gallery.copy': async ({ imageId }) => {
      await desktop.copyImage(gallery.pathOf(imageId));
      return null;
    },
    'gallery.showInFolder': async ({ imageId }) => {
      desktop.showInFolder(gallery.pathOf(imageId));
      return null;
    },
  };
}
