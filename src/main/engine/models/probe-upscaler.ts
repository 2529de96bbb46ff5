/**
 * Finds out by small runs what an upscaler's file does not say: every such network gives back, larger, roughly the
 * picture it was given. So the right reading of its numbers is the one under which the answer looks like the question.
 */
import { StudioError } from '../../../shared/errors';
import type { UpscalerQuestion, UpscalerTraits } from '../../../shared/resize/upscaler';
import { runUpscaler, type Upscaler } from './upscaler';
import type { Planes } from './vae';
import { displayName } from './part-names';

/** Pixels a side of a probe: divisible by every window there is. */
const SIDE = 64;
/** What a network may ask its sides to be divisible by. */
const MULTIPLES = [1, 2, 4, 8, 16, 32, 64] as const;
/** Mean difference in [0, 1] below which an answer is the question, and how much better than its rival it must be. */
const CLOSE = 0.06;
const CLEARLY = 2;

/** Slow waves of different colours, with two edges. */
function testPicture(width: number, height: number): Planes {
  const area = width * height;
  const data = new Float32Array(3 * area);
  for (let y = 0, i = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, i += 1) {
      const edge = x > width / 2 ? 0.2 : 0;
      data[i] = 0.3 + 0.25 * Math.sin(x / 9) + edge;
      data[area + i] = 0.5 + 0.2 * Math.sin(y / 7) - edge;
      data[2 * area + i] = 0.6 + 0.2 * Math.cos((x + y) / 11);
    }
  }
  return { channels: 3, width, height, data };
}

/** Mean difference between a picture and its enlargement, each pixel's block averaged; colours of another kind differ by a mean of 1. */
function difference(question: Planes, answer: Planes, scale: number): number {
  const { width, height } = question;
  let sum = 0;
  for (let c = 0; c < 3; c += 1) {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        let mean = 0;
        for (let dy = 0; dy < scale; dy += 1) for (let dx = 0; dx < scale; dx += 1) mean += answer.data[c * answer.width * answer.height + (y * scale + dy) * answer.width + x * scale + dx] ?? 0;
        const off = Math.abs(mean / scale ** 2 - (question.data[c * width * height + y * width + x] ?? 0));
        // What is no number at all is as wrong as can be.
        sum += off <= 1 ? off : 1;
      }
    }
  }
  return sum / (3 * width * height);
}

interface Attempt {
  readonly traits: UpscalerTraits;
  readonly scale: number;
  readonly difference: number;
}

async function attempt(upscaler: Upscaler, traits: UpscalerTraits, picture: Planes): Promise<Attempt | null> {
  const answer = await runUpscaler({ ...upscaler, traits }, picture).catch((caught: unknown) => {
    if (caught instanceof StudioError && caught.code !== 'out-of-memory') return null;
    throw caught;
  });
  if (answer === null) return null;
  const scale = answer.width / picture.width;
  if (!Number.isInteger(scale) || scale < 1 || scale > 8 || answer.height !== picture.height * scale) return null;
  return { traits, scale, difference: difference(picture, answer, scale) };
}

/** The least divisor of its sides that a network accepts. */
async function findMultiple(upscaler: Upscaler, { traits, scale }: Attempt): Promise<number> {
  for (const multiple of MULTIPLES) {
    // Not divisible by anything larger.
    const picture = testPicture(SIDE + multiple, SIDE + multiple);
    const tried = await attempt(upscaler, traits, picture);
    if (tried?.scale === scale) return multiple;
  }
  return SIDE;
}

export interface ProbeResult {
  readonly scale: number;
  readonly traits: UpscalerTraits;
  readonly multipleOf: number;
  readonly questions: readonly UpscalerQuestion[];
}

/**
 * @param known what is told already and not to be found out
 * @throws StudioError `model-unsupported` when no reading makes it enlarge 1 to 8 times
 */
export async function probeUpscaler(upscaler: Upscaler, known: Partial<UpscalerTraits>): Promise<ProbeResult> {
  const { layout, fixedSide, graph } = upscaler.declared;
  const side = fixedSide ?? SIDE;
  const picture = testPicture(side, side);
  const layouts = [known.layout ?? layout].flatMap((one) => (one === null ? (['nchw', 'nhwc'] as const) : [one]));
  const ranges = known.range === undefined ? ([1, 255] as const) : [known.range];
  const tried: Attempt[] = [];
  for (const one of layouts) {
    for (const range of ranges) {
      const made = await attempt(upscaler, { layout: one, range, order: known.order ?? 'rgb' }, picture);
      if (made !== null) tried.push(made);
    }
  }
  tried.sort((a, b) => a.difference - b.difference);
  const [best, rival] = tried;
  if (best === undefined) {
    throw new StudioError('model-unsupported', `${displayName(graph)} does not enlarge a picture 1 to 8 times: choose another upscaler.`, { details: { file: displayName(graph) } });
  }
  const isSure = best.difference < CLOSE && (rival === undefined || rival.difference > best.difference * CLEARLY);
  const questions = isSure ? [] : (['layout', 'range'] as const).filter((trait) => tried.some(({ traits }) => traits[trait] !== best.traits[trait]));
  // A far answer under every reading may be one of swapped colours.
  const isColourUnclear = best.difference >= CLOSE && known.order === undefined;
  return {
    scale: best.scale,
    traits: best.traits,
    multipleOf: fixedSide === null ? await findMultiple(upscaler, best) : 1,
    questions: isColourUnclear ? [...questions, 'order'] : questions,
  };
}
