import type { StudioErrorData } from '../errors';
import type { JobId } from '../ids';
import type { FolderOutput, ResizeFolderId } from './requests';
import type { ResizeSettings } from './settings';

export type FolderState = 'running' | 'paused' | 'finished';

/**
 * - `done`: written now; `known`: the same content was written with the same settings before, so nothing was to do;
 * - `exists`: a file of that name was there and the policy is to leave it; `skipped`: by hand.
 */
export type FolderFileState = 'waiting' | 'running' | 'done' | 'known' | 'exists' | 'skipped' | 'failed';

/** One file of a run. Paths stay in main; names are enough for people. */
export interface FolderFile {
  readonly index: number;
  readonly name: string;
  readonly state: FolderFileState;
  /** The result's name, once it is there. */
  readonly outputName: string | null;
  readonly error: StudioErrorData | null;
  /** One sentence each: a profile that was dropped, a file that is not what its name says. */
  readonly warnings: readonly string[];
  /** The job that works on it; its progress comes with `jobs.event`. */
  readonly jobId: JobId | null;
}

export interface ResizeFolder {
  readonly id: ResizeFolderId;
  /** Name of the folder the files came from, or of the first file. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly state: FolderState;
  readonly settings: ResizeSettings;
  readonly output: FolderOutput;
  /** Where results go, for people to read. */
  readonly outputFolder: string;
  readonly counts: Readonly<Record<FolderFileState, number>>;
  readonly total: number;
  /** Seconds until the run ends, by its own pace; null while there is none. */
  readonly secondsLeft: number | null;
}

/** Files chosen by a dialog or dropped on the window, held by main until a run is made of them. */
export interface ChosenFiles {
  readonly choiceId: string;
  /** Name of the folder or of the first file. */
  readonly name: string;
  readonly files: number;
  /** Names of files that are no pictures by their ending; they are left out. */
  readonly ignored: readonly string[];
  /** The folder that results go to unless another is chosen. */
  readonly outputFolder: string;
}

export type ResizeFolderEvent =
  | { readonly type: 'changed'; readonly folder: ResizeFolder }
  | { readonly type: 'file'; readonly folderId: ResizeFolderId; readonly file: FolderFile; readonly counts: ResizeFolder['counts'] }
  | { readonly type: 'removed'; readonly folderId: ResizeFolderId };
