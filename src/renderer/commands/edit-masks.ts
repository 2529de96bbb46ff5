import type { PaintStep } from '../../shared/canvas-document';
import type { TFunction } from 'i18next';
import { addStep } from '../canvas/edits/document-edits';
import { addMask, duplicateMask, removeMask, setActiveMask } from '../canvas/edits/mask-edits';
import { documentOf, type EditDeps } from './edit-deps';
import { pickFile } from './pick-file';

export interface MaskCommands {
  /** One step on the active mask. */
  maskStep(step: PaintStep): void;
  addMask(): void;
  duplicateMask(id: string): void;
  removeMask(id: string): void;
  /** Makes the mask active and lets the person choose a picture to add to it. */
  loadMask(id: string): Promise<void>;
}

/** Tells masks apart on any picture, also for eyes that mix up red and green (Okabe and Ito's palette, 2008). */
const MASK_COLOURS = ['#d55e00', '#0072b2', '#cc79a7', '#009e73', '#f0e442', '#56b4e9'] as const;

/** The mask that is made when there are `count` already. */
export function nextMask(t: TFunction, count: number): { readonly id: string; readonly name: string; readonly colour: string } {
  return { id: crypto.randomUUID(), name: t('edit.masks.name', { number: count + 1 }), colour: MASK_COLOURS[count % MASK_COLOURS.length] ?? MASK_COLOURS[0] };
}

const LABEL_OF_STEP = { stroke: 'stroke', polygon: 'shape', rectangle: 'shape', ellipse: 'shape', fill: 'fill', invert: 'invert', clear: 'clear', image: 'maskPicture' } as const;

export function createMaskCommands(deps: EditDeps, takePicture: (file: File) => Promise<void>): MaskCommands {
  const { stores, t } = deps;
  const { canvas } = stores;
  return {
    maskStep(step) {
      const id = documentOf(deps)?.activeMaskId ?? null;
      if (id === null) return;
      const label = step.kind === 'grow' ? (step.by < 0 ? 'shrink' : 'grow') : LABEL_OF_STEP[step.kind];
      canvas.edit(label, addStep({ kind: 'mask', id }, step));
    },
    addMask() {
      canvas.edit('addMask', addMask(nextMask(t, documentOf(deps)?.masks.length ?? 0)));
    },
    duplicateMask(id) {
      const name = documentOf(deps)?.masks.find((mask) => mask.id === id)?.name;
      if (name !== undefined) canvas.edit('copyMask', duplicateMask(id, { id: crypto.randomUUID(), name: t('edit.masks.copyName', { name }) }));
    },
    removeMask(id) {
      canvas.edit('removeMask', removeMask(id));
    },
    async loadMask(id) {
      canvas.adjust(setActiveMask(id));
      const file = await pickFile('image/*');
      if (file !== null) await takePicture(file);
    },
  };
}
