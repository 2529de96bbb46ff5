import { createHash } from 'node:crypto';
import type { ForeignSettings, GalleryImage } from '../../../shared/gallery';
import { ImageId, type RootId } from '../../../shared/ids';
import type { Recipe } from '../../../shared/recipe';
import { readPictureFile, uuidOf, type PictureFacts } from '../../files/metadata/picture-file';

/** A file of a root, as it was when it was read. */
export interface KnownFile {
  readonly bytes: number;
  readonly modifiedMs: number;
}

export interface FilePlace {
  readonly rootId: RootId;
  /** Relative to the root, forward slashes. */
  readonly file: string;
}

/** A file that was read, ready for the index. */
export interface ReadPicture extends PictureFacts, FilePlace, KnownFile {}

/** Bits of the column `flags`. */
export const FLAGS = { recipe: 1, settings: 2, mask: 4, document: 8, hires: 16, warnings: 32, parents: 64 } as const;

function flagsOf(recipe: Recipe | null, foreign: ForeignSettings | null): number {
  let flags = 0;
  if (recipe !== null) flags |= FLAGS.recipe;
  if (recipe !== null || (foreign !== null && foreign.origin !== 'unknown')) flags |= FLAGS.settings;
  if (typeof recipe?.edit?.maskAssetId === 'string') flags |= FLAGS.mask;
  if (typeof recipe?.edit?.documentId === 'string') flags |= FLAGS.document;
  if (recipe?.hires !== undefined) flags |= FLAGS.hires;
  if (recipe !== null && recipe.warnings.length > 0) flags |= FLAGS.warnings;
  if (recipe?.edit !== undefined && recipe.edit.parentImageIds.length > 0) flags |= FLAGS.parents;
  return flags;
}

/** Everything that decides a picture but its seed: two pictures of one batch have the same. */
function recipeHash(recipe: Recipe | null, foreign: ForeignSettings | null): string | null {
  const decisive =
    recipe !== null
      ? [recipe.kind, recipe.model.name, recipe.prompt, recipe.negativePrompt, recipe.width, recipe.height, recipe.numInferenceSteps, recipe.guidanceScale, recipe.scheduler.label, recipe.strength, recipe.edit?.sourceAssetId, recipe.edit?.maskAssetId]
      : foreign !== null && foreign.prompt !== null
        ? [foreign.modelName, foreign.prompt, foreign.negativePrompt, foreign.width, foreign.height, foreign.numInferenceSteps, foreign.guidanceScale, foreign.sampler]
        : null;
  return decisive === null ? null : createHash('sha256').update(JSON.stringify(decisive)).digest('base64url').slice(0, 16);
}

/** The id that the file itself tells: its recipe's, else one made of its pixels, so that a moved or renamed file keeps it. */
export const ownIdOf = (picture: PictureFacts): ImageId => picture.recipe?.imageId ?? ImageId.parse(uuidOf(picture.fingerprint));

/** Of several files with the same picture, the first has the picture's own id and each copy one made of it. */
export const copyId = (own: ImageId, place: number): ImageId => (place === 0 ? own : ImageId.parse(uuidOf(`${own}/${String(place)}`)));

const safeInteger = (value: number | null | undefined): number | null => (Number.isSafeInteger(value) ? (value ?? null) : null);
const MAX_PROMPT_START = 48;

/** The columns of `images` that the file decides, in their order in the table. */
export function imageValues(picture: ReadPicture): readonly (string | number | null)[] {
  const { recipe, foreign } = picture;
  const prompt = recipe?.prompt ?? foreign?.prompt ?? null;
  const made = recipe === null ? Number.NaN : Date.parse(recipe.createdAt);
  return [
    picture.rootId,
    picture.file,
    picture.bytes,
    picture.modifiedMs,
    Number.isNaN(made) ? picture.modifiedMs : made,
    picture.width,
    picture.height,
    picture.format,
    picture.origin,
    recipe?.kind ?? null,
    recipe?.model.name ?? foreign?.modelName ?? null,
    recipe?.scheduler.label ?? foreign?.sampler ?? null,
    safeInteger(recipe?.seed ?? foreign?.seed),
    safeInteger(recipe?.numInferenceSteps ?? foreign?.numInferenceSteps),
    recipe?.guidanceScale ?? foreign?.guidanceScale ?? null,
    recipe?.strength ?? foreign?.strength ?? null,
    flagsOf(recipe, foreign),
    recipeHash(recipe, foreign),
    recipe?.jobId ?? null,
    prompt?.slice(0, MAX_PROMPT_START).toLowerCase() ?? null,
    picture.file.slice(picture.file.lastIndexOf('/') + 1).toLowerCase(),
  ];
}

export const IMAGE_COLUMNS =
  'root_id, file, bytes, modified_ms, created_ms, width, height, format, origin, kind, model, sampler, seed, steps, cfg, strength, flags, recipe_hash, job_id, prompt_start, base_name';

/** A row joined with its details, as SQLite gives it. */
export interface ImageRow {
  readonly n: number;
  readonly id: ImageId;
  readonly root_id: RootId;
  readonly file: string;
  readonly bytes: number;
  readonly modified_ms: number;
  readonly created_ms: number;
  readonly width: number;
  readonly height: number;
  readonly format: GalleryImage['format'];
  readonly origin: GalleryImage['origin'];
  readonly rating: GalleryImage['marks']['rating'];
  readonly label: GalleryImage['marks']['label'];
  readonly name: string | null;
  readonly recipe: string | null;
  readonly foreign_settings: string | null;
  readonly tags: string | null;
}

/** What was validated when it was written is only parsed here. */
export function toGalleryImage(row: ImageRow, boardIds: GalleryImage['marks']['boardIds']): GalleryImage {
  return {
    id: row.id,
    rootId: row.root_id,
    fileName: row.file.slice(row.file.lastIndexOf('/') + 1),
    format: row.format,
    bytes: row.bytes,
    width: row.width,
    height: row.height,
    origin: row.origin,
    recipe: row.recipe === null ? null : (JSON.parse(row.recipe) as Recipe),
    foreign: row.foreign_settings === null ? null : (JSON.parse(row.foreign_settings) as ForeignSettings),
    marks: { rating: row.rating, label: row.label, tags: row.tags === null ? [] : (JSON.parse(row.tags) as string[]), boardIds, name: row.name },
    createdAt: row.created_ms,
    modifiedAt: row.modified_ms,
  };
}

/** Reads one file of a root. @throws StudioError `image-invalid` or `storage-failed` with the reason. */
export const readRootPicture = async (folder: string, { rootId, file }: FilePlace): Promise<ReadPicture> => ({
  ...(await readPictureFile(`${folder}/${file}`)),
  rootId,
  file,
});
