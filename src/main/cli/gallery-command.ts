import { Option, type Command } from 'commander';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { StudioError } from '../../shared/errors';
import { SORT_KEYS, type GalleryImage, type SortKey } from '../../shared/gallery';
import { OWN_ROOT } from '../../shared/ids';
import { parseSearch, searchProblemText } from '../../shared/search/parse-search';
import { openDatabase } from '../app/database/database';
import { openLibrary } from '../app/gallery/library';
import type { Library, LibraryEvent } from '../app/gallery/library-calls';
import { createMarksStore, openMarksDatabase } from '../app/gallery/marks-database';
import { verifyIndex } from '../app/gallery/verify-index';
import { createDataFolders, resolveDataFolders, type DataFolders } from '../files/data-folders';
import type { CommandContext } from './generate-command';
import { wholeNumber } from './parse-values';

interface Flags {
  readonly json?: boolean;
  readonly dataDir?: string;
}

/** What is listed at once; the rest is counted. */
const MAX_LISTED = 50;

/** Opens the library of a data folder, waits until every file has been looked at, and closes it whatever happens. */
async function withLibrary(flags: Flags, context: CommandContext, work: (library: Library, folders: DataFolders) => Promise<void>): Promise<void> {
  const folders = resolveDataFolders(flags.dataDir);
  createDataFolders(folders);
  let told = 0;
  const onEvent = (event: LibraryEvent): void => {
    if (event.type !== 'indexing' || event.done >= event.total || Date.now() - told < 1000) return;
    told = Date.now();
    context.warn(`read ${event.done} of ${event.total} files`);
  };
  const { library, problem } = openLibrary({ ...folders, isWatching: false, onEvent, now: () => new Date() });
  if (problem !== null) context.warn(problem);
  try {
    await work(library, folders);
  } finally {
    await library.close(null);
  }
}

async function tellProblems(library: Library, context: CommandContext): Promise<void> {
  const problems = await library['gallery.problems'](null);
  for (const { file, reason } of problems.slice(0, MAX_LISTED)) context.warn(`cannot be read: ${file}: ${reason}`);
  if (problems.length > MAX_LISTED) context.warn(`and ${problems.length - MAX_LISTED} more`);
}

const addDataDir = (command: Command): Command => command.option('--data-dir <dir>', 'the folder that holds models and pictures');

function addVerifyCommand(gallery: Command, context: CommandContext): void {
  addDataDir(gallery.command('verify').description('whether the index is what the files say; changes nothing'))
    .option('--json', 'print one line of JSON')
    .action(async (flags: Flags) => {
      const folders = resolveDataFolders(flags.dataDir);
      if (!existsSync(folders.database)) throw new StudioError('image-missing', `There is no library in ${folders.root}; check the folder.`, { details: { path: folders.root } });
      const { database } = openDatabase(folders.database, () => new Date());
      const { database: marks } = openMarksDatabase(folders.marks, () => new Date());
      try {
        const store = createMarksStore(marks);
        const roots = [{ id: OWN_ROOT, path: folders.pictures }, ...store.roots()].filter(({ path }) => existsSync(path));
        const verdict = await verifyIndex(database, store, roots);
        if (flags.json === true) context.print(JSON.stringify(verdict));
        const { differences, words, pictures, problems } = verdict;
        if (differences.length > 0 || words > 0) {
          for (const { file, kind } of differences.slice(0, MAX_LISTED)) context.warn(`${kind}: ${file}`);
          throw new StudioError('storage-failed', `The index differs from the files in ${differences.length} pictures and ${words} words; run \`gallery rebuild\`.`);
        }
        if (flags.json !== true) context.print(`ok: ${pictures} pictures, ${problems} files that cannot be read`);
      } finally {
        database.close();
        marks.close();
      }
    });
}

function addRebuildCommand(gallery: Command, context: CommandContext): void {
  addDataDir(gallery.command('rebuild').description('read every picture again; ratings, boards and tags stay'))
    .option('--json', 'print one line of JSON')
    .action((flags: Flags) =>
      withLibrary(flags, context, async (library) => {
        await library['gallery.rebuild'](null);
        const counted = await library.settle(null);
        if (flags.json === true) context.print(JSON.stringify(counted));
        else context.print(`${counted.pictures} pictures, ${counted.problems} files that cannot be read`);
        await tellProblems(library, context);
      }),
    );
}

const lineOf = ({ id, fileName, width, height, marks, recipe, foreign }: GalleryImage): string =>
  [id, fileName, `${width}x${height}`, '*'.repeat(marks.rating), recipe?.prompt ?? foreign?.prompt ?? ''].join('\t').replaceAll('\n', ' ');

interface SearchFlags extends Flags {
  readonly limit: number;
  readonly sort: SortKey;
  readonly ascending?: boolean;
}

function addSearchCommand(gallery: Command, context: CommandContext): void {
  addDataDir(gallery.command('search').description('pictures that meet a search, as in the studio: `prompt:fox rating>=4 date:2026-11 -draft`'))
    .argument('<query...>', 'the search')
    .option('--limit <n>', 'how many pictures', wholeNumber({ flag: '--limit', min: 1, max: 100_000 }), 50)
    .addOption(new Option('--sort <key>', 'by what').choices(SORT_KEYS).default('created'))
    .option('--ascending', 'smallest first')
    .option('--json', 'print one line of JSON')
    .action((words: readonly string[], flags: SearchFlags) =>
      withLibrary(flags, context, async (library) => {
        const text = words.join(' ');
        for (const problem of parseSearch(text, new Date()).problems) context.warn(searchProblemText(problem));
        await library.settle(null);
        const query = { text, boardId: null, sort: { by: flags.sort, isDescending: flags.ascending !== true } };
        const { total, images } = await library['gallery.page']({ query, offset: 0, limit: flags.limit });
        if (flags.json === true) context.print(JSON.stringify({ total, images }));
        else for (const image of images) context.print(lineOf(image));
      }),
    );
}

function addImportCommand(gallery: Command, context: CommandContext): void {
  addDataDir(gallery.command('import').description('show a folder’s pictures in the gallery, where they lie; nothing is copied'))
    .argument('<dir>', 'the folder')
    .option('--json', 'print one line of JSON')
    .action((dir: string, flags: Flags) =>
      withLibrary(flags, context, async (library) => {
        const path = resolve(dir);
        if (!existsSync(path)) throw new StudioError('image-missing', `There is no folder ${path}; check the path.`, { details: { path } });
        await library.addRoot({ path });
        await library.settle(null);
        const root = (await library['roots.list'](null)).find((candidate) => candidate.path === path);
        if (flags.json === true) context.print(JSON.stringify(root));
        else context.print(`${root?.count ?? 0} pictures from ${path}`);
        await tellProblems(library, context);
      }),
    );
}

/** `gallery verify|rebuild|search|import`. */
export function addGalleryCommand(program: Command, context: CommandContext): void {
  const gallery = program.command('gallery').description('find pictures, and check that the index is what the files say');
  addVerifyCommand(gallery, context);
  addRebuildCommand(gallery, context);
  addSearchCommand(gallery, context);
  addImportCommand(gallery, context);
}
