import { Unzip, UnzipInflate, zipSync, type Zippable } from 'fflate';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../shared/errors';
import { storageError } from './storage-error';
import { writeAtomically } from './write-file';

/** A `.palimpsest` file is a zip: `document.json` first, then `assets/<sha-256>.png`. */
const DOCUMENT = 'document.json';
const ASSET = /^assets\/([0-9a-f]{64})\.png$/;

/** PNGs are compressed already; the document's text is not. */
const stored = (bytes: Uint8Array): [Uint8Array, { level: 0 }] => [bytes, { level: 0 }];

/** @throws StudioError `storage-failed` when the file cannot be written. */
export async function packDocument(input: {
  readonly json: string;
  readonly assets: readonly { readonly name: string; readonly path: string }[];
  readonly target: string;
}): Promise<void> {
  const entries: Zippable = { [DOCUMENT]: [Buffer.from(input.json, 'utf8'), { level: 6 }] };
  for (const { name, path } of input.assets) entries[`assets/${name}.png`] = stored(await readFile(path));
  await writeAtomically(input.target, zipSync(entries));
}

/**
 * Reads a file from front to back, entry by entry, so that what stands before a damage is saved even when the zip's
 * directory at its end is gone. A picture counts only when its bytes have the hash that its name says.
 */
function readEntries(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const entries = new Map<string, Uint8Array>();
  const unzip = new Unzip((file) => {
    const chunks: Uint8Array[] = [];
    file.ondata = (error, chunk, isFinal) => {
      if (error !== null) return;
      chunks.push(chunk);
      if (isFinal) entries.set(file.name, Buffer.concat(chunks));
    };
    if (file.name === DOCUMENT || ASSET.test(file.name)) file.start();
  });
  unzip.register(UnzipInflate);
  try {
    unzip.push(bytes, true);
  } catch {
    // The rest of the file cannot be read; what came before it can.
  }
  return entries;
}

/** Names of the pictures that a document speaks of. */
const mentioned = (json: string): ReadonlySet<string> => new Set([...json.matchAll(/"assetId":\s*"([0-9a-f]{64})"/g)].flatMap(([, id]) => (id === undefined ? [] : [id])));

/** @throws StudioError `image-invalid` when not even the document's text can be saved. */
export async function unpackDocument({ source, folder }: { readonly source: string; readonly folder: string }): Promise<{
  readonly json: string;
  readonly names: readonly string[];
  readonly lost: readonly string[];
}> {
  const bytes = await readFile(source).catch((caught: unknown) => {
    throw storageError(caught, source, 'read');
  });
  const entries = readEntries(bytes);
  const text = entries.get(DOCUMENT);
  if (text === undefined) {
    throw new StudioError('image-invalid', `The file ${source} is no Palimpsest document, or its beginning is damaged.`, { details: { path: source } });
  }
  const json = Buffer.from(text).toString('utf8');
  const names: string[] = [];
  for (const [name, content] of entries) {
    const hash = ASSET.exec(name)?.[1];
    if (hash === undefined || createHash('sha256').update(content).digest('hex') !== hash) continue;
    await writeAtomically(join(folder, `${hash}.png`), content);
    names.push(hash);
  }
  return { json, names, lost: [...mentioned(json)].filter((id) => !names.includes(id)) };
}
