import { createHash } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LicenceSource } from '../../../shared/licences/licence-contract';
import { licenceRecord, type LicenceId } from '../../../shared/licences/licence-record';
import { licenceSummary } from '../../../shared/licences/licence-words';
import { licenceOfName, licenceOfText, statedInCard } from '../../../shared/licences/recognise';

/** Longer than every licence there is; a folder may hold anything. */
const MAX_TEXT_BYTES = 512 * 1024;
const LICENCE_FILE = /^((model[-_])?licen[cs]e([-_]model)?|copying)(\.(md|txt))?$/i;

export interface FoundLicence {
  readonly licence: LicenceId;
  readonly source: LicenceSource;
  /** As the folder names it; empty where it names none. */
  readonly stated: string;
  /** What a person agrees to: the folder's own text, else the studio's plain words. */
  readonly text: string;
  /** Whether that is the folder's own. */
  readonly hasOwnText: boolean;
  /** SHA-256 of `text`. */
  readonly textHash: string;
}

/** The beginning of a text file; null where there is none or it cannot be read. */
async function readText(path: string): Promise<string | null> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return null;
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(MAX_TEXT_BYTES), 0, MAX_TEXT_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

async function ownText(folder: string): Promise<string | null> {
  const names = await readdir(folder).catch((): string[] => []);
  const name = names.filter((entry) => LICENCE_FILE.test(entry)).sort()[0];
  const text = name === undefined ? null : await readText(join(folder, name));
  return text === null || text.trim() === '' ? null : text;
}

interface Sources {
  readonly chosen: LicenceId | null;
  readonly text: string | null;
  readonly card: string | null;
  readonly manifest: string;
}

/** A text that is recognised binds whatever the card says, which is often older than the text (SDXL Turbo's is). */
function decide({ chosen, text, card, manifest }: Sources): Pick<FoundLicence, 'licence' | 'source' | 'stated'> {
  const ofText = text === null ? null : licenceOfText(text);
  const stated = card ?? manifest;
  if (chosen !== null) return { licence: chosen, source: 'chosen', stated };
  if (ofText !== null && ofText !== 'other') return { licence: ofText, source: 'file', stated };
  if (card !== null) return { licence: licenceOfName(card), source: 'card', stated };
  if (manifest !== '') return { licence: licenceOfName(manifest), source: 'manifest', stated };
  return ofText === null ? { licence: 'unknown', source: 'none', stated } : { licence: ofText, source: 'file', stated };
}

/**
 * Under which licence a model folder comes, from what lies in it; never throws.
 * @param manifest what the folder's palimpsest.json or upscaler.json says, else empty
 * @param chosen what the user set by hand
 */
export async function findLicence(folder: string, { manifest, chosen }: { readonly manifest: string; readonly chosen: LicenceId | null }): Promise<FoundLicence> {
  const [text, card] = await Promise.all([ownText(folder), readText(join(folder, 'README.md'))]);
  const found = decide({ chosen, text, card: card === null ? null : statedInCard(card), manifest });
  const agreed = text ?? [licenceSummary(licenceRecord(found.licence)), ...(found.licence === 'other' ? [found.stated] : [])].join('\n');
  return { ...found, text: agreed, hasOwnText: text !== null, textHash: createHash('sha256').update(agreed).digest('hex') };
}
