import { z } from 'zod';
import type { AssetId, DocumentId, ImageId, JobId, RootId } from './ids';
import { BoardId, ModelId, SavedSearchId } from './ids';
import type { Recipe } from './recipe';
import type { GenerationRequest } from './generation';
import type { SchedulerId } from './schedulers';

/** The programs whose settings are read from a picture; `unknown` for pictures that tell nothing. */
export const ORIGINS = ['palimpsest', 'a1111', 'forge', 'comfyui', 'invokeai', 'fooocus', 'swarmui', 'unknown'] as const;
export type Origin = (typeof ORIGINS)[number];

export const PICTURE_FORMATS = ['png', 'jpeg', 'webp', 'avif'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

export const LABELS = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'] as const;
export type Label = (typeof LABELS)[number];

/** What the user has said of a picture; lies in `marks.db`, apart from everything that files tell. */
export interface Marks {
  /** Stars, 0 = none. */
  readonly rating: 0 | 1 | 2 | 3 | 4 | 5;
  readonly label: Label | null;
  /** Sorted, without repetition. */
  readonly tags: readonly string[];
  readonly boardIds: readonly BoardId[];
  /** A name of the user's own, beside the file's. */
  readonly name: string | null;
}

export const NO_MARKS: Marks = { rating: 0, label: null, tags: [], boardIds: [], name: null };

/** A setting that is kept and shown although this studio has no field for it. */
export interface UnknownSetting {
  readonly key: string;
  readonly value: string;
}

/** What another program wrote into a picture, in this studio's own words; null = it did not say. */
export interface ForeignSettings {
  readonly origin: Origin;
  readonly prompt: string | null;
  readonly negativePrompt: string | null;
  readonly modelName: string | null;
  readonly modelHash: string | null;
  readonly seed: number | null;
  readonly numInferenceSteps: number | null;
  readonly guidanceScale: number | null;
  /** As the other program names it. */
  readonly sampler: string | null;
  /** The scheduler of this studio that does the same, where there is one. */
  readonly scheduler: SchedulerId | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly strength: number | null;
  readonly unknown: readonly UnknownSetting[];
}

/** A picture in the gallery as the page sees it; pixels come from `studio://app/image/<id>` and `/thumb/<id>?size=256`. */
export interface GalleryImage {
  readonly id: ImageId;
  readonly rootId: RootId;
  readonly fileName: string;
  readonly format: PictureFormat;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly origin: Origin;
  readonly recipe: Recipe | null;
  readonly foreign: ForeignSettings | null;
  readonly marks: Marks;
  /** Milliseconds since the epoch: when the picture was made, and when its file was last written. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export const THUMBNAIL_SIZES = [128, 256, 512] as const;
export type ThumbnailSize = (typeof THUMBNAIL_SIZES)[number];

export const SORT_KEYS = ['created', 'modified', 'name', 'rating', 'pixels', 'bytes', 'model', 'seed', 'prompt'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export const GalleryQuery = z.strictObject({
  /** What stands in the search box; src/shared/search tells the syntax. */
  text: z.string().max(2000),
  boardId: BoardId.nullable(),
  sort: z.strictObject({ by: z.enum(SORT_KEYS), isDescending: z.boolean() }),
});
export type GalleryQuery = z.infer<typeof GalleryQuery>;

export const NEWEST_FIRST: GalleryQuery = { text: '', boardId: null, sort: { by: 'created', isDescending: true } };

/** A window of a query's pictures. `revision` rises with every change of the library. */
export interface GalleryPage {
  readonly total: number;
  readonly images: readonly GalleryImage[];
  readonly revision: number;
}

/** Aspect ratios are sent as integers: width / height times this, clamped to 16 bits. */
export const ASPECT_SCALE = 256;

const tag = z.string().trim().min(1).max(100).regex(/^[^\p{Cc}"]+$/u, 'a tag holds no quotes and no line breaks');

/** Absent keys stay as they are. */
export const MarksPatch = z.strictObject({
  rating: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]).optional(),
  label: z.enum(LABELS).nullable().optional(),
  addTags: z.array(tag).max(50).optional(),
  removeTags: z.array(tag).max(50).optional(),
  name: z.string().trim().max(200).nullable().optional(),
});
export type MarksPatch = z.infer<typeof MarksPatch>;

