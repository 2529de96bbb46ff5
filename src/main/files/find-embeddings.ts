import { readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { EmbeddingFile } from '../engine/engine';

/**
 * The embeddings of a folder and of those in it, each called by its file's name, as A1111 finds them; only
 * `.safetensors`, because other formats can run code. A folder that is not there holds none.
 * @param folder absolute
 */
export function findEmbeddings(folder: string): readonly EmbeddingFile[] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
  const files = names.filter((name) => extname(name).toLowerCase() === '.safetensors').sort();
  return files.map((name) => ({ token: basename(name, extname(name)), path: join(folder, name), isRequired: false }));
}
