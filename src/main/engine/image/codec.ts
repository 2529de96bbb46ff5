/** The only importer of sharp: files to pixels and pixels to files. */
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import type Sharp from 'sharp';
import type { Metadata } from 'sharp';
import { StudioError } from '../../../shared/errors';
import { LIMITS } from '../../../shared/limits';
import { toGrey, toRgb, type PixelImage } from './pixel-image';
import { withSuitableSharp } from './sharp-binary';

// Not called `require`: the bundler adds a constant of that name to every file that uses it.
const loadPackage = createRequire(import.meta.url);
const sharp = withSuitableSharp(() => loadPackage('sharp') as typeof Sharp);
// libvips would keep opened files by name, and show yesterday's picture under today's.
sharp.cache(false);

/** By content, not by name; formats that can run scripts or fetch files (SVG, PDF) are not pictures here. */
const FORMATS: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp', 'gif', 'tiff', 'heif', 'avif']);

function invalid(path: string, problem: string, cause?: unknown): StudioError {
  return new StudioError('image-invalid', `The picture ${basename(path)} ${problem}.`, { details: { path }, cause });
}

async function readPicture(path: string): Promise<Buffer> {
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
  if (!isFile) throw invalid(path, 'is not a file; choose a PNG, JPEG or WebP file');
  if (size === 0) throw invalid(path, 'is empty; choose another file');
  if (size > limit) throw invalid(path, `is larger than ${String(limit / 1024 / 1024)} MB; save a smaller copy first`);
  try {
    return await readFile(path);
  } catch (caught) {
    throw invalid(path, 'cannot be read; check its permissions', caught);
  }
}

/** Everything the header tells is judged here, before a single pixel is decoded. */
async function readHeader(path: string, bytes: Buffer): Promise<Metadata> {
  let header: Metadata;
  try {
    header = await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (caught) {
    throw invalid(path, 'is damaged or not a picture; choose a PNG, JPEG or WebP file', caught);
  }
  if (!FORMATS.has(header.format)) throw invalid(path, `is a ${header.format} file; choose a PNG, JPEG or WebP file`);
  const { width, height } = header;
  const { maxSide, maxPixels } = LIMITS.inputImage;
  if (width > maxSide || height > maxSide || width * height > maxPixels) {
    throw invalid(
      path,
      `is ${String(width)} x ${String(height)} pixels, more than the ${String(maxSide)} per side and ${String(maxPixels / 1e6)} million in all that can be opened; save a smaller copy first`,
    );
  }
  return header;
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
    throw invalid(path, 'is damaged or cut short; choose another file', caught);
  }
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

const withMetadata = (pipeline: ReturnType<typeof sharp>, metadata: PictureMetadata | null): ReturnType<typeof sharp> =>
  metadata === null ? pipeline : pipeline.withExif({ IFD2: { UserComment: metadata.userComment } }).withXmp(metadata.xmp);

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
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 82 })
      .toBuffer();
  } catch (caught) {
    throw invalid(path, 'is damaged or cut short; choose another file', caught);
  }
}
