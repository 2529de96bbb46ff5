import { z } from 'zod';
import { SAVE_FORMATS } from './save-format';
import { ExportPlan, GalleryQuery, LABELS, MarksPatch, ReplayChange, SavedSearch } from './gallery';
import type { GalleryRequests } from './gallery-contract';
import { AssetId, BoardId, ExportId, ImageId, RootId, SavedSearchId } from './ids';
import { LIMITS } from './limits';

const image = z.strictObject({ imageId: ImageId });
const images = z.strictObject({ imageIds: z.array(ImageId).min(1).max(LIMITS.gallery.selection) });
const replay = z.strictObject({ imageId: ImageId, change: ReplayChange });
const boardName = z.string().trim().min(1).max(100);
const window = { query: GalleryQuery, offset: z.int().min(0).max(LIMITS.gallery.pictures) };
const marks = z.strictObject({
  rating: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
  label: z.enum(LABELS).nullable(),
  tags: z.array(z.string().max(100)).max(1000),
  boardIds: z.array(BoardId).max(1000),
  name: z.string().max(200).nullable(),
});

/** Channel -> input schema, for contract-schemas.ts. */
export const GALLERY_SCHEMAS: { readonly [C in keyof GalleryRequests]: z.ZodType<GalleryRequests[C]['input']> } = {
  'gallery.list': z.strictObject({ limit: z.int().min(1).max(LIMITS.gallery.page), before: ImageId.nullable() }),
  'gallery.page': z.strictObject({ ...window, limit: z.int().min(1).max(LIMITS.gallery.page) }),
  'gallery.aspects': z.strictObject({ query: GalleryQuery }),
  'gallery.ids': z.strictObject({ ...window, limit: z.int().min(1).max(LIMITS.gallery.selection) }),
  'gallery.neighbours': z.strictObject({ query: GalleryQuery, imageId: ImageId }),
  'gallery.get': image,
  'gallery.suggest': z.strictObject({ text: z.string().max(2000), caret: z.int().min(0).max(2000) }),
  'gallery.mark': images.extend({ patch: MarksPatch }),
  'gallery.setMarks': z.strictObject({ marks: z.array(z.strictObject({ imageId: ImageId, marks })).max(LIMITS.gallery.selection) }),
  'gallery.writeMarks': images,
  'gallery.trash': images,
  'gallery.restore': images,
  'gallery.listTrash': z.null(),
  'gallery.emptyTrash': z.null(),
  'gallery.similar': z.union([image, z.strictObject({ assetId: AssetId })]),
  'gallery.lineage': image,
  'gallery.reproduce': image,
  'gallery.planReplay': replay,
  'gallery.replay': replay,
  'gallery.problems': z.null(),
  'gallery.export': images.extend({ plan: ExportPlan }),
  'gallery.cancelExport': z.strictObject({ exportId: ExportId }),
  'gallery.saveAs': z.strictObject({ imageId: ImageId, format: z.enum(SAVE_FORMATS) }),
  'gallery.copy': image,
  'gallery.showInFolder': image,
  'gallery.startDrag': z.strictObject({ imageIds: z.array(ImageId).min(1).max(500) }),
  'gallery.rebuild': z.null(),
  'boards.list': z.null(),
  'boards.create': z.strictObject({ name: boardName, query: z.string().min(1).max(2000).nullable() }),
  'boards.rename': z.strictObject({ boardId: BoardId, name: boardName }),
  'boards.remove': z.strictObject({ boardId: BoardId }),
  'boards.setPictures': z.strictObject({ boardId: BoardId, add: z.array(ImageId).max(LIMITS.gallery.selection), remove: z.array(ImageId).max(LIMITS.gallery.selection) }),
  'searches.list': z.null(),
  'searches.save': SavedSearch,
  'searches.remove': z.strictObject({ searchId: SavedSearchId }),
  'roots.list': z.null(),
  'roots.add': z.null(),
  'roots.remove': z.strictObject({ rootId: RootId }),
  'roots.move': z.strictObject({ rootId: RootId }),
  'recall.read': z.strictObject({ bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= LIMITS.inputImage.maxBytes, 'too large'), name: z.string().max(1000) }),
};
