import { openDatabase } from '../database/database';
import type { StudioDatabase } from '../database/open-sqlite';
import { createFileSync } from './file-sync';
import { createIndexWriter } from './index-writer';
import type { MarksStore } from './marks-database';
import type { RootFolder } from './list-files';

export interface IndexDifference {
  readonly file: string;
  readonly kind: 'missing' | 'gone' | 'changed';
}

export interface IndexVerdict {
  readonly pictures: number;
  readonly problems: number;
  readonly differences: readonly IndexDifference[];
  /** Words that the two indices hold differently. */
  readonly words: number;
}

/** Everything that the files and the user's marks decide; row numbers and looks are the index's own affair. */
const PICTURES = `SELECT i.root_id || '/' || i.file AS place, json_array(i.id, i.shared_id, i.bytes, i.modified_ms, i.created_ms, i.width, i.height, i.format, i.origin, i.kind, i.model, i.sampler,
  i.seed, i.steps, i.cfg, i.strength, i.flags, i.recipe_hash, i.job_id, i.rating, i.label, i.name, d.prompt, d.negative, d.recipe, d.foreign_settings, d.file_marks, d.tags,
  (SELECT group_concat(tag, ' ') FROM (SELECT tag FROM tags WHERE n = i.n ORDER BY tag)), (SELECT group_concat(parent_id) FROM (SELECT parent_id FROM parents WHERE n = i.n ORDER BY parent_id))) AS content
  FROM images i JOIN details d ON d.n = i.n`;

function read(database: StudioDatabase, sql: string): ReadonlyMap<string, string> {
  return new Map((database.prepare(sql).raw().all() as [string, string][]).map(([place, content]) => [place, content]));
}

/**
 * Compares an index with one that is read anew from the very same files and marks.
 * @throws when a root that is there cannot be read
 */
export async function verifyIndex(database: StudioDatabase, store: MarksStore, roots: readonly RootFolder[]): Promise<IndexVerdict> {
  const { database: fresh } = openDatabase(':memory:', () => new Date());
  try {
    const sync = createFileSync({ writer: createIndexWriter(fresh, store.get), onChange: () => undefined, onProgress: () => undefined });
    const { signal } = new AbortController();
    for (const root of roots) await sync.root(root, signal);
    const [now, then] = [read(database, PICTURES), read(fresh, PICTURES)];
    const there = new Set<string>(roots.map(({ id }) => id));
    const differences: IndexDifference[] = [];
    for (const [file, content] of then) {
      const known = now.get(file);
      if (known !== content) differences.push({ file, kind: known === undefined ? 'missing' : 'changed' });
    }
    // Pictures of a drive that is not connected are rightly without a file.
    for (const file of now.keys()) if (!then.has(file) && there.has(file.slice(0, file.indexOf('/')))) differences.push({ file, kind: 'gone' });
    const words = 'SELECT term || char(0) || col, doc || char(0) || cnt FROM vocabulary';
    const [nowWords, thenWords] = [read(database, words), read(fresh, words)];
    const differing = [...new Set([...nowWords.keys(), ...thenWords.keys()])].filter((word) => nowWords.get(word) !== thenWords.get(word)).length;
    const problems = fresh.prepare('SELECT COUNT(*) AS count FROM problems').get() as { readonly count: number };
    return { pictures: then.size, problems: problems.count, differences, words: there.size === roots.length && now.size === then.size ? differing : 0 };
  } finally {
    fresh.close();
  }
}
