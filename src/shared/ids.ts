import { z } from 'zod';

/** Ids cross process boundaries instead of paths and pixels; the pattern keeps them harmless in URLs and file names. */
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

export const JobId = uuid.brand<'JobId'>();
export type JobId = z.infer<typeof JobId>;

export const ImageId = uuid.brand<'ImageId'>();
export type ImageId = z.infer<typeof ImageId>;

/** `builtin:<folder name>` for shipped models, `user:<folder name>` for the user's own. */
export const ModelId = z
  .string()
  .max(200)
  .regex(/^(builtin|user):[^/\\\0]+$/)
  .brand<'ModelId'>();
export type ModelId = z.infer<typeof ModelId>;

/** SHA-256 of an uploaded file's bytes: the same picture is the same asset. */
export const AssetId = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'AssetId'>();
export type AssetId = z.infer<typeof AssetId>;

export const DocumentId = uuid.brand<'DocumentId'>();
export type DocumentId = z.infer<typeof DocumentId>;

export const BoardId = uuid.brand<'BoardId'>();
export type BoardId = z.infer<typeof BoardId>;

export const SavedSearchId = uuid.brand<'SavedSearchId'>();
export type SavedSearchId = z.infer<typeof SavedSearchId>;

/** A folder that the gallery shows; `own` is the studio's own pictures folder. */
export const RootId = z.union([uuid, z.literal('own')]).brand<'RootId'>();
export type RootId = z.infer<typeof RootId>;
export const OWN_ROOT = RootId.parse('own');

export const ExportId = uuid.brand<'ExportId'>();
export type ExportId = z.infer<typeof ExportId>;
