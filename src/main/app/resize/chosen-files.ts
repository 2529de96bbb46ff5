import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { StudioError } from '../../../shared/errors';
import type { ChosenFiles } from '../../../shared/resize/folder';
import { RESIZE_LIMITS } from '../../../shared/resize/size-target';
import { defaultOutputFolder, findPictures } from './find-pictures';

/** Files that were chosen or dropped; their paths stay here. */
export interface Choice extends ChosenFiles {
  readonly paths: readonly string[];
}

export interface ChosenFilesStore {
  /** Files and folders. @throws StudioError `invalid-request` when no picture is among them, or too many */
  choose(paths: readonly string[]): Promise<ChosenFiles>;
  /** @throws StudioError `invalid-request` for a choice of an earlier life */
  get(choiceId: string): Choice;
  setOutput(choiceId: string, outputFolder: string): ChosenFiles;
}

/** Only the newest are of any use to a page. */
const KEPT = 8;

const forPage = ({ choiceId, name, files, ignored, outputFolder }: Choice): ChosenFiles => ({ choiceId, name, files, ignored: ignored.slice(0, 100), outputFolder });

export function createChosenFiles(): ChosenFilesStore {
  const choices = new Map<string, Choice>();
  const keep = (choice: Choice): ChosenFiles => {
    choices.set(choice.choiceId, choice);
    for (const old of [...choices.keys()].slice(0, -KEPT)) choices.delete(old);
    return forPage(choice);
  };
  const get = (choiceId: string): Choice => {
    const choice = choices.get(choiceId);
    if (choice === undefined) throw new StudioError('invalid-request', 'These files are no longer at hand; choose them again.');
    return choice;
  };
  return {
    get,
    choose: async (given) => {
      const { files, ignored } = await findPictures(given);
      const [first] = files;
      if (first === undefined) throw new StudioError('invalid-request', 'There is no picture among these files; choose PNG, JPEG, WebP, AVIF or TIFF files.');
      if (files.length > RESIZE_LIMITS.folderFiles) throw new StudioError('invalid-request', `Expected at most ${RESIZE_LIMITS.folderFiles} pictures but received ${files.length}: choose a smaller folder.`);
      const [only] = given;
      const folder = given.length === 1 && only !== undefined && only !== first ? only : null;
      return keep({ choiceId: randomUUID(), name: basename(folder ?? first), files: files.length, ignored, outputFolder: defaultOutputFolder(files, folder), paths: files });
    },
    setOutput: (choiceId, outputFolder) => keep({ ...get(choiceId), outputFolder }),
  };
}
