import type { PaintStep, Rect } from '../../../shared/canvas-document';
import type { Edit } from './edit';

function shiftStep(step: PaintStep, x: number, y: number): PaintStep {
  if ('points' in step)
    return {
      ...step,
      points: step.points.map((value, i) => (i % 3 === 0 ? value + x : i % 3 === 1 ? value + y : value)),
    };
  if ('rect' in step) return { ...step, rect: { ...step.rect, x: step.rect.x + x, y: step.rect.y + y } };
  return step;
}

/** Fill and invert reach over the whole document, so a mask with them would spread into what is added. */
function keepOutside(steps: PaintStep[], added: readonly Rect[]): PaintStep[] {
  if (!steps.some((step) => step.kind === 'fill' || step.kind === 'invert')) return steps;
  return [
    ...steps,
    ...added
      .filter(({ width, height }) => width > 0 && height > 0)
      .map((rect): PaintStep => ({ kind: 'rectangle', mode: 'erase', colour: null, rect })),
  ];
}

/** Pixels to add on each side; all 0 or more. */
export interface AddedSides {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Adds empty pixels on each side. Everything keeps its place on the picture; masks do not spread into the new area. */
export const extendDocument =
  ({ left, top, right, bottom }: AddedSides): Edit =>
  (draft) => {
    if (left === 0 && top === 0 && right === 0 && bottom === 0) return;
    draft.width += left + right;
    draft.height += top + bottom;
    const { width, height } = draft;
    const added = [
      { x: 0, y: 0, width, height: top },
      { x: 0, y: height - bottom, width, height: bottom },
      { x: 0, y: top, width: left, height: height - top - bottom },
      { x: width - right, y: top, width: right, height: height - top - bottom },
    ];
    const shifted = (steps: PaintStep[]): PaintStep[] =>
      left === 0 && top === 0 ? steps : steps.map((step) => shiftStep(step, left, top));
    for (const layer of draft.layers) {
      if (layer.kind === 'sketch') layer.steps = shifted(layer.steps);
      else layer.rect = { ...layer.rect, x: layer.rect.x + left, y: layer.rect.y + top };
    }
    for (const mask of draft.masks) mask.steps = keepOutside(shifted(mask.steps), added);
    draft.frame = { ...draft.frame, x: draft.frame.x + left, y: draft.frame.y + top };
  };
