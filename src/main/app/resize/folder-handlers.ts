import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nameKey } from '../../../shared/name-pattern';
import { FORMAT_EXTENSIONS } from '../../../shared/resize/settings';
import type { ResizeRequests } from '../../../shared/resize/contract';
import type { HandlersOf } from '../handlers';
import type { StudioDependencies } from '../studio-dependencies';
import type { ChosenFilesStore } from './chosen-files';
import type { FolderRunner } from './folder-runner';
import { wantedName } from './folder-names';
import { planFor, resolveSettings } from './resolve-settings';

type Conflicts = ResizeRequests['resizeFolder.conflicts'];

/** Names that are taken before the run begins. Files that cannot be read are counted when they fail. */
async function findConflicts({ choiceId, settings, output }: Conflicts['input'], { choices, deps }: { readonly choices: ChosenFilesStore; readonly deps: StudioDependencies }): Promise<Conflicts['output']> {
  const { paths, outputFolder } = choices.get(choiceId);
  if (!existsSync(outputFolder)) return { conflicts: 0, example: null };
  const resolved = await resolveSettings(settings, deps);
  const sources = new Set(paths.map(nameKey));
  const taken: string[] = [];
  for (const [index, path] of paths.entries()) {
    const facts = await deps.files.measurePicture(path).catch(() => null);
    if (facts === null) continue;
    const format = output.format === 'same' ? facts.format : output.format;
    const plan = planFor(resolved, facts, format);
    const stem = wantedName(output.namePattern, { path, index, total: paths.length, source: facts, plan, resolved, createdAt: Date.now() });
    const name = `${stem}.${FORMAT_EXTENSIONS[format][0]}`;
    // A source among the results is never written over, so nobody need be asked.
    if (existsSync(join(outputFolder, name)) && !sources.has(nameKey(join(outputFolder, name)))) taken.push(name);
  }
  return { conflicts: taken.length, example: taken[0] ?? null };
}

/** The `resizeFolder.…` channels. */
export function folderHandlers(runner: FolderRunner, choices: ChosenFilesStore, deps: StudioDependencies): HandlersOf<'resizeFolder'> {
  const { desktop, gallery, engine } = deps;
  return {
    'resizeFolder.choose': async ({ what }) => {
      const paths = await desktop.askForPictures(what);
      return paths === null ? null : choices.choose(paths);
    },
    'resizeFolder.chooseGallery': async ({ imageIds }) => choices.choose((await gallery.places(imageIds)).map(({ path }) => path)),
    'resizeFolder.chooseOutput': async ({ choiceId }) => {
      const folder = await desktop.askForFolder();
      return folder === null ? null : choices.setOutput(choiceId, folder);
    },
    'resizeFolder.conflicts': (input) => findConflicts(input, { choices, deps }),
    'resizeFolder.create': async ({ choiceId, settings, output }) => {
      engine.allowRestart();
      return runner.create(choices.get(choiceId), settings, output);
    },
    'resizeFolder.list': async () => runner.list(),
    'resizeFolder.files': async ({ folderId, ...range }) => runner.files(folderId, range),
    'resizeFolder.pause': async ({ folderId }) => {
      await runner.pause(folderId);
      return null;
    },
    'resizeFolder.resume': async ({ folderId }) => {
      engine.allowRestart();
      await runner.resume(folderId);
      return null;
    },
    'resizeFolder.skip': async ({ folderId, index }) => {
      await runner.skip(folderId, index);
      return null;
    },
    'resizeFolder.retry': async ({ folderId, index }) => {
      engine.allowRestart();
      await runner.retry(folderId, index);
      return null;
    },
    'resizeFolder.remove': async ({ folderId }) => {
      await runner.remove(folderId);
      return null;
    },
    'resizeFolder.openOutput': async ({ folderId }) => {
      await desktop.openFolder(runner.outputOf(folderId));
      return null;
    },
  };
}
