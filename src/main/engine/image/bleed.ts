import { maxSample, type SampleFormat, type Samples } from './raster-file';

/** Pixels that colour is carried under transparency: further off a network's answer changes nothing that is seen. */
export const BLEED = 16;

const NEIGHBOURS = [
  [-1, -1],
  [0, -1],
  [1, -1],
  [-1, 0],
  [1, 0],
  [-1, 1],
  [0, 1],
  [1, 1],
] as const;

interface Area {
  readonly width: number;
  readonly height: number;
  readonly format: SampleFormat;
}

/** Whether a box holds any wholly transparent pixel. */
function hasHoles(samples: Samples, channels: number): boolean {
  for (let i = channels - 1; i < samples.length; i += channels) if (samples[i] === 0) return true;
  return false;
}

/** Indices of the known pixels around one. */
function knownAround(index: number, known: Uint8Array, { width, height }: Area): readonly number[] {
  const x = index % width;
  const y = Math.floor(index / width);
  const found: number[] = [];
  for (const [dx, dy] of NEIGHBOURS) {
    const isInside = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height;
    const other = index + dy * width + dx;
    if (isInside && known[other] === 1) found.push(other);
  }
  return found;
}

/** One ring further: each unknown pixel beside known ones gets their mean. */
function growRing(samples: Samples, known: Uint8Array, area: Area): boolean {
  const { channels } = area.format;
  const filled: number[] = [];
  for (let index = 0; index < known.length; index += 1) {
    if (known[index] === 1) continue;
    const around = knownAround(index, known, area);
    if (around.length === 0) continue;
    for (let c = 0; c < channels - 1; c += 1) {
      samples[index * channels + c] = Math.round(around.reduce((sum, other) => sum + (samples[other * channels + c] ?? 0), 0) / around.length);
    }
    filled.push(index);
  }
  for (const index of filled) known[index] = 1;
  return filled.length > 0;
}

/**
 * Carries colour from the visible into the invisible, ring by ring, so that no hidden colour shows at an edge after
 * enlarging. What lies further than BLEED from anything visible becomes mid grey. Each pixel depends on nothing beyond
 * that distance, so tiles agree with the whole.
 */
export function bleedColours(samples: Samples, area: Area): Samples {
  const { channels } = area.format;
  if (channels % 2 !== 0 || !hasHoles(samples, channels)) return samples;
  const bled = samples.slice();
  const known = new Uint8Array(area.width * area.height);
  for (let index = 0; index < known.length; index += 1) known[index] = bled[index * channels + channels - 1] === 0 ? 0 : 1;
  for (let ring = 0; ring < BLEED; ring += 1) if (!growRing(bled, known, area)) break;
  const grey = (maxSample(area.format) + 1) / 2;
  for (let index = 0; index < known.length; index += 1) if (known[index] === 0) bled.fill(grey, index * channels, index * channels + channels - 1);
  return bled;
}
