import { readFile } from 'node:fs/promises';

/** What a JSON file of ours holds, unchecked; null where it is missing or damaged, which both mean: not known. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}
