import type { ModelSummary } from '../../shared/model';

export const ASPECTS = ['1:1', '4:3', '3:2', '16:9', '3:4', '2:3', '9:16'] as const;
export type Aspect = (typeof ASPECTS)[number];

export interface Size {
  readonly width: number;
  readonly height: number;
}

function ratioOf(aspect: Aspect): number {
  const [across = 1, down = 1] = aspect.split(':').map(Number);
  return across / down;
}

/** On a coarse grid the shape matters more than the area; both as logarithms, so that halving and doubling weigh the same. */
const SHAPE_WEIGHT = 8;

/** The size on the model's grid and within its limits that comes closest to the shape at about the model's native area. */
export function sizeFor(aspect: Aspect, model: ModelSummary): Size {
  const { min, max, multipleOf } = model.size;
  const ratio = ratioOf(aspect);
  const area = model.nativeSize ** 2;
  const cost = ({ width, height }: Size): number =>
    SHAPE_WEIGHT * Math.abs(Math.log(width / height / ratio)) + Math.abs(Math.log((width * height) / area));
  const isOnGrid = (side: number): boolean => side >= min && side <= max;
  const first = Math.ceil(min / multipleOf) * multipleOf;
  let best: Size = { width: model.defaults.width, height: model.defaults.height };
  let lowest = Infinity;
  for (let width = first; width <= max; width += multipleOf) {
    const near = Math.floor(width / ratio / multipleOf) * multipleOf;
    for (const height of [near, near + multipleOf].filter(isOnGrid)) {
      const size = { width, height };
      if (cost(size) >= lowest) continue;
      lowest = cost(size);
      best = size;
    }
  }
  return best;
}

/** The preset that gives exactly this size, if any. */
export function aspectOf(size: Size, model: ModelSummary): Aspect | null {
  const matches = (aspect: Aspect): boolean => {
    const preset = sizeFor(aspect, model);
    return preset.width === size.width && preset.height === size.height;
  };
  return ASPECTS.find(matches) ?? null;
}

/** Presets worth offering: those whose shape the model's grid can still tell apart. */
export function aspectsFor(model: ModelSummary): readonly Aspect[] {
  const seen = new Set<string>();
  return ASPECTS.filter((aspect) => {
    const { width, height } = sizeFor(aspect, model);
    const key = `${String(width)}x${String(height)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** True when the export only knows one size. */
export const hasFixedSize = (model: ModelSummary): boolean => model.size.min === model.size.max;
