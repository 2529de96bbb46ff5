import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { StudioError } from '../../shared/errors';
import { makeFolder } from './make-folder';

/** Where the user's things lie. Nothing of it is inside the program's own folder, so no update can touch it. */
export interface DataFolders {
  readonly root: string;
  /** The pictures a person sees; month folders below it. */
  readonly pictures: string;
  /** Says where the pictures lie when a person has moved them. */
  readonly picturesPlace: string;
  /** On the pictures' own file system, so that a rename into place is atomic. */
  readonly staging: string;
  readonly trash: string;
  readonly models: string;
  /** Textual inversion embeddings, found by their names in prompts. */
  readonly embeddings: string;
  readonly thumbnails: string;
  /** Optimised graphs, and float32 copies of parts that overflow in float16; may be deleted at any time. */
  readonly graphs: string;
  /** Uploaded pictures and masks by the hash of their bytes. */
  readonly assets: string;
  /** Networks that enlarge: a file each, or a folder with `model.onnx`. */
  readonly upscalers: string;
  /** What unfinished resizes have done so far; may be deleted at any time. */
  readonly resizeWork: string;
  /** Before and after of a region; emptied at each start. */
  readonly previews: string;
  /** Runs over many files: what is to be done, and what has been. */
  readonly resizeRuns: string;
  readonly documents: string;
  readonly database: string;
  /** Ratings, boards, tags, names: unlike the index they cannot be read again from pictures. */
  readonly marks: string;
  /** Daily copies of it. */
  readonly backups: string;
  /** The credit ledger's own file: unlike the index it cannot be read again from pictures. */
  readonly ledger: string;
  /** Locks of command line runs whose account is open. */
  readonly runs: string;
  /** Price tables of the user's own. */
  readonly prices: string;
  readonly settings: string;
  /** Jobs that have not ended. */
  readonly queue: string;
  /** Which licences were agreed to, and those set by hand. */
  readonly licences: string;
}

interface Place {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const thisPlace = (): Place => ({ platform: process.platform, env: process.env, home: homedir() });

/** The platform's folder for application data (XDG base directories on Linux). */
function defaultRoot({ platform, env, home }: Place): string {
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Palimpsest');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Palimpsest');
  const xdg = env['XDG_DATA_HOME'];
  return join(xdg !== undefined && isAbsolute(xdg) ? xdg : join(home, '.local', 'share'), 'palimpsest');
}

/** Where a person has moved the pictures; null when they lie where they always did. */
function chosenPictures(path: string): string | null {
  if (!existsSync(path)) return null;
  let chosen: unknown;
  try {
    chosen = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
  return typeof chosen === 'object' && chosen !== null && 'pictures' in chosen && typeof chosen.pictures === 'string' ? chosen.pictures : null;
}

/**
 * Resolves every folder; creates none.
 * With `dataDir` everything, the pictures too, lies below it; without it pictures go to the user's own picture folder.
 */
export function resolveDataFolders(dataDir?: string, place: Place = thisPlace()): DataFolders {
  const root = dataDir === undefined ? defaultRoot(place) : resolve(dataDir);
  const ownPictures = join(place.home, 'Pictures');
  const picturesPlace = join(root, 'pictures.json');
  const pictures = chosenPictures(picturesPlace) ?? (dataDir === undefined && existsSync(ownPictures) ? join(ownPictures, 'Palimpsest') : join(root, 'pictures'));
  return {
    root,
    pictures,
    picturesPlace,
    staging: join(pictures, '.staging'),
    trash: join(pictures, '.trash'),
    models: join(root, 'models'),
    embeddings: join(root, 'embeddings'),
    thumbnails: join(root, 'cache', 'thumbnails'),
    graphs: join(root, 'cache', 'graphs'),
    assets: join(root, 'assets'),
    upscalers: join(root, 'models', 'upscalers'),
    resizeWork: join(root, 'cache', 'resize'),
    previews: join(root, 'cache', 'previews'),
    resizeRuns: join(root, 'resize'),
    documents: join(root, 'documents'),
    database: join(root, 'library.db'),
    marks: join(root, 'marks.db'),
    backups: join(root, 'backups'),
    ledger: join(root, 'credits.db'),
    runs: join(root, 'runs'),
    prices: join(root, 'prices'),
    settings: join(root, 'settings.json'),
    queue: join(root, 'queue.json'),
    licences: join(root, 'licences.json'),
  };
}

/** @throws StudioError `storage-failed` naming the folder that cannot be made. */
export function createDataFolders(folders: DataFolders): void {
  const { root, pictures, staging, trash, models, embeddings, thumbnails, assets, documents, backups } = folders;
  // A drive that is not connected must not be taken for an empty folder.
  if (existsSync(folders.picturesPlace) && !existsSync(pictures))
    throw new StudioError('storage-failed', `The pictures folder ${pictures} is not there; connect its drive and start again, or remove ${folders.picturesPlace} to begin in the usual place.`, { details: { path: pictures } });
  for (const folder of [root, pictures, staging, trash, models, embeddings, thumbnails, assets, documents, backups]) makeFolder(folder);
}
