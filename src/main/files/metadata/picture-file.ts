import { createHash } from 'node:crypto';
import type { ForeignSettings, Origin, PictureFormat } from '../../../shared/gallery';
import type { Recipe } from '../../../shared/recipe';
import { readForeignSettings } from '../foreign/read-settings';
import { recipeOf } from '../recipe-text';
import { readAvifContainer } from './avif-container';
import { broken, withFile, type ByteSource } from './byte-source';
import type { Container } from './container';
import { readExif } from './exif';
import { readJpegContainer } from './jpeg-container';
import { PNG_SIGNATURE, readPngContainer } from './png-container';
import { readWebpContainer } from './webp-container';
import { readXmp, type XmpMarks } from './xmp-packet';

/** Everything that one picture file tells, without its pixels. */
export interface PictureFacts {
  readonly format: PictureFormat;
  /** Upright, as a person sees it. */
  readonly width: number;
  readonly height: number;
  readonly origin: Origin;
  readonly recipe: Recipe | null;
  readonly foreign: ForeignSettings | null;
  readonly xmpMarks: XmpMarks;
  /** Hex SHA-256 over the stored pixels: the same wherever the file lies and whatever is written around them. */
  readonly fingerprint: string;
}

/** Extensions that are looked at in a folder; what a file is, its bytes tell. */
export const PICTURE_EXTENSIONS: ReadonlySet<string> = new Set(['.png', '.jpg', '.jpeg', '.jfif', '.webp', '.avif']);

/** @throws StudioError `image-invalid` with the reason. */
export async function readContainer(source: ByteSource): Promise<Container> {
  if (source.size === 0) throw broken('it is empty');
  const head = await source.read(0, Math.min(12, source.size));
  if (head.subarray(0, 8).equals(PNG_SIGNATURE)) return readPngContainer(source);
  if (head[0] === 0xff && head[1] === 0xd8) return readJpegContainer(source);
  if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP') return readWebpContainer(source);
  if (head.toString('latin1', 4, 8) === 'ftyp') return readAvifContainer(source);
  throw broken('it is no PNG, JPEG, WebP or AVIF file');
}

/** @throws StudioError `image-invalid` with the reason. */
export async function readPicture(source: ByteSource): Promise<PictureFacts> {
  const container = await readContainer(source);
  const { orientation, text } = container.exif === null ? { orientation: 1, text: new Map<string, string>() } : readExif(container.exif);
  const xmp = readXmp(container.xmp);
  const recipe = recipeOf(container) ?? xmp.recipe;
  const foreign = recipe === null ? readForeignSettings(new Map([...text, ...container.text])) : null;
  const isTurned = orientation >= 5;
  return {
    format: container.format,
    width: isTurned ? container.height : container.width,
    height: isTurned ? container.width : container.height,
    origin: recipe !== null ? 'palimpsest' : (foreign?.origin ?? 'unknown'),
    recipe,
    foreign,
    xmpMarks: xmp.marks,
    fingerprint: container.fingerprint,
  };
}

export const readPictureFile = (path: string): Promise<PictureFacts & { readonly bytes: number; readonly modifiedMs: number }> =>
  withFile(path, async ({ source, bytes, modifiedMs }) => ({ ...(await readPicture(source)), bytes, modifiedMs }));

/** An id made of bytes instead of chance, so that it is the same at every reading. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
