import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ImageId } from '../../shared/ids';
import type { ChosenFiles, FolderFile, FolderFileState, ResizeFolder, ResizeFolderEvent } from '../../shared/resize/folder';
import type { FolderOutput, ResizeFolderId } from '../../shared/resize/requests';
import type { ResizeSettings } from '../../shared/resize/settings';
import type { StudioApi } from '../studio-api';

export interface ResizeRunsState {
  /** Newest first. */
  readonly runs: readonly ResizeFolder[];
  /** Files that were chosen and are not yet at work. */
  readonly choice: ChosenFiles | null;
  readonly output: FolderOutput;
  /** The run whose files are listed. */
  readonly openId: ResizeFolderId | null;
  /** Raised when a file of the open run changes, so that its list is read again. */
  readonly changes: number;
}

export interface ResizeRunsStore extends StoreApi<ResizeRunsState> {
  load(): Promise<void>;
  apply(event: ResizeFolderEvent): void;
  choose(what: 'folder' | 'files'): Promise<void>;
  chooseGallery(imageIds: readonly ImageId[]): Promise<void>;
  /** Files dropped on the window. */
  accept(files: readonly File[]): Promise<void>;
  chooseOutput(): Promise<void>;
  forgetChoice(): void;
  setOutput(patch: Partial<FolderOutput>): void;
  conflicts(settings: ResizeSettings): Promise<{ readonly conflicts: number; readonly example: string | null }>;
  start(settings: ResizeSettings): Promise<void>;
  open(folderId: ResizeFolderId | null): void;
  files(folderId: ResizeFolderId, state: FolderFileState | null, span: { readonly offset: number; readonly limit: number }): Promise<{ readonly total: number; readonly files: readonly FolderFile[] }>;
  pause(folderId: ResizeFolderId): Promise<void>;
  resume(folderId: ResizeFolderId): Promise<void>;
  skip(folderId: ResizeFolderId, index: number): Promise<void>;
  retry(folderId: ResizeFolderId, index: number | null): Promise<void>;
  remove(folderId: ResizeFolderId): Promise<void>;
  openOutput(folderId: ResizeFolderId): Promise<void>;
}

const FIRST_OUTPUT: FolderOutput = { format: 'same', quality: 90, namePattern: '{name}-{scale}', ifExists: 'skip' };

/** One run put in its place, newest first. */
export function withRun(runs: readonly ResizeFolder[], run: ResizeFolder): readonly ResizeFolder[] {
  return [run, ...runs.filter(({ id }) => id !== run.id)].sort((a, b) => b.createdAt - a.createdAt);
}

function after(state: ResizeRunsState, event: ResizeFolderEvent): Partial<ResizeRunsState> {
  switch (event.type) {
    case 'changed':
      return { runs: withRun(state.runs, event.folder), changes: state.changes + (event.folder.id === state.openId ? 1 : 0) };
    case 'file':
      return {
        runs: state.runs.map((run) => (run.id === event.folderId ? { ...run, counts: event.counts } : run)),
        changes: state.changes + (event.folderId === state.openId ? 1 : 0),
      };
    case 'removed':
      return { runs: state.runs.filter(({ id }) => id !== event.folderId), openId: state.openId === event.folderId ? null : state.openId };
  }
}

export function createResizeRunsStore(api: StudioApi): ResizeRunsStore {
  const store = createStore<ResizeRunsState>(() => ({ runs: [], choice: null, output: FIRST_OUTPUT, openId: null, changes: 0 }));
  const take = (choice: ChosenFiles | null): void => { if (choice !== null) store.setState({ choice, openId: null }); };
  return {
    ...store,
    async load() {
      store.setState({ runs: (await api.request('resizeFolder.list', null)).reduce(withRun, []) });
    },
    apply: (event) => { store.setState((state) => after(state, event)); },
    async choose(what) {
      take(await api.request('resizeFolder.choose', { what }));
    },
    async chooseGallery(imageIds) {
      take(await api.request('resizeFolder.chooseGallery', { imageIds }));
    },
    async accept(files) {
      take(await api.acceptFiles(files));
    },
    async chooseOutput() {
      const { choice } = store.getState();
      if (choice !== null) take(await api.request('resizeFolder.chooseOutput', { choiceId: choice.choiceId }));
    },
    forgetChoice: () => { store.setState({ choice: null }); },
    setOutput: (patch) => { store.setState(({ output }) => ({ output: { ...output, ...patch } })); },
    async conflicts(settings) {
      const { choice, output } = store.getState();
      return choice === null ? { conflicts: 0, example: null } : api.request('resizeFolder.conflicts', { choiceId: choice.choiceId, settings, output });
    },
    async start(settings) {
      const { choice, output } = store.getState();
      if (choice === null) return;
      const run = await api.request('resizeFolder.create', { choiceId: choice.choiceId, settings, output });
      store.setState(({ runs }) => ({ runs: withRun(runs, run), choice: null, openId: run.id }));
    },
    open: (openId) => { store.setState({ openId }); },
    files: (folderId, state, { offset, limit }) => api.request('resizeFolder.files', { folderId, state, offset, limit }),
    async pause(folderId) {
      await api.request('resizeFolder.pause', { folderId });
    },
    async resume(folderId) {
      await api.request('resizeFolder.resume', { folderId });
    },
    async skip(folderId, index) {
      await api.request('resizeFolder.skip', { folderId, index });
    },
    async retry(folderId, index) {
      await api.request('resizeFolder.retry', { folderId, index });
    },
    async remove(folderId) {
      await api.request('resizeFolder.remove', { folderId });
    },
    async openOutput(folderId) {
      await api.request('resizeFolder.openOutput', { folderId });
    },
  };
}
