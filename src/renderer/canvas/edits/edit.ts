import type { CanvasDocument } from '../../../shared/canvas-document';

/** A change of a document as a recipe for `applyEdit`: takes a draft and changes it in place. */
export type Edit = (draft: CanvasDocument) => void;
