import type { GalleryImage } from '../../../shared/gallery';
import type { GalleryEvent, GalleryRequests } from '../../../shared/gallery-contract';
import type { PictureFacts } from '../../files/metadata/picture-file';
import type { ImageId, JobId, RootId } from '../../../shared/ids';

/** Channels of the contract that the library answers whole; main passes them on. */
export const PASSED_CHANNELS = [
  'gallery.list',
  'gallery.page',
  'gallery.aspects',
  'gallery.ids',
  'gallery.neighbours',
  'gallery.get',
  'gallery.suggest',
  'gallery.mark',
  'gallery.setMarks',
  'gallery.writeMarks',
  'gallery.lineage',
  'gallery.problems',
  'gallery.rebuild',
  'boards.list',
  'boards.create',
  'boards.rename',
  'boards.remove',
  'boards.setPictures',
  'searches.list',
  'searches.save',
  'searches.remove',
  'roots.list',
  'roots.remove',
] as const satisfies readonly (keyof GalleryRequests)[];

export type PassedChannel = (typeof PASSED_CHANNELS)[number];

/** Where a picture lies, for whoever reads its bytes. */
export interface PicturePlace {
  readonly id: ImageId;
  readonly rootId: RootId;
  readonly path: string;
  /** Relative to its root, forward slashes. */
  readonly file: string;
  readonly modifiedMs: number;
  readonly format: GalleryImage['format'];
}

/** What only main asks. */
interface InnerCalls {
  /** Reads files that main has just written; @returns their pictures. */
  noteFiles: { input: { readonly rootId: RootId; readonly files: readonly string[] }; output: readonly GalleryImage[] };
  /** Forgets files that main has just moved away. */
  forgetFiles: { input: { readonly rootId: RootId; readonly files: readonly string[] }; output: null };
  /** Those that are there, in order. */
  images: { input: { readonly imageIds: readonly ImageId[] }; output: readonly GalleryImage[] };
  /** What a file tells of itself that lies in no folder. @throws StudioError `image-invalid` */
  readBytes: { input: { readonly bytes: Uint8Array }; output: PictureFacts };
  /** Those of the pictures that are there, in order. */
  places: { input: { readonly imageIds: readonly ImageId[] }; output: readonly PicturePlace[] };
  addRoot: { input: { readonly path: string }; output: { readonly rootId: RootId } };
  /** Where a folder of the user's lies now. */
  moveRoot: { input: { readonly rootId: RootId; readonly path: string }; output: null };
  /** Resolves when every file has been looked at. */
  settle: { input: null; output: { readonly pictures: number; readonly problems: number } };
  /** Reads what was written last: enough to know the pictures of a job that a crash has cut off. */
  freshen: { input: null; output: null };
  /** Oldest first. */
  picturesOfJob: { input: { readonly jobId: JobId }; output: readonly ImageId[] };
  /** A file that can be listed and not be shown. */
  noteDamage: { input: { readonly imageId: ImageId; readonly reason: string }; output: null };
  putLooks: { input: { readonly looks: readonly { readonly imageId: ImageId; readonly look: string }[] }; output: null };
  /** Pictures whose look is not known yet, newest first. */
  unlooked: { input: { readonly limit: number }; output: { readonly imageIds: readonly ImageId[]; readonly total: number } };
  lookOf: { input: { readonly imageId: ImageId }; output: string | null };
  similar: { input: { readonly look: string; readonly imageId: ImageId | null; readonly limit: number }; output: GalleryRequests['gallery.similar']['output']['matches'] };
  /** The picture and everything made of it, parents before children. */
  branch: { input: { readonly imageId: ImageId }; output: readonly GalleryImage[] };
  close: { input: null; output: null };
}

export type LibraryCalls = Pick<GalleryRequests, PassedChannel> & InnerCalls;
export type LibraryCallName = keyof LibraryCalls;

/** For the client in main, which needs the names at run time. */
export const LIBRARY_CALLS: readonly LibraryCallName[] = [
  ...PASSED_CHANNELS,
  'noteFiles',
  'forgetFiles',
  'images',
  'readBytes',
  'places',
  'addRoot',
  'moveRoot',
  'settle',
  'freshen',
  'picturesOfJob',
  'noteDamage',
  'putLooks',
  'unlooked',
  'lookOf',
  'similar',
  'branch',
  'close',
];

/** The library: index, marks and watched folders. In the studio it lives in a process of its own (ADR 0018). */
export type Library = { readonly [C in LibraryCallName]: (input: LibraryCalls[C]['input']) => Promise<LibraryCalls[C]['output']> };

export type LibraryEvent = Extract<GalleryEvent, { readonly type: 'added' | 'removed' | 'changed' | 'indexing' }>;
