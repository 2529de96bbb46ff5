import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../../shared/errors';
import { PriceTable } from '../../../shared/pricing/price-table';

/** Tables that can be used, and one sentence for each file of the user's that cannot. */
export interface LoadedTables {
  readonly tables: readonly PriceTable[];
  readonly problems: readonly string[];
}

async function tableFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.json')).sort().map((name) => join(folder, name));
}

async function readTable(path: string): Promise<PriceTable> {
  try {
    return PriceTable.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (caught) {
    const issue = caught instanceof Error && 'issues' in caught ? (caught.issues as readonly { path: readonly PropertyKey[]; message: string }[])[0] : undefined;
    const reason = issue === undefined ? String(caught instanceof Error ? caught.message : caught) : `${issue.path.map(String).join('.')}: ${issue.message}`;
    throw new StudioError('invalid-request', `The price table ${path} cannot be used (${reason}); correct or remove it.`, { details: { path }, cause: caught });
  }
}

/**
 * The shipped tables and the user's own. A table of the user's takes the place of a shipped one of the same id, and of
 * one of the same provider from its own date on.
 * @throws StudioError when a shipped table cannot be used; a user's own is left out and named instead
 */
export async function loadPriceTables({ shipped, own }: { readonly shipped: string; readonly own: string }): Promise<LoadedTables> {
  const shippedTables = await Promise.all((await tableFiles(shipped)).map(readTable));
  const read = await Promise.allSettled((await tableFiles(own)).map(readTable));
  const ownTables = read.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const replaced = new Set(ownTables.map(({ id }) => id));
  return {
    tables: [...shippedTables.filter(({ id }) => !replaced.has(id)), ...ownTables],
    problems: read.flatMap((result) => (result.status === 'rejected' ? [StudioError.fromCaught(result.reason).message] : [])),
  };
}
