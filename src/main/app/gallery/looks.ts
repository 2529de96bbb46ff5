import type { ImageId } from '../../../shared/ids';
import type { FilePort } from '../studio-dependencies';
import type { Gallery } from './gallery';
import type { Library } from './library-calls';

/** Pictures looked at in one go, before it is asked again which are next. */
const BATCH = 32;

export interface Looks {
  /** The look of a picture, at once. */
  of(imageId: ImageId): Promise<string>;
  /** Looks at every picture that has no look yet, one after another in the background. */
  start(): void;
}

/** Perceptual hashes: a thumbnail brings its own along; the rest is looked at when somebody asks for likeness. */
export function createLooks({ library, gallery, files }: { readonly library: Library; readonly gallery: Gallery; readonly files: Pick<FilePort, 'look'> }): Looks {
  let isRunning = false;
  const of = async (imageId: ImageId): Promise<string> => {
    const known = await library.lookOf({ imageId });
    if (known !== null) return known;
    const look = await files.look((await gallery.placeOf(imageId)).path);
    await library.putLooks({ looks: [{ imageId, look }] });
    return look;
  };
  const run = async (): Promise<void> => {
    const failed = new Set<ImageId>();
    for (;;) {
      const { imageIds } = await library.unlooked({ limit: BATCH + failed.size });
      const next = imageIds.filter((id) => !failed.has(id)).slice(0, BATCH);
      if (next.length === 0) return;
      // One that cannot be decoded has its own place among the problems.
      for (const id of next) await of(id).catch(() => failed.add(id));
    }
  };
  return {
    of,
    start: () => {
      if (isRunning) return;
      isRunning = true;
      void run().catch((caught: unknown) => console.warn('Pictures could not be looked at.', caught)).finally(() => {
        isRunning = false;
      });
    },
  };
}
