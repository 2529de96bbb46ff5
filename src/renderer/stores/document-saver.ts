import type { StoreApi } from 'zustand/vanilla';
import type { Edited } from '../canvas/kernels/history';
import type { StudioApi } from '../studio-api';
import { stagingOf, type StagedRun, type StagingStore } from './canvas-staging';

const SAVE_DELAY_MS = 400;

/** The part of the canvas' state that is written, and whether it was. */
interface Opened {
  readonly edited: Edited | null;
  readonly isSaved: boolean;
}

/** Writes the open document when it has changed. */
export interface DocumentSaver {
  /** The document has changed; that its results have, the saver hears itself. */
  changed(): void;
  /** Writes a waiting change now and waits until everything is written. */
  flush(): Promise<void>;
}

interface SaverParts {
  readonly api: StudioApi;
  readonly store: StoreApi<Opened>;
  readonly staging: StagingStore;
  readonly onFailed: (caught: unknown) => void;
}

/** Writes the open document a moment after its last change; the last state given is the last one written. */
export function createDocumentSaver({ api, store, staging, onFailed }: SaverParts): DocumentSaver {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let writing: Promise<void> = Promise.resolve();
  let changes = 0;

  const write = async ({ document, history }: Edited): Promise<void> => {
    const upTo = changes;
    try {
      await api.request('documents.save', { document, history, staging: stagingOf(staging.getState(), document.id) });
      if (changes === upTo) store.setState({ isSaved: true });
    } catch (caught) {
      onFailed(caught);
    }
  };
  const save = (): void => {
    timer = null;
    const { edited } = store.getState();
    if (edited !== null) writing = Promise.all([writing, write(edited)]).then(() => undefined);
  };
  const changed = (): void => {
    changes += 1;
    store.setState({ isSaved: false });
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(save, SAVE_DELAY_MS);
  };
  // What waits to be chosen from is kept with the document.
  staging.subscribe((state, before) => {
    const { edited } = store.getState();
    const isOpen = (run: StagedRun): boolean => run.documentId === edited?.document.id;
    if (state.runs !== before.runs && (state.runs.some(isOpen) || before.runs.some(isOpen))) changed();
  });
  return {
    changed,
    async flush() {
      if (timer !== null) {
        clearTimeout(timer);
        save();
      }
      await writing;
    },
  };
}
