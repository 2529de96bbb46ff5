import { readFile } from 'node:fs/promises';
import { assertNever } from '../../shared/errors';
import type { Calls } from '../engine-protocol';
import { decodeImage, encodeJpeg, encodeWebp, type PictureMetadata } from '../engine/image/codec';
import { readPngFacts } from '../files/png-text';
import { recipeOf, toParameters } from '../files/recipe-text';
import { writeAtomically } from '../files/write-file';
import { recipeXmp, XMP_KEYWORD } from '../files/xmp';

async function metadataOf(path: string): Promise<PictureMetadata | null> {
  const facts = await readPngFacts(path);
  const recipe = recipeOf(facts);
  // A copy says of its source what the picture itself says.
  return recipe === null ? null : { userComment: toParameters(recipe), xmp: recipeXmp(recipe, facts.text.has(XMP_KEYWORD)) };
}

/** Saves a picture of the gallery elsewhere; the recipe goes along in every format. A PNG is copied byte for byte. */
export async function convertPicture({ source, target, format }: Calls['convert']['input']): Promise<void> {
  switch (format) {
    case 'png':
      return writeAtomically(target, await readFile(source));
    case 'jpeg':
      return writeAtomically(target, await encodeJpeg(await decodeImage(source), undefined, await metadataOf(source)));
    case 'webp':
      return writeAtomically(target, await encodeWebp(await decodeImage(source), undefined, await metadataOf(source)));
    default:
      return assertNever(format);
  }
}
