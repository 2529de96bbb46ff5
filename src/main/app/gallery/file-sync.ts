import { stat } from 'node:fs/promises';
import { StudioError } from '../../../shared/errors';
import type { IndexChange, IndexWriter } from './index-writer';
import { listPictureFiles, type RootFolder } from './list-files';
import { readRootPicture, type FilePlace, type KnownFile, type ReadPicture } from './row-values';

export interface SyncProgress {
  readonly done: number;
  readonly total: number;
  readonly problems: number;
}

export interface FileSyncOptions {
  readonly writer: IndexWriter;
  onChange(change: IndexChange): void;
  onProgress(progress: SyncProgress): void;
}

/** Files read side by side: enough to keep the disk busy, few enough that a query gets its turn. */
const BATCH = 128;
const PROGRESS_MS = 200;

type Outcome = { readonly picture: ReadPicture } | { readonly problem: FilePlace & KnownFile & { readonly reason: string } } | { readonly gone: FilePlace } | null;

const isGone = (caught: unknown): boolean => caught instanceof Error && 'code' in caught && (caught.code === 'ENOENT' || caught.code === 'ENOTDIR');

/** Reads one file if it is not the one that is known. Never throws: what cannot be read becomes a problem. */
async function lookAt(folder: string, place: FilePlace, known: KnownFile | undefined): Promise<Outcome> {
  let info: KnownFile;
  try {
    const { size, mtimeMs } = await stat(`${folder}/${place.file}`);
    info = { bytes: size, modifiedMs: Math.round(mtimeMs) };
  } catch (caught) {
    return isGone(caught) ? { gone: place } : { problem: { ...place, bytes: 0, modifiedMs: 0, reason: 'it cannot be opened; check its permissions' } };
  }
  if (known?.bytes === info.bytes && known.modifiedMs === info.modifiedMs) return null;
  try {
    return { picture: await readRootPicture(folder, place) };
  } catch (caught) {
    const error = StudioError.fromCaught(caught);
    return { problem: { ...place, ...info, reason: String(error.details?.['reason'] ?? error.message) } };
  }
}

/** Makes the index equal to the files, in batches between which other work gets its turn. */
export interface FileSync {
  /** A whole root; rows of files that are gone are removed. @throws when the root cannot be read */
  root(root: RootFolder, signal: AbortSignal): Promise<void>;
  /** Single files, such as a watcher names them. */
  files(root: RootFolder, files: readonly string[]): Promise<void>;
}

export function createFileSync({ writer, onChange, onProgress }: FileSyncOptions): FileSync {
  /** @returns how many could not be read */
  const work = async (root: RootFolder, batch: readonly string[], known: (file: string) => KnownFile | undefined): Promise<number> => {
    const outcomes = await Promise.all(batch.map((file) => lookAt(root.path, { rootId: root.id, file }, known(file))));
    const pictures = outcomes.flatMap((outcome) => (outcome !== null && 'picture' in outcome ? [outcome.picture] : []));
    const problems = outcomes.flatMap((outcome) => (outcome !== null && 'problem' in outcome ? [outcome.problem] : []));
    const gone = outcomes.flatMap((outcome) => (outcome !== null && 'gone' in outcome ? [outcome.gone] : []));
    if (pictures.length + problems.length + gone.length > 0) onChange(writer.sync({ pictures, problems, gone }));
    return problems.length;
  };

  return {
    root: async (root, signal) => {
      const files = await listPictureFiles(root.path);
      const known = writer.filesOf(root.id);
      const present = new Set(files);
      const gone = [...known.keys()].filter((file) => !present.has(file));
      // Files that are gone come last: a renamed one is found at its new place before the old one is forgotten.
      const all = [...files, ...gone];
      let problems = 0;
      let told = 0;
      for (let at = 0; at < all.length; at += BATCH) {
        if (signal.aborted) return;
        problems += await work(root, all.slice(at, at + BATCH), (file) => known.get(file));
        if (Date.now() - told < PROGRESS_MS) continue;
        told = Date.now();
        onProgress({ done: at, total: all.length, problems });
      }
      onProgress({ done: all.length, total: all.length, problems });
    },
    files: async (root, files) => {
      const known = (file: string): KnownFile | undefined => writer.fileAt({ rootId: root.id, file });
      for (let at = 0; at < files.length; at += BATCH) await work(root, files.slice(at, at + BATCH), known);
    },
  };
}
