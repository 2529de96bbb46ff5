import type { Job } from '../../shared/job';
import type { GalleryImage } from '../../shared/gallery';
import { visibleJobs } from './jobs';
import type { Selection } from './view';

export type StripItem = { readonly kind: 'job'; readonly job: Job } | { readonly kind: 'image'; readonly image: GalleryImage };

/** The strip from left to right: work under way (latest first), then the pictures, newest first. */
export const stripItems = (jobs: readonly Job[], images: readonly GalleryImage[]): readonly StripItem[] => [
  ...visibleJobs(jobs).toReversed().map((job): StripItem => ({ kind: 'job', job })),
  ...images.map((image): StripItem => ({ kind: 'image', image })),
];

export const selectionOf = (item: StripItem): Selection =>
  item.kind === 'job' ? { kind: 'job', id: item.job.id } : { kind: 'image', id: item.image.id };

export function indexOfSelection(items: readonly StripItem[], selection: Selection | null): number {
  if (selection === null) return -1;
  return items.findIndex((item) => {
    const own = selectionOf(item);
    return own.kind === selection.kind && own.id === selection.id;
  });
}
