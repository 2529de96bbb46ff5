import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { Notice } from '../../../shared/licences/licence-contract';

export interface NoticePlaces {
  /** The folder with the program's own LICENSE and NOTICE.md. */
  readonly program: string;
  /** The folder of the models that ship with it. */
  readonly models: string;
}

const SHIPPED = /^(notice\.md|licen[cs]e.*)$/i;

const read = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null);

/** Every text of a maker that ships with the program, the program's own first. A missing file is left out. */
export async function readNotices({ program, models }: NoticePlaces): Promise<readonly Notice[]> {
  const own = [
    { title: 'Palimpsest', path: join(program, 'LICENSE') },
    { title: 'Libraries', path: join(program, 'NOTICE.md') },
  ];
  const entries = await readdir(models, { recursive: true, withFileTypes: true }).catch(() => []);
  const shipped = entries
    .filter((entry) => entry.isFile() && SHIPPED.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ title: `${relative(models, dirname(path)).split('\\').join('/')}: ${basename(path)}`, path }));
  const notices = await Promise.all([...own, ...shipped].map(async ({ title, path }) => ({ title, text: await read(path) })));
  return notices.flatMap(({ title, text }) => (text === null ? [] : [{ title, text }]));
}
