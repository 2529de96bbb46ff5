import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Rect } from '../../shared/canvas-document';
import type { AssetId, DocumentId, ImageId, JobId } from '../../shared/ids';
import { isTerminal, type Job } from '../../shared/job';

/** One request that was made of the canvas: where its results belong and what they are compared with. */
export interface StagedRun {
  readonly jobId: JobId;
  readonly documentId: DocumentId;
  /** Document pixels. */
  readonly rect: Rect;
  /** The region as it was sent. */
  readonly sourceAssetId: AssetId;
}

export interface StagedCandidate extends StagedRun {
  readonly imageId: ImageId;
}

export interface StagingState {
  readonly runs: readonly StagedRun[];
  readonly discarded: readonly ImageId[];
  /** The candidate that is looked at; null = the newest. */
  readonly selectedId: ImageId | null;
  /** Compose, upload and submit are under way. */
  readonly isSending: boolean;
}

export interface StagingStore extends StoreApi<StagingState> {
  setSending(isSending: boolean): void;
  add(run: StagedRun): void;
  select(id: ImageId): void;
  /** Takes a candidate out of the strip; its picture stays in the gallery. */
  discard(id: ImageId): void;
  /** Ends the choosing for a document: nothing of it is shown any more. */
  clear(documentId: DocumentId): void;
}

/** Results for a document, oldest first. */
export function candidatesOf({ runs, discarded }: StagingState, jobs: readonly Job[], documentId: DocumentId | null): readonly StagedCandidate[] {
  return runs
    .filter((run) => run.documentId === documentId)
    .flatMap((run) => (jobs.find(({ id }) => id === run.jobId)?.imageIds ?? []).map((imageId) => ({ ...run, imageId })))
    .filter(({ imageId }) => !discarded.includes(imageId));
}

/** The candidate on the canvas: the chosen one, else the newest. */
export function shownCandidate(state: StagingState, candidates: readonly StagedCandidate[]): StagedCandidate | null {
  return candidates.find(({ imageId }) => imageId === state.selectedId) ?? candidates.at(-1) ?? null;
}

/** Work for a document that has not ended, and failures, which the strip names. */
export function pendingJobs({ runs }: StagingState, jobs: readonly Job[], documentId: DocumentId | null): readonly Job[] {
  const own = new Set(runs.filter((run) => run.documentId === documentId).map(({ jobId }) => jobId));
  return jobs.filter((job) => own.has(job.id) && (!isTerminal(job.state) || job.state === 'failed'));
}

export function createStagingStore(): StagingStore {
  const store = createStore<StagingState>(() => ({ runs: [], discarded: [], selectedId: null, isSending: false }));
  return {
    ...store,
    setSending: (isSending) => { store.setState({ isSending }); },
    add: (run) => { store.setState(({ runs }) => ({ runs: [...runs, run], selectedId: null })); },
    select: (id) => { store.setState({ selectedId: id }); },
    discard: (id) => { store.setState(({ discarded, selectedId }) => ({ discarded: [...discarded, id], selectedId: selectedId === id ? null : selectedId })); },
    clear: (documentId) => { store.setState(({ runs }) => ({ runs: runs.filter((run) => run.documentId !== documentId), selectedId: null })); },
  };
}
