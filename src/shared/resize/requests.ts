import { z } from 'zod';
import { AssetId, ImageId } from '../ids';
import { LIMITS } from '../limits';
import { OUTPUT_FORMATS, ResizeSettings } from './settings';
import { RESIZE_LIMITS } from './size-target';

/** A run over many files. */
export const ResizeFolderId = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  .brand<'ResizeFolderId'>();
export type ResizeFolderId = z.infer<typeof ResizeFolderId>;

const gallerySource = z.strictObject({ kind: z.literal('gallery'), imageId: ImageId });
const assetSource = z.strictObject({ kind: z.literal('asset'), assetId: AssetId });

/** One picture as the page can name it. */
export const ResizeSource = z.discriminatedUnion('kind', [gallerySource, assetSource]);
export type ResizeSource = z.infer<typeof ResizeSource>;

/** One picture as a job. The result goes into the gallery; that of a folder's file beside its settings. */
export const ResizeRequest = z.strictObject({
  kind: z.literal('resize'),
  source: ResizeSource,
  settings: ResizeSettings,
  /** How people know the picture: its prompt or its file name. */
  prompt: z.string().max(LIMITS.promptLength),
  count: z.literal(1),
});
export type ResizeRequest = z.infer<typeof ResizeRequest>;

/** The job of one file of a folder; main submits it itself, the page never can. */
export interface FolderFileRequest {
  readonly kind: 'resizeFile';
  readonly folderId: ResizeFolderId;
  /** Place of the file in its folder's list. */
  readonly index: number;
  readonly settings: ResizeSettings;
  /** The file's name. */
  readonly prompt: string;
  readonly count: 1;
}

/** Pixels of the source. */
export const PreviewRegion = z.strictObject({
  left: z.int().min(0),
  top: z.int().min(0),
  width: z.int().min(RESIZE_LIMITS.previewSide.min).max(RESIZE_LIMITS.previewSide.max),
  height: z.int().min(RESIZE_LIMITS.previewSide.min).max(RESIZE_LIMITS.previewSide.max),
});
export type PreviewRegion = z.infer<typeof PreviewRegion>;

/** What happens where a file of the result's name is already there; the page asks before it sends `overwrite`. */
export const IF_EXISTS = ['skip', 'number', 'overwrite'] as const;
export type IfExists = (typeof IF_EXISTS)[number];

export const FolderOutput = z.strictObject({
  /** `same` writes each file in its own format. */
  format: z.enum([...OUTPUT_FORMATS, 'same']),
  quality: z.int().min(RESIZE_LIMITS.quality.min).max(RESIZE_LIMITS.quality.max),
  /** {name} {scale} {width} {height} {model} {date} {n}; the extension is added. */
  namePattern: z.string().min(1).max(200),
  ifExists: z.enum(IF_EXISTS),
});
export type FolderOutput = z.infer<typeof FolderOutput>;
