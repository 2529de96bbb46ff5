import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ImageId, JobId } from '../../shared/ids';
import type { Job, JobEvent } from '../../shared/job';

export type Screen = 'create' | 'edit' | 'gallery' | 'resize' | 'models' | 'credits' | 'settings';

export type Selection = { readonly kind: 'image'; readonly id: ImageId } | { readonly kind: 'job'; readonly id: JobId };

export interface ViewState {
  readonly screen: Screen;
  /** What the stage shows; null = nothing made yet. */
  readonly selection: Selection | null;
  /** While true the stage goes along with the work; looking at an older picture ends that. */
  readonly isFollowing: boolean;
  readonly isRecipeOpen: boolean;
  /** The dialog over the screen. */
  readonly dialog: 'help' | 'palette' | null;
  readonly zoom: 'fit' | 'actual';
}

export interface ViewStore extends StoreApi<ViewState> {
  show(screen: Screen): void;
  /** A choice of the user: stops following, unless it is a job. */
  select(selection: Selection | null): void;
  follow(jobId: JobId): void;
  setRecipeOpen(isOpen: boolean): void;
  openDialog(dialog: ViewState['dialog']): void;
  toggleZoom(): void;
  /** `job` is the job after the event; `fallback` the newest picture, for when a job leaves nothing. */
  applyJobEvent(event: JobEvent, context: { job: Job | null; fallback: ImageId | null }): void;
}

const picture = (id: ImageId | null | undefined): Selection | null =>
  id === null || id === undefined ? null : { kind: 'image', id };

/** What the stage shows after an event: the work while it runs, its picture when it is done. */
export function selectionAfter(
  state: Pick<ViewState, 'selection' | 'isFollowing'>,
  event: JobEvent,
  context: { job: Job | null; fallback: ImageId | null },
): Selection | null {
  const { selection } = state;
  const isShown = selection?.kind === 'job' && selection.id === event.jobId;
  switch (event.type) {
    case 'started':
      return state.isFollowing ? { kind: 'job', id: event.jobId } : selection;
    case 'succeeded':
    case 'cancelled':
      return isShown ? picture(context.job?.imageIds.at(-1) ?? context.fallback) : selection;
    case 'queued':
    case 'progressed':
    case 'imageFinished':
    case 'failed':
      return selection;
  }
}

export function createViewStore(options: { isRecipeOpen: boolean }): ViewStore {
  const store = createStore<ViewState>(() => ({
    screen: 'create',
    selection: null,
    isFollowing: false,
    isRecipeOpen: options.isRecipeOpen,
    dialog: null,
    zoom: 'fit',
  }));
  return {
    ...store,
    show: (screen) => { store.setState({ screen }); },
    select: (selection) => { store.setState({ selection, isFollowing: selection?.kind === 'job' }); },
    follow: (id) => { store.setState({ selection: { kind: 'job', id }, isFollowing: true }); },
    setRecipeOpen: (isRecipeOpen) => { store.setState({ isRecipeOpen }); },
    openDialog: (dialog) => { store.setState({ dialog }); },
    toggleZoom: () => { store.setState(({ zoom }) => ({ zoom: zoom === 'fit' ? 'actual' : 'fit' })); },
    applyJobEvent(event, context) {
      store.setState((state) => ({ selection: selectionAfter(state, event, context) }));
    },
  };
}
