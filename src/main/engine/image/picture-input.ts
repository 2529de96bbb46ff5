import { closeSync, openSync, readSync } from 'node:fs';
import { extname } from 'node:path';
import { FORMAT_EXTENSIONS, type OutputFormat } from '../../../shared/resize/settings';
import { uprightExif } from './exif';
import { invalidPicture, readHeader, requireFile } from './picture-header';
import type { RasterSpec } from './raster-file';
import { sharp, type SharpMetadata } from './sharp-package';
import type { CarriedMetadata } from './stored-png';

/** What a picture is before it is decoded. */
export interface PictureFacts extends RasterSpec {
  readonly format: OutputFormat | 'gif';
  readonly metadata: CarriedMetadata;
  /** One sentence each: what of the file does not go along, or a name that does not tell its content. */
  readonly notes: readonly string[];
}

/** libvips' own format: a header of this many bytes, then the rows as they lie in memory. */
export const VIPS_HEADER = 64;
const VIPS = { width: 4, height: 8, bands: 12, format: 20 } as const;
const VIPS_USHORT = 2;

/** sharp calls AVIF and HEIC by their container. */
function formatOf(header: SharpMetadata): PictureFacts['format'] {
  if (header.format === 'heif') return 'avif';
  return header.format === 'jpeg' || header.format === 'webp' || header.format === 'tiff' || header.format === 'gif' ? header.format : 'png';
}

/** An ending that promises another format; unknown endings promise nothing. */
function isMislabelled(path: string, format: PictureFacts['format']): boolean {
  const ending = extname(path).slice(1).toLowerCase();
  const promised = Object.entries(FORMAT_EXTENSIONS).find(([, extensions]) => extensions.includes(ending));
  return promised !== undefined && promised[0] !== format;
}

function channelsOf({ channels, space }: SharpMetadata): RasterSpec['channels'] {
  if (space === 'cmyk') return 3;
  if (channels === 1 || channels === 2 || channels === 4) return channels;
  return 3;
}

function notesOf(path: string, header: SharpMetadata): readonly string[] {
  const format = formatOf(header);
  const notes: string[] = [];
  if (isMislabelled(path, format)) notes.push(`The file is named ${extname(path)} but is ${format.toUpperCase()} by content; it was read as that.`);
  if (header.space === 'cmyk') notes.push('The picture is made for print (CMYK); its colours became sRGB and its profile was left out.');
  if ((header.pages ?? 1) > 1) notes.push(`The file holds ${header.pages} pictures; the first was taken.`);
  return notes;
}

/**
 * Reads what a file says of itself; no pixel is decoded.
 * @throws StudioError `image-missing`; `image-invalid` for what is empty, oversized or no picture
 */
export async function readPictureFacts(path: string): Promise<PictureFacts> {
  await requireFile(path);
  const header = await readHeader(path, path);
  const isTurned = (header.orientation ?? 1) >= 5;
  const bytes = (block: Buffer | undefined): Uint8Array | null => (block === undefined || block.length === 0 ? null : new Uint8Array(block));
  const exif = bytes(header.exif);
  return {
    width: isTurned ? header.height : header.width,
    height: isTurned ? header.width : header.height,
    channels: channelsOf(header),
    depth: header.depth === 'ushort' ? 16 : 8,
    format: formatOf(header),
    // A print profile would be wrong for the colours that it was changed to.
    metadata: { icc: header.space === 'cmyk' ? null : bytes(header.icc), exif: exif === null ? null : uprightExif(exif), xmp: bytes(header.xmp) },
    notes: notesOf(path, header),
  };
}

function readVipsSpec(path: string): RasterSpec {
  const header = Buffer.alloc(VIPS_HEADER);
  const descriptor = openSync(path, 'r');
  try {
    readSync(descriptor, header, 0, VIPS_HEADER, 0);
  } finally {
    closeSync(descriptor);
  }
  const bands = header.readInt32LE(VIPS.bands);
  return {
    width: header.readInt32LE(VIPS.width),
    height: header.readInt32LE(VIPS.height),
    channels: bands === 1 || bands === 2 || bands === 4 ? bands : 3,
    depth: header.readInt32LE(VIPS.format) === VIPS_USHORT ? 16 : 8,
  };
}

/**
 * Decodes a picture to raw rows on disk, orientation applied, in its own depth and colour space: the profile is carried
 * along instead of being applied. JPEG, PNG and TIFF are read as streams; WebP and AVIF decoders hold the whole picture.
 * @param target a new file; its rows begin at VIPS_HEADER
 * @throws StudioError `image-invalid` when the file is damaged or cut short
 */
export async function decodeToRaster(path: string, facts: PictureFacts, target: string): Promise<RasterSpec> {
  const isGrey = facts.channels < 3;
  const space = facts.depth === 16 ? (isGrey ? 'grey16' : 'rgb16') : isGrey ? 'b-w' : 'srgb';
  try {
    await sharp(path, { limitInputPixels: false, failOn: 'error', ignoreIcc: facts.metadata.icc !== null, sequentialRead: true })
      .autoOrient()
      .toColourspace(space)
      .toFile(target);
  } catch (caught) {
    throw invalidPicture(path, 'is damaged or cut short; choose another file', caught);
  }
  return readVipsSpec(target);
}
