import type { ExportPlan, GalleryImage } from '../../shared/gallery';
import type { ExportId, ImageId } from '../../shared/ids';
import type { GalleryDeps, Guard } from './gallery-deps';

/** Files that one drag carries out of the window; the boards take them all. */
const MAX_DRAGGED = 500;

/** Pictures on their way to another screen or out of the studio. */
export interface SendingCommands {
  /** Opens one picture on the Resize screen. */
  resize(image: GalleryImage): void;
  /** The same for many: their files become a choice that a run can be made of. */
  resizeAll(imageIds: readonly ImageId[]): void;
  exportPictures(imageIds: readonly ImageId[], plan: ExportPlan): void;
  cancelExport(exportId: ExportId): void;
  /** Hands the files to the desktop while the button is down. */
  startDrag(imageIds: readonly ImageId[]): void;
}

export function sendingCommands({ api, stores }: GalleryDeps, guard: Guard): SendingCommands {
  const { view } = stores.browser;

  const resizeAll = async (imageIds: readonly ImageId[]): Promise<void> => {
    await stores.resizeRuns.chooseGallery(imageIds);
    stores.resize.showTab('many');
    stores.view.show('resize');
  };

  const exportPictures = async (imageIds: readonly ImageId[], plan: ExportPlan): Promise<void> => {
    const started = await api.request('gallery.export', { imageIds, plan });
    // The user closed the system's dialog: ours stays, with its choices.
    if (started !== null) view.close();
  };

  return {
    resize: (image) => {
      view.closeAll();
      stores.resize.openImage(image);
      stores.view.show('resize');
    },
    resizeAll: (imageIds) => { guard(resizeAll(imageIds)); },
    exportPictures: (imageIds, plan) => { guard(exportPictures(imageIds, plan)); },
    cancelExport: (exportId) => { guard(api.request('gallery.cancelExport', { exportId })); },
    startDrag: (imageIds) => {
      view.drag(imageIds);
      guard(api.request('gallery.startDrag', { imageIds: imageIds.slice(0, MAX_DRAGGED) }));
    },
  };
}
