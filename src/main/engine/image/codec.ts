/** Small pictures: whole files to pixels in memory and back. Large ones go by picture-input.ts and picture-output.ts. */
import { readFile } from 'node:fs/promises';
import { StudioError } from '../../../shared/errors';
import { LIMITS } from '../../../shared/limits';
import { invalidPicture, readHeader, requireFile } from './picture-header';
import { toGrey, toRgb, type PixelImage } from './pixel-image';
import { sharp } from './sharp-package';

async function readPicture(path: string): Promise<Buffer> {
  await requireFile(path);
  try {
    return await readFile(path);
  } catch (caught) {
    throw invalidPicture(path, 'cannot be read; check its permissions', caught);
  }
}

/** An embedded sRGB profile changes nothing but rounding, so it is ignored, as PIL ignores every profile. */
function isSrgbProfile(icc: Buffer | undefined): boolean {
  return icc === undefined || icc.includes('sRGB') || icc.includes(Buffer.from('sRGB', 'utf16le').swap16());
}

/**
 * Reads a picture file: EXIF orientation applied, 8 bits, alpha dropped; `L` = PIL's grey formula. A picture with a
 * wide-gamut profile is converted to sRGB; a grey picture (a mask) is data and never is.
 * @throws StudioError `image-missing`; `image-invalid` for an empty, oversized, damaged or cut file
 */
export async function decodeImage(path: string, mode: 'RGB' | 'L' = 'RGB'): Promise<PixelImage> {
  const bytes = await readPicture(path);
  const header = await readHeader(path, bytes);
  const ignoreIcc = mode === 'L' || isSrgbProfile(header.icc);
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: LIMITS.inputImage.maxPixels, failOn: 'error', ignoreIcc })
      .autoOrient()
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const image = fromRaw(data, info);
    return mode === 'L' ? toGrey(image) : toRgb(image);
  } catch (caught) {
    throw invalidPicture(path, 'is damaged or cut short; choose another file', caught);
  }
}

/**
 * Width and height as the picture is shown, from its header alone.
 * @throws StudioError as decodeImage does, for what a header tells
 */
export async function readPictureSize(path: string): Promise<{ readonly width: number; readonly height: number }> {
  const { width, height, orientation = 1 } = await readHeader(path, await readPicture(path));
  // EXIF orientations from 5 on lie on their side.
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

function fromRaw(data: Buffer, info: { width: number; height: number; channels: number }): PixelImage {
  const { width, height, channels } = info;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
  if (channels === 1 || channels === 3 || channels === 4) return { width, height, channels, data: bytes };
  // Grey with alpha: the alpha is dropped, as PIL's convert does.
  return { width, height, channels: 1, data: bytes.filter((_, i) => i % channels === 0) };
}

function toSharp(image: PixelImage): ReturnType<typeof sharp> {
  const { width, height, channels, data } = image;
  if (data.length !== width * height * channels) {
    throw new StudioError('internal', `Expected ${String(width * height * channels)} bytes of pixels but received ${String(data.length)}.`);
  }
  const pipeline = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
  return channels === 1 ? pipeline.toColourspace('b-w') : pipeline;
}

/** Lossless; 8 bits per channel, grey stays grey. */
export async function encodePng(image: PixelImage): Promise<Buffer> {
  return toSharp(image).png({ compressionLevel: 6, palette: false }).toBuffer();
}

/** Text that travels inside a JPEG or WebP: EXIF UserComment (ASCII, what other programs read) and an XMP packet (UTF-8). */
export interface PictureMetadata {
  readonly userComment: string;
  readonly xmp: string;
}

function withMetadata(pipeline: ReturnType<typeof sharp>, metadata: PictureMetadata | null): ReturnType<typeof sharp> {
  const commented = metadata === null || metadata.userComment === '' ? pipeline : pipeline.withExif({ IFD2: { UserComment: metadata.userComment } });
  return metadata === null || metadata.xmp === '' ? commented : commented.withXmp(metadata.xmp);
}

/** `quality` 1..100; colours are not subsampled. */
export async function encodeJpeg(image: PixelImage, quality = 92, metadata: PictureMetadata | null = null): Promise<Buffer> {
  return withMetadata(toSharp(image), metadata).jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer();
}

/** `quality` 1..100, or `lossless`. */
export async function encodeWebp(
  image: PixelImage,
  quality: number | 'lossless' = 90,
  metadata: PictureMetadata | null = null,
): Promise<Buffer> {
  return withMetadata(toSharp(image), metadata).webp(quality === 'lossless' ? { lossless: true } : { quality }).toBuffer();
}

/** Shrinks a picture file so that its longer side is at most `longestSide` pixels; a smaller one keeps its size. WebP. */
export async function encodeThumbnail(path: string, longestSide: number): Promise<Buffer> {
  try {
    return await sharp(path, { limitInputPixels: LIMITS.inputImage.maxPixels })
      .autoOrient()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 82 })
      .toBuffer();
  } catch (caught) {
    throw invalidPicture(path, 'is damaged or cut short; choose another file', caught);
  }
}

/** A whole picture squeezed into `side` x `side` grey pixels, row by row. */
export async function readSmallGrey(bytes: Uint8Array, side: number): Promise<Uint8Array> {
  return sharp(bytes).resize({ width: side, height: side, fit: 'fill' }).greyscale().raw({ depth: 'uchar' }).toBuffer();
}

/** Makes a picture's longer side at most so many pixels; a smaller one stays as it is. */
export async function shrinkImage(image: PixelImage, longestSide: number): Promise<PixelImage> {
  const { data, info } = await toSharp(image).resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true }).raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return fromRaw(data, info);
}
