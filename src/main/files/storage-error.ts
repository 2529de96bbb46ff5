import { StudioError } from '../../shared/errors';

const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space and try again',
  EDQUOT: 'your disk quota is used up; free some space and try again',
  EACCES: 'you have no permission to write there; choose another folder',
  EPERM: 'you have no permission to write there; choose another folder',
  EROFS: 'the disk is read-only; choose another folder',
  ENOTDIR: 'a file stands where a folder is needed; choose another folder',
  EEXIST: 'a file stands where a folder is needed; choose another folder',
  ENOENT: 'it does not exist; check the path',
  EMFILE: 'too many files are open; close some programs and try again',
  ENAMETOOLONG: 'the name is too long; choose a shorter one',
};

/** libvips tells the system's failures in words alone. */
const WORDS: Readonly<Record<string, string>> = {
  'No space left on device': 'ENOSPC',
  'Disk quota exceeded': 'EDQUOT',
  'Read-only file system': 'EROFS',
  'Permission denied': 'EACCES',
};

/** The system's code of a failure, by its `code` or by what its message says; empty when it has none. */
export function systemCodeOf(caught: unknown): string {
  if (!(caught instanceof Error)) return '';
  if ('code' in caught) return String(caught.code);
  const words = Object.keys(WORDS).find((text) => caught.message.includes(text));
  return words === undefined ? '' : (WORDS[words] ?? '');
}

/** Turns a file-system failure into one sentence that names the path and the remedy. */
export function storageError(caught: unknown, path: string, action: string): StudioError {
  if (caught instanceof StudioError) return caught;
  const code = systemCodeOf(caught);
  const remedy = REMEDIES[code] ?? (caught instanceof Error ? caught.message : String(caught));
  return new StudioError('storage-failed', `Could not ${action} ${path}: ${remedy}.`, {
    details: { path, reason: code },
    cause: caught,
  });
}
