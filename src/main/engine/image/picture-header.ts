/** What a picture file says of itself, judged before a single pixel is decoded. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { StudioError } from '../../../shared/errors';
import { LIMITS } from '../../../shared/limits';
import { sharp, type SharpMetadata } from './sharp-package';

/** By content, not by name; formats that can run scripts or fetch files (SVG, PDF) are not pictures here. */
const FORMATS: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp', 'gif', 'tiff', 'heif', 'avif']);

export function invalidPicture(path: string, problem: string, cause?: unknown): StudioError {
  return new StudioError('image-invalid', `The picture ${basename(path)} ${problem}.`, { details: { path }, cause });
}

/** @throws StudioError `image-missing`; `image-invalid` for what is no file, empty or too large */
export async function requireFile(path: string): Promise<void> {
  const limit = LIMITS.inputImage.maxBytes;
  let size: number;
  let isFile: boolean;
  try {
    const info = await stat(path);
    size = info.size;
    isFile = info.isFile();
  } catch (caught) {
    throw new StudioError('image-missing', `The picture ${path} cannot be found; choose it again.`, { details: { path }, cause: caught });
  }
  if (!isFile) throw invalidPicture(path, 'is not a file; choose a PNG, JPEG or WebP file');
  if (size === 0) throw invalidPicture(path, 'is empty; choose another file');
  if (size > limit) throw invalidPicture(path, `is larger than ${String(limit / 1024 / 1024)} MB; save a smaller copy first`);
}

/**
 * @param input the file's bytes, or its path once more
 * @throws StudioError `image-invalid` for what is no picture or too large a one
 */
export async function readHeader(path: string, input: Buffer | string): Promise<SharpMetadata> {
  let header: SharpMetadata;
  try {
    header = await sharp(input, { limitInputPixels: false }).metadata();
  } catch (caught) {
    throw invalidPicture(path, 'is damaged or not a picture; choose a PNG, JPEG or WebP file', caught);
  }
  if (!FORMATS.has(header.format)) throw invalidPicture(path, `is a ${header.format} file; choose a PNG, JPEG or WebP file`);
  const { width, height } = header;
  const { maxSide, maxPixels } = LIMITS.inputImage;
  if (width > maxSide || height > maxSide || width * height > maxPixels) {
    throw invalidPicture(
      path,
      `is ${String(width)} x ${String(height)} pixels, more than the ${String(maxSide)} per side and ${String(maxPixels / 1e6)} million in all that can be opened; save a smaller copy first`,
    );
  }
  return header;
}
