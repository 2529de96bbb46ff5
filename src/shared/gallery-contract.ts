import type { SaveFormat } from './save-format';
import type { StudioErrorData } from './errors';
import type {
  Board,
  ExportPlan,
  FileProblem,
  GalleryImage,
  GalleryPage,
  GalleryQuery,
  Lineage,
  Marks,
  MarksPatch,
  Recalled,
  ReplayChange,
  ReplayStep,
  Reproduction,
  ReproduceStarted,
  Root,
  SavedSearch,
  SimilarImage,
  SimilarTo,
  Suggestion,
  TrashedImage,
} from './gallery';
import type { BoardId, ExportId, ImageId, RootId, SavedSearchId } from './ids';

/** The gallery's part of the contract: requests. */
export interface GalleryRequests {
  /** Newest first; `before` pages on from an image's createdAt and id. */
  'gallery.list': { input: { limit: number; before: ImageId | null }; output: readonly GalleryImage[] };
  'gallery.page': { input: { query: GalleryQuery; offset: number; limit: number }; output: GalleryPage };
  /** Width / height of every picture of a query, in its order, times ASPECT_SCALE. */
  'gallery.aspects': { input: { query: GalleryQuery }; output: { revision: number; aspects: Uint16Array } };
  /** The ids of a stretch of a query, for selecting many. */
  'gallery.ids': { input: { query: GalleryQuery; offset: number; limit: number }; output: readonly ImageId[] };
  'gallery.neighbours': { input: { query: GalleryQuery; imageId: ImageId }; output: { index: number | null; previous: ImageId | null; next: ImageId | null } };
  'gallery.get': { input: { imageId: ImageId }; output: GalleryImage };
  'gallery.suggest': { input: { text: string; caret: number }; output: { from: number; to: number; options: readonly Suggestion[] } };
  /** Answers what was there before, so that it can be undone. */
  'gallery.mark': { input: { imageIds: readonly ImageId[]; patch: MarksPatch }; output: { before: readonly { imageId: ImageId; marks: Marks }[] } };
  /** Undo: sets whole marks, boards excepted. */
  'gallery.setMarks': { input: { marks: readonly { imageId: ImageId; marks: Marks }[] }; output: null };
  /** Writes rating, label and tags into the files themselves (XMP), where the format can hold it. */
  'gallery.writeMarks': { input: { imageIds: readonly ImageId[] }; output: { written: number; problems: readonly FileProblem[] } };
  'gallery.trash': { input: { imageIds: readonly ImageId[] }; output: { trashed: readonly ImageId[]; problems: readonly FileProblem[] } };
  'gallery.restore': { input: { imageIds: readonly ImageId[] }; output: { images: readonly GalleryImage[]; problems: readonly FileProblem[] } };
  'gallery.listTrash': { input: null; output: readonly TrashedImage[] };
  /** Moves what lies in the studio's trash to the system's. */
  'gallery.emptyTrash': { input: null; output: { removed: number; problems: readonly FileProblem[] } };
  /** `pending` pictures have not been looked at yet; asking starts that in the background. */
  'gallery.similar': { input: SimilarTo; output: { matches: readonly SimilarImage[]; pending: number } };
  'gallery.lineage': { input: { imageId: ImageId }; output: Lineage };
  /** Runs the recipe again as a job; the verdict comes as an event. */
  'gallery.reproduce': { input: { imageId: ImageId }; output: ReproduceStarted };
  'gallery.planReplay': { input: { imageId: ImageId; change: ReplayChange }; output: { steps: readonly ReplayStep[]; problems: readonly string[] } };
  /** Queues the steps of that plan, each when its parent is there. */
  'gallery.replay': { input: { imageId: ImageId; change: ReplayChange }; output: { steps: number } };
  'gallery.problems': { input: null; output: readonly FileProblem[] };
  /** Asks where by the system's dialog; `null` when the user closed it. Progress comes as events. */
  'gallery.export': { input: { imageIds: readonly ImageId[]; plan: ExportPlan }; output: { exportId: ExportId } | null };
  'gallery.cancelExport': { input: { exportId: ExportId }; output: null };
  /** Asks where by the system's dialog; `null` when the user closed it. */
  'gallery.saveAs': { input: { imageId: ImageId; format: SaveFormat }; output: { fileName: string } | null };
  'gallery.copy': { input: { imageId: ImageId }; output: null };
  'gallery.showInFolder': { input: { imageId: ImageId }; output: null };
  /** Drags the files themselves out of the window; asked while the button is down. */
  'gallery.startDrag': { input: { imageIds: readonly ImageId[] }; output: null };
  /** Reads the whole library anew from its files. */
  'gallery.rebuild': { input: null; output: null };
  'boards.list': { input: null; output: readonly Board[] };
  'boards.create': { input: { name: string; query: string | null }; output: Board };
  'boards.rename': { input: { boardId: BoardId; name: string }; output: null };
  /** The pictures stay. */
  'boards.remove': { input: { boardId: BoardId }; output: null };
  'boards.setPictures': { input: { boardId: BoardId; add: readonly ImageId[]; remove: readonly ImageId[] }; output: null };
  'searches.list': { input: null; output: readonly SavedSearch[] };
  'searches.save': { input: SavedSearch; output: null };
  'searches.remove': { input: { searchId: SavedSearchId }; output: null };
  'roots.list': { input: null; output: readonly Root[] };
  /** Asks for a folder; its pictures are shown where they lie. `null` when the user closed the dialog. */
  'roots.add': { input: null; output: Root | null };
  /** Takes a folder out of the gallery; its files and marks stay. */
  'roots.remove': { input: { rootId: RootId }; output: null };
  /** Asks where a folder lies now; the studio's own is moved there. */
  'roots.move': { input: { rootId: RootId }; output: Root | null };
  /** Reads how a picture file was made, whoever made it. */
  'recall.read': { input: { bytes: Uint8Array; name: string }; output: Recalled };
}

export type GalleryEvent =
  | { readonly type: 'added'; readonly image: GalleryImage }
  | { readonly type: 'removed'; readonly imageIds: readonly ImageId[] }
  | { readonly type: 'changed'; readonly imageIds: readonly ImageId[] | 'all'; readonly revision: number }
  /** `done` = `total` when it has ended. */
  | { readonly type: 'indexing'; readonly done: number; readonly total: number; readonly problems: number }
  | { readonly type: 'exporting'; readonly exportId: ExportId; readonly done: number; readonly total: number; readonly secondsLeft: number | null }
  | {
      readonly type: 'exported';
      readonly exportId: ExportId;
      readonly path: string;
      readonly written: number;
      readonly problems: readonly FileProblem[];
      /** Set when the export failed or was cancelled; then nothing is left of it. */
      readonly error: StudioErrorData | null;
    }
  | ({ readonly type: 'reproduced' } & Reproduction);

/** For the preload, which must stay free of zod; a type test in contract.ts proves the list complete. */
export const GALLERY_CHANNELS = [
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
  'gallery.trash',
  'gallery.restore',
  'gallery.listTrash',
  'gallery.emptyTrash',
  'gallery.similar',
  'gallery.lineage',
  'gallery.reproduce',
  'gallery.planReplay',
  'gallery.replay',
  'gallery.problems',
  'gallery.export',
  'gallery.cancelExport',
  'gallery.saveAs',
  'gallery.copy',
  'gallery.showInFolder',
  'gallery.startDrag',
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
  'roots.add',
  'roots.remove',
  'roots.move',
  'recall.read',
] as const satisfies readonly (keyof GalleryRequests)[];
