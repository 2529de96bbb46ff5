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

/** The size of that shape with about the model's native area, on the model's grid and within its limits. */
export function sizeFor(aspect: Aspect, model: ModelSummary): Size {
  const { min, max, multipleOf } = model.size;
  const snap = (side: number): number =>
    Math.min(max, Math.max(min, Math.round(side / multipleOf) * multipleOf));
  const root = Math.sqrt(ratioOf(aspect));
  return { width: snap(model.nativeSize * root), height: snap(model.nativeSize / root) };
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
