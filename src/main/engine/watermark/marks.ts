import type { RgbImage } from '../engine';
import { embedMark, MIN_MARK_SIDE, readMark } from './dwt-dct';

const bitsOfText = (text: string): readonly boolean[] => [...Buffer.from(text, 'ascii')].flatMap((byte) => Array.from({ length: 8 }, (_, i) => ((byte >> (7 - i)) & 1) === 1));

/** What this studio writes: the six letters "PALIMP" in ASCII, highest bit first, 48 bits. */
export const OWN_MARK = bitsOfText('PALIMP');

/** The picture with our mark in it; one that is too small for a mark is left as it is. */
export const markPicture = (image: RgbImage): RgbImage => (Math.min(image.width, image.height) < MIN_MARK_SIDE ? image : embedMark(image, OWN_MARK));

/** Marks that can be told apart: ours, that of diffusers' SDXL pipeline, and those of the Stable Diffusion scripts. */
const KNOWN_MARKS: readonly { readonly name: string; readonly bits: readonly boolean[] }[] = [
  { name: 'Palimpsest', bits: OWN_MARK },
  { name: 'Stable Diffusion XL', bits: [...'101100111110110010010000011110111011000110011110'].map((bit) => bit === '1') },
  { name: 'Stable Diffusion 2', bits: bitsOfText('SDV2') },
  { name: 'Stable Diffusion 1', bits: bitsOfText('StableDiffusionV1') },
];

/** Share of agreeing bits from which a mark counts as found: of a billion sets of 48 random bits, one reaches it; of 32 bits, a thousand. */
const FOUND = 0.9;

export interface MarkReading {
  readonly name: string;
  readonly agreeing: number;
  readonly bits: number;
}

/** The known mark in a picture, or null. */
export function findMark(image: RgbImage): MarkReading | null {
  const readings = KNOWN_MARKS.map(({ name, bits }) => {
    const read = readMark(image, bits.length);
    return { name, agreeing: bits.filter((bit, i) => bit === read[i]).length, bits: bits.length };
  });
  return readings.filter(({ agreeing, bits }) => agreeing / bits >= FOUND).sort((a, b) => b.agreeing / b.bits - a.agreeing / a.bits)[0] ?? null;
}
