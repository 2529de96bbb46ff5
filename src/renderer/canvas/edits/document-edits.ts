import type { EditSettings, PaintStep, Rect } from '../../../shared/canvas-document';
import { StudioError } from '../../../shared/errors';
import type { Edit } from './edit';
import { layerOf } from './layer-edits';
import { maskOf } from './mask-edits';

/** Where a painted step goes. */
export interface StepTarget {
  readonly kind: 'mask' | 'sketch';
  readonly id: string;
}

/** Adds one step to a mask or a sketch layer. @throws StudioError `invalid-request` when there is no such target. */
export const addStep =
  (target: StepTarget, step: PaintStep): Edit =>
  (draft) => {
    if (target.kind === 'mask') {
      maskOf(draft, target.id).steps.push(step);
      return;
    }
    const layer = layerOf(draft, target.id);
    if (layer.kind !== 'sketch')
      throw new StudioError(
        'invalid-request',
        `Expected a sketch layer but received the picture "${layer.name}"; add a sketch layer to paint on.`,
      );
    layer.steps.push(step);
  };

export const setFrame =
  (frame: Rect): Edit =>
  (draft) => {
    draft.frame = { ...frame };
  };

export const setSettings =
  (change: Partial<EditSettings>): Edit =>
  (draft) => {
    Object.assign(draft.settings, change);
  };
