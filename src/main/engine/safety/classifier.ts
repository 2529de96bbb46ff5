import { join } from 'node:path';
import { StudioError } from '../../../shared/errors';
import type { PictureScores } from '../../../shared/moderation/moderation';
import type { RgbImage } from '../engine';
import type { InferenceRuntime, Model } from '../runtime/runtime';

/** Pixels a side of the classifier's input (MobileNetV2). */
const SIDE = 224;
/** Order of the classifier's outputs (nsfwjs, nsfw_classes.ts). */
const CLASSES = ['drawing', 'hentai', 'neutral', 'porn', 'sexy'] as const;

interface Tap {
  readonly low: number;
  readonly high: number;
  /** Weight of `high`. */
  readonly share: number;
}

/** Where each of `SIDE` samples lies among `size` pixels; corners on corners, as TF.js' resizeBilinear(alignCorners). */
const tapsOf = (size: number): readonly Tap[] =>
  Array.from({ length: SIDE }, (_, i) => {
    const at = (i * (size - 1)) / (SIDE - 1);
    const low = Math.floor(at);
    return { low, high: Math.min(low + 1, size - 1), share: at - low };
  });

/** The picture stretched to a square of SIDE, RGB planes in 0..1: [1, 3, SIDE, SIDE]. */
export function classifierInput({ width, height, data }: RgbImage): Float32Array {
  const input = new Float32Array(3 * SIDE * SIDE);
  const columns = tapsOf(width);
  const value = (y: number, x: number, channel: number): number => data[(y * width + x) * 3 + channel] ?? 0;
  tapsOf(height).forEach((row, y) => {
    columns.forEach((column, x) => {
      for (let channel = 0; channel < 3; channel++) {
        const top = value(row.low, column.low, channel) * (1 - column.share) + value(row.low, column.high, channel) * column.share;
        const bottom = value(row.high, column.low, channel) * (1 - column.share) + value(row.high, column.high, channel) * column.share;
        input[(channel * SIDE + y) * SIDE + x] = (top * (1 - row.share) + bottom * row.share) / 255;
      }
    });
  });
  return input;
}

/** Tells what a picture shows, with a small network that stays loaded once it was needed. */
export class PictureClassifier {
  private loading: Promise<Model> | null = null;

  constructor(private readonly runtime: InferenceRuntime) {}

  /**
   * @param folder absolute path of a folder with `model.onnx`
   * @throws StudioError `model-missing` or `model-invalid` naming the file
   */
  async classify(folder: string, image: RgbImage): Promise<PictureScores> {
    const model = await this.load(join(folder, 'model.onnx'));
    const [input, output] = [model.inputs[0], model.outputs[0]];
    const outputs = await model.run({ [input?.name ?? '']: { type: 'float32', dims: [1, 3, SIDE, SIDE], data: classifierInput(image) } });
    const scores = outputs[output?.name ?? ''];
    if (scores?.type !== 'float32' || scores.data.length !== CLASSES.length) {
      throw new StudioError('model-invalid', `Expected ${CLASSES.length} probabilities from the picture check but received something else; install the program again.`);
    }
    // Rounding may leave a share a hair outside of 0..1.
    const share = (i: number): number => Math.min(1, Math.max(0, scores.data[i] ?? 0));
    return { drawing: share(0), hentai: share(1), neutral: share(2), porn: share(3), sexy: share(4) };
  }

  async release(): Promise<void> {
    const closing = this.loading;
    this.loading = null;
    await (await closing)?.release();
  }

  private load(path: string): Promise<Model> {
    this.loading ??= this.runtime.load(path, { optimisation: 'all', memoryArena: false, isKept: true }).catch((caught: unknown) => {
      this.loading = null;
      throw caught;
    });
    return this.loading;
  }
}
