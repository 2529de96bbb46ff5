import { applyPatches, enablePatches, produceWithPatches } from 'immer';
import type { CanvasDocument, History, HistoryEntry } from '../../../shared/canvas-document';

enablePatches();

/** Steps that can be taken back; the schema refuses more. */
export const HISTORY_LIMIT = 500;

/** What an open document is: the picture and the way back. Plain data; every function here returns a new one. */
export interface Edited {
  readonly document: CanvasDocument;
  readonly history: History;
}

export type DocumentEdit = (draft: CanvasDocument) => void;

export const EMPTY_HISTORY: History = { undo: [], redo: [] };

/**
 * Changes the document and records the way back as one entry: two strokes are always two entries. An edit that changes
 * nothing records nothing. Whatever was undone before can no longer be redone.
 */
export function applyEdit(edited: Edited, label: string, edit: DocumentEdit): Edited {
  const [document, patches, inverse] = produceWithPatches(edited.document, (draft) => {
    edit(draft as CanvasDocument);
  });
  if (patches.length === 0) return edited;
  const entry: HistoryEntry = { label: label.slice(0, 100), patches, inverse };
  return { document, history: { undo: [...edited.history.undo, entry].slice(-HISTORY_LIMIT), redo: [] } };
}

/**
 * Changes the document without an entry: the view of it, the form, the frame. Such an edit must not add, remove or
 * reorder layers, masks or steps, because recorded patches name them by place.
 */
export function applyUnrecorded(edited: Edited, edit: DocumentEdit): Edited {
  const [document, patches] = produceWithPatches(edited.document, (draft) => {
    edit(draft as CanvasDocument);
  });
  return patches.length === 0 ? edited : { document, history: edited.history };
}

/** Takes the last recorded edit back; the same object when there is none. */
export function undo(edited: Edited): Edited {
  const entry = edited.history.undo.at(-1);
  if (entry === undefined) return edited;
  return {
    document: applyPatches(edited.document, entry.inverse),
    history: { undo: edited.history.undo.slice(0, -1), redo: [...edited.history.redo, entry] },
  };
}

/** Does the last undone edit again; the same object when there is none. */
export function redo(edited: Edited): Edited {
  const entry = edited.history.redo.at(-1);
  if (entry === undefined) return edited;
  return {
    document: applyPatches(edited.document, entry.patches),
    history: { undo: [...edited.history.undo, entry], redo: edited.history.redo.slice(0, -1) },
  };
}

/** What Undo and Redo would do, for their tooltips; `null` when there is nothing. */
export const historyLabels = (
  history: History,
): { readonly undo: string | null; readonly redo: string | null } => ({
  undo: history.undo.at(-1)?.label ?? null,
  redo: history.redo.at(-1)?.label ?? null,
});
