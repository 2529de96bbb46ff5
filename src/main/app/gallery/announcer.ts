import type { GalleryImage } from '../../../shared/gallery';
import type { ImageId } from '../../../shared/ids';
import type { LibraryEvent } from './library-calls';

/** Single pictures up to so many are told one by one; more are "all". */
const MANY = 50;
const ANNOUNCE_MS = 100;

export interface AnnouncerOptions {
  onEvent(event: LibraryEvent): void;
  revision(): number;
  imagesOf(ids: readonly ImageId[]): readonly GalleryImage[];
}

/** Gathers what changed and tells windows a moment later: one picture by itself, many as "all". */
export function createAnnouncer({ onEvent, revision, imagesOf }: AnnouncerOptions) {
  let changed: Set<ImageId> | 'all' = new Set();
  let removed = new Set<ImageId>();
  let timer: NodeJS.Timeout | null = null;
  const tell = (): void => {
    timer = null;
    const [put, gone] = [changed, [...removed]];
    changed = new Set();
    removed = new Set();
    if (gone.length > 0) onEvent({ type: 'removed', imageIds: gone });
    onEvent({ type: 'changed', imageIds: put === 'all' || put.size > MANY ? 'all' : [...put], revision: revision() });
  };
  const later = (): void => {
    timer ??= setTimeout(tell, ANNOUNCE_MS);
  };
  return {
    touch: (ids: readonly ImageId[] | 'all'): void => {
      if (ids === 'all') changed = 'all';
      else if (changed !== 'all') for (const id of ids) changed.add(id);
      later();
    },
    came: (ids: readonly ImageId[]): void => {
      if (ids.length <= MANY) for (const image of imagesOf(ids)) onEvent({ type: 'added', image });
    },
    went: (ids: readonly ImageId[]): void => {
      for (const id of ids) removed.add(id);
      later();
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
