import type { CanvasDocument, Mask } from '../../../shared/canvas-document';
import { StudioError } from '../../../shared/errors';
import type { Edit } from './edit';
import { emptyMask, type NewMask } from './new-document';

/** @throws StudioError `invalid-request` when the document has no such mask */
export function maskOf(draft: CanvasDocument, id: string): Mask {
  const mask = draft.masks.find((candidate) => candidate.id === id);
  if (mask === undefined)
    throw new StudioError(
      'invalid-request',
      `Expected a mask of this document but received "${id}"; choose one from the list of masks.`,
    );
  return mask;
}

/** Adds an empty mask above the others and makes it the active one. */
export const addMask =
  (mask: NewMask): Edit =>
  (draft) => {
    draft.masks.push(emptyMask(mask));
    draft.activeMaskId = mask.id;
  };

/** Removes a mask; the one before it (or the new first) becomes active. */
export const removeMask =
  (id: string): Edit =>
  (draft) => {
    const at = draft.masks.findIndex((mask) => mask.id === id);
    if (at === -1) return;
    draft.masks.splice(at, 1);
    if (draft.activeMaskId === id) draft.activeMaskId = draft.masks[Math.max(0, at - 1)]?.id ?? null;
  };

/** A copy of a mask with its own steps, active. */
export const duplicateMask =
  (id: string, copy: { readonly id: string; readonly name: string }): Edit =>
  (draft) => {
    const mask = maskOf(draft, id);
    draft.masks.push({ ...mask, ...copy, steps: [...mask.steps] });
    draft.activeMaskId = copy.id;
  };

/** Changes a mask's name, strength, feather, colour, pattern or visibility. */
export const setMask =
  (id: string, change: Partial<Omit<Mask, 'id' | 'steps'>>): Edit =>
  (draft) => {
    Object.assign(maskOf(draft, id), change);
  };

export const setActiveMask =
  (id: string | null): Edit =>
  (draft) => {
    draft.activeMaskId = id;
  };