/** A collection of pictures: put together by hand, or (`query` not null) by a search that is always up to date. */
export interface Board {
  readonly id: BoardId;
  readonly name: string;
  readonly query: string | null;
  readonly count: number;
  readonly coverId: ImageId | null;
}

export const SavedSearch = z.strictObject({ id: SavedSearchId, name: z.string().trim().min(1).max(100), text: z.string().min(1).max(2000) });
export type SavedSearch = z.infer<typeof SavedSearch>;

export interface Suggestion {
  /** Replaces the text between `from` and `to`. */
  readonly insert: string;
  readonly label: string;
  /** Pictures that the suggestion would find; null for the name of a field. */
  readonly count: number | null;
}

export interface TrashedImage {
  readonly id: ImageId;
  readonly fileName: string;
  readonly bytes: number;
  readonly trashedAt: number;
}

/** A file that could not be read or worked on, and why: one sentence. */
export interface FileProblem {
  readonly file: string;
  readonly reason: string;
}

export interface SimilarImage {
  readonly image: GalleryImage;
  /** Differing bits of the two 64-bit looks: 0 = the same, up to about 10 = alike. */
  readonly distance: number;
  readonly isSameRecipe: boolean;
}

export interface LineageEdge {
  readonly parentId: ImageId;
  readonly childId: ImageId;
  /** How the child was made of the parent. */
  readonly relation: Recipe['kind'];
  /** The canvas document in which that happened. */
  readonly documentId: DocumentId | null;
}

export interface Lineage {
  readonly nodes: readonly GalleryImage[];
  readonly edges: readonly LineageEdge[];
  /** Parents that a recipe names and the gallery has no longer. */
  readonly missing: readonly ImageId[];
  /** True when there is more than is shown. */
  readonly isCut: boolean;
}

export const VERDICTS = ['identical', 'visually-equal', 'different'] as const;

export interface Reproduction {
  readonly imageId: ImageId;
  readonly newImageId: ImageId;
  readonly verdict: (typeof VERDICTS)[number];
  /** Peak signal-to-noise ratio in decibels; null when identical or of another size. */
  readonly psnr: number | null;
  readonly reasons: readonly { readonly code: 'model' | 'app-version' | 'size' | 'scheduler' | 'unexplained'; readonly was: string; readonly is: string }[];
}

/** One step of a branch that is made again; `parentStep` = its source is the picture of that earlier step. */
export interface ReplayStep {
  readonly imageId: ImageId;
  readonly request: GenerationRequest;
  readonly parentStep: number | null;
}

export const ReplayChange = z.strictObject({
  /** `new` draws one; null keeps each picture's own. */
  seed: z.union([z.literal('new'), z.int().min(0).max(4294967295)]).nullable(),
  modelId: ModelId.nullable(),
  /** The picture and everything that was made of it, or the picture alone. */
  isBranch: z.boolean(),
});
export type ReplayChange = z.infer<typeof ReplayChange>;

/** What a dropped file tells of how it was made. */
export interface Recalled {
  readonly origin: Origin;
  readonly width: number;
  readonly height: number;
  /** Only for pictures of this studio. */
  readonly recipe: Recipe | null;
  readonly foreign: ForeignSettings | null;
  /** The installed model that the settings speak of. */
  readonly modelId: ModelId | null;
  /** One sentence for each thing that could not be read. */
  readonly problems: readonly string[];
}

/** A folder that the gallery shows. */
export interface Root {
  readonly id: RootId;
  readonly path: string;
  readonly isOwn: boolean;
  /** False while its drive is not connected; its pictures stay listed, and no mark is lost. */
  readonly isAvailable: boolean;
  readonly count: number;
}

export const EXPORT_FORMATS = ['original', 'png', 'jpeg', 'webp'] as const;

export const ExportPlan = z.strictObject({
  as: z.enum(['zip', 'folder']),
  format: z.enum(EXPORT_FORMATS),
  /** Pixels; null keeps the size. */
  longestSide: z.int().min(16).max(16_384).nullable(),
  withRecipe: z.boolean(),
  /** See src/shared/export-name.ts. */
  namePattern: z.string().min(1).max(200),
});
export type ExportPlan = z.infer<typeof ExportPlan>;

export type SimilarTo = { readonly imageId: ImageId } | { readonly assetId: AssetId };

export interface ReproduceStarted {
  readonly jobId: JobId;
}
