import { assertNever } from '../../../shared/errors';
import type { OutputFormat } from '../../../shared/resize/settings';
import type { PixelSize } from '../../../shared/resize/size-target';
import type { SampleFormat } from './raster-file';
import { sharp } from './sharp-package';

export interface EncodeOptions extends PixelSize, SampleFormat {
  readonly format: OutputFormat;
  /** 1..100 for JPEG, WebP and AVIF. */
  readonly quality: number;
  /** Dots per inch to write down; null leaves what the metadata says. */
  readonly density: number | null;
  /** Text for Exif's UserComment, which other programs read; null leaves it. */
  readonly userComment: string | null;
}

/** Above this a JPEG is written without a second look at its coefficients, which would hold them all in memory. */
const STREAMED_JPEG_PIXELS = 4_200_000;

type Pipeline = ReturnType<typeof sharp>;

function inFormat(pipeline: Pipeline, { format, quality, width, height, depth }: EncodeOptions): Pipeline {
  const isLarge = width * height > STREAMED_JPEG_PIXELS;
  switch (format) {
    case 'png':
      return pipeline.png({ compressionLevel: 6, palette: false });
    case 'jpeg':
      return pipeline.jpeg({ quality, chromaSubsampling: '4:4:4', optimiseCoding: !isLarge });
    case 'webp':
      return quality === 100 ? pipeline.webp({ lossless: true }) : pipeline.webp({ quality });
    case 'avif':
      return pipeline.avif({ quality, chromaSubsampling: '4:4:4' });
    case 'tiff':
      // Classic TIFF ends at 4 GB.
      return pipeline.tiff({ compression: 'deflate', predictor: depth === 16 ? 'none' : 'horizontal', bigtiff: width * height * depth > 6e9 });
    default:
      return assertNever(format);
  }
}

/** Grey stays grey and 16 bits stay 16 where the format can hold them. */
function spaceOf({ format, channels, depth }: EncodeOptions): string {
  const isDeep = depth === 16 && (format === 'png' || format === 'tiff');
  const isGrey = channels < 3 && format !== 'webp' && format !== 'avif';
  if (isDeep) return isGrey ? 'grey16' : 'rgb16';
  return isGrey ? 'b-w' : 'srgb';
}

/**
 * Encodes a stored PNG (stored-png.ts) with all metadata in it. PNG, JPEG and TIFF are written as streams; WebP and
 * AVIF encoders hold the whole picture. Transparency on a format without it becomes white.
 * @param target a new file; what fails leaves it half written
 */
export async function encodePicture(source: string, target: string, options: EncodeOptions): Promise<void> {
  const { format, density, userComment } = options;
  let pipeline = sharp(source, { limitInputPixels: false, unlimited: true, ignoreIcc: true, sequentialRead: true }).keepMetadata();
  if (format === 'jpeg') pipeline = pipeline.flatten({ background: '#ffffff' });
  if (userComment !== null) pipeline = pipeline.withExifMerge({ IFD2: { UserComment: userComment } });
  if (density !== null) pipeline = pipeline.withDensity(density);
  await inFormat(pipeline.toColourspace(spaceOf(options)), options).toFile(target);
}
