import type { StudioErrorData } from '../../../shared/errors';
import type { LibraryCallName, LibraryCalls, LibraryEvent } from './library-calls';

/** Start of the library process's argument: what it opens, as JSON. */
export const LIBRARY_FLAG = '--library=';

/** The paths that the process is told. */
export interface LibraryPlaces {
  readonly database: string;
  readonly marks: string;
  readonly backups: string;
  readonly pictures: string;
}

export type LibraryCommand = { readonly [C in LibraryCallName]: { readonly callId: number; readonly name: C; readonly input: LibraryCalls[C]['input'] } }[LibraryCallName];

export type LibraryMessage =
  | { readonly type: 'ready'; readonly problem: string | null }
  | { readonly type: 'answered'; readonly callId: number; readonly output: LibraryCalls[LibraryCallName]['output'] }
  | { readonly type: 'refused'; readonly callId: number; readonly error: StudioErrorData }
  | { readonly type: 'event'; readonly event: LibraryEvent }
  /** The library cannot be opened at all. */
  | { readonly type: 'failed'; readonly error: StudioErrorData };
