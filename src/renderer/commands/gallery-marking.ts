import type { GalleryImage, Marks, MarksPatch } from '../../shared/gallery';
import type { ImageId } from '../../shared/ids';
import { LIMITS } from '../../shared/limits';
import type { GalleryDeps, Guard } from './gallery-deps';

/** What the user says of pictures. Without ids the chosen ones are meant. */
export interface MarkingCommands {
  mark(patch: MarksPatch, imageIds?: readonly ImageId[]): void;
  /** Writes the marks into the files themselves, for other programs. */
  writeMarks(imageIds: readonly ImageId[]): void;
}

/** The marks after a change; main does the same to its rows. */
export function markedWith(marks: Marks, patch: MarksPatch): Marks {
  const removed = new Set(patch.removeTags ?? []);
  const tags = new Set([...marks.tags.filter((tag) => !removed.has(tag)), ...(patch.addTags ?? [])]);
  return {
    ...marks,
    rating: patch.rating ?? marks.rating,
    label: patch.label === undefined ? marks.label : patch.label,
    name: patch.name === undefined ? marks.name : patch.name,
    tags: [...tags].sort(),
  };
}

/** One message carries so many ids at most. */
export function inPortions<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / LIMITS.gallery.selection) }, (_, at) => items.slice(at * LIMITS.gallery.selection, (at + 1) * LIMITS.gallery.selection));
}

export function markingCommands({ api, stores, toasts, t }: GalleryDeps, guard: Guard): MarkingCommands {
  const { window, selection } = stores.browser;

  const mark = async (patch: MarksPatch, imageIds: readonly ImageId[]): Promise<void> => {
    if (imageIds.length === 0) return;
    const change = (image: GalleryImage): GalleryImage => ({ ...image, marks: markedWith(image.marks, patch) });
    window.patch(new Set(imageIds), change);
    const before: { readonly imageId: ImageId; readonly marks: Marks }[] = [];
    try {
      for (const ids of inPortions(imageIds)) before.push(...(await api.request('gallery.mark', { imageIds: ids, patch })).before);
    } catch (caught) {
      // What is on the screen was only hoped for.
      window.refresh();
      throw caught;
    }
    if (imageIds.length === 1) return;
    const undo = async (): Promise<void> => {
      for (const marks of inPortions(before)) await api.request('gallery.setMarks', { marks });
    };
    toasts.show({ tone: 'plain', message: t('gallery.marked', { count: imageIds.length }), action: { label: t('actions.undo'), run: () => { guard(undo()); } } });
  };

  const writeMarks = async (imageIds: readonly ImageId[]): Promise<void> => {
    const { written, problems } = await api.request('gallery.writeMarks', { imageIds });
    const [problem] = problems;
    toasts.show(
      problem === undefined
        ? { tone: 'plain', message: t('gallery.marksWritten', { count: written }) }
        : { tone: 'error', title: t('gallery.marksNotWritten', { count: problems.length }), message: `${problem.file}: ${problem.reason}` },
    );
  };

  return {
    mark: (patch, imageIds = selection.targets()) => { guard(mark(patch, imageIds)); },
    writeMarks: (imageIds) => { guard(writeMarks(imageIds)); },
  };
}
