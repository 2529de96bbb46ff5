import type { TileBox } from '../../../shared/resize/tile-grid';
import type { PixelImage } from './pixel-image';
import type { PixelSource, PixelTarget, Samples } from './raster-file';

/** A picture in memory, read and written box by box as one on disk is. */
export function memoryRaster(image: PixelImage): PixelSource & PixelTarget & { readonly image: PixelImage } {
  const { width, height, channels, data } = image;
  const startOf = (box: TileBox, line: number): number => ((box.y + line) * width + box.x) * channels;
  return {
    image,
    width,
    height,
    channels,
    depth: 8,
    read: (box) => {
      const samples = new Uint8Array(box.width * box.height * channels);
      for (let line = 0; line < box.height; line += 1) {
        const start = startOf(box, line);
        samples.set(data.subarray(start, start + box.width * channels), line * box.width * channels);
      }
      return samples;
    },
    write: (box: TileBox, samples: Samples) => {
      for (let line = 0; line < box.height; line += 1) {
        data.set(samples.subarray(line * box.width * channels, (line + 1) * box.width * channels), startOf(box, line));
      }
    },
  };
}
