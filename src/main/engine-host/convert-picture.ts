import { readFile } from 'node:fs/promises';
import { assertNever } from '../../shared/errors';
import type { Calls } from '../engine-protocol';
import { decodeImage, encodeJpeg, encodePng, encodeWebp, shrinkImage, type PictureMetadata } from '../engine/image/codec';
import { bytesSource } from '../files/metadata/byte-source';
import { readExif } from '../files/metadata/exif';
import { readContainer } from '../files/metadata/picture-file';
import { withPngText } from '../files/png-text';
import { recipeOf, recipeTexts, toParameters } from '../files/recipe-text';
import { withoutMetadata } from '../files/strip-metadata';
import { writeAtomically } from '../files/write-file';
import { recipeOfXmp, recipeXmp, XMP_KEYWORD } from '../files/xmp';
import type { Recipe } from '../../shared/recipe';

/** What a picture file says, in a form that every format can carry. */
interface Words {
  readonly recipe: Recipe | null;
  /** Whether it says of itself how it came to be. */
  readonly statesSource: boolean;
  readonly xmp: string | null;
  /** Other programs' settings, as text under PNG keywords. */
  readonly texts: Readonly<Record<string, string>>;
  readonly isTurned: boolean;
}

async function readWords(bytes: Buffer) {
  const container = await readContainer(bytesSource(bytes));
  const exif = container.exif === null ? null : readExif(container.exif);
  const comment = exif?.text.get('UserComment');
  const { xmp } = container;
  const words: Words = {
    recipe: recipeOf(container) ?? (xmp === null ? null : recipeOfXmp(xmp)),
    statesSource: xmp?.includes('DigitalSourceType') === true,
    xmp,
    texts: { ...Object.fromEntries(container.text), ...(comment === undefined ? {} : { parameters: comment }) },
    isTurned: exif !== null && exif.orientation !== 1,
  };
  return { format: container.format, words };
}

/** A copy says of its source what the picture itself says. */
function metadataOf({ recipe, statesSource, xmp, texts }: Words): PictureMetadata | null {
  if (recipe !== null) return { userComment: toParameters(recipe), xmp: recipeXmp(recipe, statesSource) };
  const parameters = texts['parameters'];
  return parameters === undefined && xmp === null ? null : { userComment: parameters ?? '', xmp: xmp ?? '' };
}

/** Marks that were written into the file go along, too: the packet is taken as it stands. */
function pngTexts({ recipe, statesSource, xmp, texts }: Words): Readonly<Record<string, string>> {
  if (recipe === null) return xmp === null ? texts : { ...texts, [XMP_KEYWORD]: xmp };
  return { ...recipeTexts(recipe, statesSource), ...(xmp === null || xmp.includes('palimpsest:recipe') ? {} : { [XMP_KEYWORD]: xmp }) };
}

export interface Conversion {
  readonly format: 'original' | 'png' | 'jpeg' | 'webp';
  /** Pixels; null keeps the size. A smaller picture is not enlarged. */
  readonly longestSide: number | null;
  readonly withRecipe: boolean;
}

/**
 * A picture file in another format, size or without its words. What needs no new pixels gets none: the bytes are copied.
 * @throws StudioError `image-invalid` or `image-missing`
 */
export async function convertedPicture(source: string, { format, longestSide, withRecipe }: Conversion): Promise<Buffer> {
  const bytes = await readFile(source);
  const read = await readWords(bytes);
  const wanted = format === 'original' ? read.format : format;
  const isSame = wanted === read.format && longestSide === null;
  if (isSame && withRecipe) return bytes;
  if (isSame && !read.words.isTurned) return withoutMetadata(bytes, read.format);
  const decoded = await decodeImage(source);
  const image = longestSide === null ? decoded : await shrinkImage(decoded, longestSide);
  const metadata = withRecipe ? metadataOf(read.words) : null;
  switch (wanted) {
    case 'png':
      return withPngText(await encodePng(image), withRecipe ? pngTexts(read.words) : {});
    case 'jpeg':
      return encodeJpeg(image, undefined, metadata);
    case 'webp':
    // Nothing of ours encodes AVIF; WebP is the nearest to it.
    case 'avif':
      return encodeWebp(image, undefined, metadata);
    default:
      return assertNever(wanted);
  }
}

/** Saves a picture of the gallery elsewhere; the recipe goes along in every format. */
export const convertPicture = async ({ source, target, format }: Calls['convert']['input']): Promise<void> =>
  writeAtomically(target, await convertedPicture(source, { format, longestSide: null, withRecipe: true }));
