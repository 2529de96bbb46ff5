import type { FileProblem } from '../../shared/gallery';
import type { ImageId } from '../../shared/ids';
import type { GalleryDeps, Guard } from './gallery-deps';
import { inPortions } from './gallery-marking';

/** The studio's own trash. */
export interface TrashCommands {
  /** Without ids the chosen pictures are meant. */
  trash(imageIds?: readonly ImageId[]): void;
  restore(imageIds: readonly ImageId[]): void;
  /** Hands everything over to the system's trash. */
  emptyTrash(): void;
}

export function trashCommands({ api, stores, toasts, t }: GalleryDeps, guard: Guard): TrashCommands {
  const { selection, library } = stores.browser;

  const tell = (title: string, [problem]: readonly FileProblem[]): void => {
    if (problem !== undefined) toasts.show({ tone: 'error', title, message: problem.reason });
  };

  const restore = async (imageIds: readonly ImageId[]): Promise<void> => {
    let count = 0;
    for (const ids of inPortions(imageIds)) {
      const { images, problems } = await api.request('gallery.restore', { imageIds: ids });
      count += images.length;
      tell(t('gallery.trash.notRestored', { count: problems.length }), problems);
    }
    if (count > 0) toasts.show({ tone: 'plain', message: t('gallery.trash.restored', { count }) });
  };

  const trash = async (imageIds: readonly ImageId[]): Promise<void> => {
    const gone: ImageId[] = [];
    for (const ids of inPortions(imageIds)) {
      const { trashed, problems } = await api.request('gallery.trash', { imageIds: ids });
      gone.push(...trashed);
      tell(t('gallery.trash.notTrashed', { count: problems.length }), problems);
    }
    if (gone.length === 0) return;
    toasts.show({ tone: 'plain', message: t('gallery.trash.moved', { count: gone.length }), action: { label: t('actions.undo'), run: () => { guard(restore(gone)); } } });
  };

  const emptyTrash = async (): Promise<void> => {
    const { removed, problems } = await api.request('gallery.emptyTrash', null);
    await library.load();
    tell(t('gallery.trash.notEmptied', { count: problems.length }), problems);
    if (removed > 0) toasts.show({ tone: 'plain', message: t('gallery.trash.emptied', { count: removed }) });
  };

  return {
    trash: (imageIds = selection.targets()) => { guard(trash(imageIds)); },
    restore: (imageIds) => { guard(restore(imageIds)); },
    emptyTrash: () => { guard(emptyTrash()); },
  };
}
