import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CanvasDocument, DocumentSummary } from '../../shared/canvas-document';
import type { OpenedDocument } from '../../shared/contract';
import type { DocumentId } from '../../shared/ids';
import { applyEdit, applyUnrecorded, EMPTY_HISTORY, redo, undo, type DocumentEdit, type Edited } from '../canvas/kernels/history';
import type { StudioApi } from '../studio-api';
import type { StagingStore } from './canvas-staging';
import { createDocumentSaver } from './document-saver';

/** What an undo entry says it did; the catalogue has a sentence for each. */
export const EDIT_LABELS = ['stroke', 'shape', 'fill', 'invert', 'clear', 'grow', 'shrink', 'maskPicture', 'addMask', 'copyMask', 'removeMask', 'addSketch', 'accept', 'addPicture', 'removeLayer', 'moveLayer', 'flatten'] as const;
export type EditLabel = (typeof EDIT_LABELS)[number];

export interface CanvasState {
  /** The open document with its way back; null = none is open. */
  readonly edited: Edited | null;
  /** Newest change first, the open one included. */
  readonly documents: readonly DocumentSummary[];
  readonly isLoaded: boolean;
  /** False while a change waits to be written. */
  readonly isSaved: boolean;
}

export interface CanvasStore extends StoreApi<CanvasState> {
  /** Lists the documents and opens the one that was worked on last. @throws StudioError */
  load(): Promise<void>;
  /** @throws StudioError */
  refresh(): Promise<void>;
  /** Makes a new document the open one and saves it. */
  start(document: CanvasDocument): void;
  /** Takes over what main has opened, e.g. from a file. */
  adopt(opened: Pick<OpenedDocument, 'document' | 'history' | 'staging'>): void;
  /** @throws StudioError */
  open(id: DocumentId): Promise<void>;
  close(): void;
  /** Moves the document to the trash; closes it first when it is the open one. @throws StudioError */
  trash(id: DocumentId): Promise<void>;
  /** One undo entry. */
  edit(label: EditLabel, edit: DocumentEdit): void;
  /** A change without an entry: the form, the frame, how masks and layers are shown. */
  adjust(edit: DocumentEdit): void;
  undo(): void;
  redo(): void;
  /** Writes a waiting change now and waits until everything is written. */
  flush(): Promise<void>;
}

/** The picture being edited. Its pixels stay in main; here are the strokes, layers and masks as plain data. */
export function createCanvasStore(api: StudioApi, staging: StagingStore, onSaveFailed: (caught: unknown) => void): CanvasStore {
  const store = createStore<CanvasState>(() => ({ edited: null, documents: [], isLoaded: false, isSaved: true }));
  const saver = createDocumentSaver({ api, store, staging, onFailed: onSaveFailed });

  const apply = (change: (edited: Edited) => Edited): void => {
    const { edited } = store.getState();
    if (edited === null) return;
    const next = change(edited);
    if (next === edited) return;
    store.setState({ edited: next });
    saver.changed();
  };
  const show = (edited: Edited): void => {
    // Whatever was open is written before another takes its place.
    void saver.flush();
    store.setState({ edited });
    // Writing it makes it the newest, which is what the next start opens.
    saver.changed();
  };
  const take = ({ document, history, staging: runs }: Pick<OpenedDocument, 'document' | 'history' | 'staging'>): Edited => {
    staging.restore(document.id, runs);
    return { document, history };
  };
  const read = async (id: DocumentId): Promise<Edited> => take(await api.request('documents.load', { documentId: id }));
  const refresh = async (): Promise<void> => {
    store.setState({ documents: await api.request('documents.list', null) });
  };

  const reopenLast = async (): Promise<void> => {
    await refresh();
    const last = store.getState().documents[0];
    if (last === undefined || store.getState().edited !== null) return;
    const edited = await read(last.id);
    if (store.getState().edited === null) store.setState({ edited });
  };

  return {
    ...store,
    refresh,
    load: () => reopenLast().finally(() => { store.setState({ isLoaded: true }); }),
    start: (document) => { show({ document, history: EMPTY_HISTORY }); },
    adopt: (opened) => { show(take(opened)); },
    async open(id) {
      await saver.flush();
      show(await read(id));
    },
    close() {
      void saver.flush().then(refresh).catch(onSaveFailed);
      store.setState({ edited: null });
    },
    async trash(id) {
      await saver.flush();
      if (store.getState().edited?.document.id === id) store.setState({ edited: null });
      await api.request('documents.trash', { documentId: id });
      await refresh();
    },
    edit: (label, edit) => { apply((edited) => applyEdit(edited, label, edit)); },
    adjust: (edit) => { apply((edited) => applyUnrecorded(edited, edit)); },
    undo: () => { apply(undo); },
    redo: () => { apply(redo); },
    flush: () => saver.flush(),
  };
}
