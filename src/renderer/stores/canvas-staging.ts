import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Rect } from '../../shared/canvas-document';
import type { AssetId, DocumentId, ImageId, JobId } from '../../shared/ids';
import { isTerminal, type Job } from '../../shared/job';
import type { EditRequest, RestoredRun, Staging } from '../../shared/staging';

/** One request that was made of a document. */
export interface StagedRun {
  readonly jobId: JobId;
  readonly documentId: DocumentId;
  readonly request: EditRequest;
  /** Pictures that an earlier life of the studio has made of it. */
  readonly imageIds: readonly ImageId[];
  /** Pictures that are no longer to choose from. */
  readonly discarded: readonly ImageId[];
}

/** A result: where it belongs and what it is compared with. */
export interface StagedCandidate {
  readonly imageId: ImageId;
  readonly jobId: JobId;
  readonly documentId: DocumentId;
  readonly request: EditRequest;
  /** Document pixels. */
  readonly rect: Rect;
  /** The region as it was sent. */
  readonly sourceAssetId: AssetId;
}

export interface StagingState {
  readonly runs: readonly StagedRun[];
  /** The candidate that is looked at; null = the newest. */
  readonly selectedId: ImageId | null;
  /** Compose, upload and submit are under way. */
  readonly isSending: boolean;
}

export interface StagingStore extends StoreApi<StagingState> {
  setSending(isSending: boolean): void;
  add(run: Pick<StagedRun, 'jobId' | 'documentId' | 'request'>): void;
  /** Takes over what was kept with a document; what is known of it already stays as it is. */
  restore(documentId: DocumentId, runs: readonly RestoredRun[]): void;
  select(id: ImageId): void;
  /** Takes a candidate out of the strip; its picture stays in the gallery. */
  discard(candidate: Pick<StagedCandidate, 'jobId' | 'imageId'>): void;
  /** Ends the choosing for a document: nothing of it is shown any more. */
  clear(documentId: DocumentId): void;
}

/** As many requests as a document keeps. */
const KEPT_RUNS = 100;

/** What is kept with the document. */
export const stagingOf = ({ runs }: StagingState, documentId: DocumentId): Staging =>
  runs.flatMap((run) => (run.documentId === documentId ? [{ jobId: run.jobId, request: run.request, discarded: [...run.discarded] }] : [])).slice(-KEPT_RUNS);

/** Results for a document, oldest first. */
export function candidatesOf({ runs }: StagingState, jobs: readonly Job[], documentId: DocumentId | null): readonly StagedCandidate[] {
  return runs
    .filter((run) => run.documentId === documentId)
    .flatMap(({ jobId, documentId: owner, request, imageIds, discarded }) => {
      const made = new Set([...imageIds, ...(jobs.find(({ id }) => id === jobId)?.imageIds ?? [])]);
      const { width, height, at = { x: 0, y: 0 }, sourceAssetId } = request;
      const rect = { ...at, width, height };
      return [...made].filter((id) => !discarded.includes(id)).map((imageId) => ({ imageId, jobId, documentId: owner, request, rect, sourceAssetId }));
    });
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
  const store = createStore<StagingState>(() => ({ runs: [], selectedId: null, isSending: false }));
  return {
    ...store,
    setSending: (isSending) => { store.setState({ isSending }); },
    add: (run) => { store.setState(({ runs }) => ({ runs: [...runs, { ...run, imageIds: [], discarded: [] }], selectedId: null })); },
    restore: (documentId, restored) => {
      store.setState(({ runs }) => {
        const known = new Set(runs.map(({ jobId }) => jobId));
        const fresh = restored.filter(({ jobId }) => !known.has(jobId)).map((run): StagedRun => ({ ...run, documentId }));
        return fresh.length === 0 ? {} : { runs: [...fresh, ...runs] };
      });
    },
    select: (id) => { store.setState({ selectedId: id }); },
    discard: ({ jobId, imageId }) => {
      store.setState(({ runs, selectedId }) => ({
        runs: runs.map((run) => (run.jobId === jobId ? { ...run, discarded: [...run.discarded, imageId] } : run)),
        selectedId: selectedId === imageId ? null : selectedId,
      }));
    },
    clear: (documentId) => { store.setState(({ runs }) => ({ runs: runs.filter((run) => run.documentId !== documentId), selectedId: null })); },
  };
}
