import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { FORMAT_EXTENSIONS } from '../../../shared/resize/settings';

const ENDINGS: ReadonlySet<string> = new Set([...Object.values(FORMAT_EXTENSIONS).flat(), 'gif', 'heic', 'heif']);

export interface FoundPictures {
  readonly files: readonly string[];
  /** Names of files that are no pictures by their ending. */
  readonly ignored: readonly string[];
}

/** Our own results inside of a folder are not pictures to be resized once more. */
export const OUTPUT_FOLDER = 'Palimpsest';

const isLeftAlone = (part: string): boolean => part.startsWith('.') || part === OUTPUT_FOLDER;

const isPicture = (path: string): boolean => ENDINGS.has(extname(path).slice(1).toLowerCase());

/** Names as people count: 2 before 10. */
const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Files as they are, and for folders all pictures in them, at any depth; hidden ones are left alone. */
export async function findPictures(paths: readonly string[]): Promise<FoundPictures> {
  const files: string[] = [];
  const ignored: string[] = [];
  for (const path of paths) {
    const info = await stat(path).catch(() => null);
    if (info?.isDirectory() === true) {
      const entries = await readdir(path, { recursive: true, withFileTypes: true });
      const inside = entries.flatMap((entry) => {
        const full = join(entry.parentPath, entry.name);
        return entry.isFile() && !full.slice(path.length).split(/[/\\]/).some(isLeftAlone) ? [full] : [];
      });
      files.push(...inside.filter(isPicture).sort(byName.compare));
      ignored.push(...inside.filter((file) => !isPicture(file)).map((file) => basename(file)));
    } else if (isPicture(path)) files.push(path);
    else ignored.push(basename(path));
  }
  return { files: [...new Set(files)], ignored };
}

/** Where results of files go unless another place is chosen: beside them, in a folder of their own. */
export const defaultOutputFolder = (files: readonly string[], folder: string | null): string => join(folder ?? dirname(files[0] ?? '.'), OUTPUT_FOLDER);
