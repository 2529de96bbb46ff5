import type { ForeignSettings } from '../../../shared/gallery';
import { XMP_KEYWORD } from '../xmp';
import { isInfotext, readInfotext } from './a1111';
import { readComfyGraph } from './comfyui';
import { readFooocus, readInvoke, readOldInvoke, readSwarm } from './json-programs';
import { jsonObject, toForeignSettings, type RawSettings } from './settings';

/** Our own entries are no settings of another program. */
const OWN: ReadonlySet<string> = new Set(['palimpsest', 'Make', 'Model', 'MakerNote', XMP_KEYWORD]);

/** A text under `parameters` or in a comment: A1111's, or the JSON of Fooocus or SwarmUI. */
function readText(text: string): RawSettings | null {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) {
    const table = jsonObject(trimmed);
    if (table === null) return null;
    const swarm = readSwarm(table);
    if (swarm !== null) return swarm;
    if ('base_model' in table || 'Base Model' in table) return readFooocus(table);
    if ('positive_prompt' in table) return readInvoke(table);
    return null;
  }
  return isInfotext(trimmed) ? readInfotext(trimmed) : null;
}

/** ComfyUI writes its graphs into WebP as `prompt:{…}` under EXIF's Model and Make. */
function exifGraph(texts: ReadonlyMap<string, string>): string | undefined {
  for (const key of ['Model', 'Make', 'ImageDescription']) {
    const value = texts.get(key);
    if (value?.startsWith('prompt:') === true) return value.slice('prompt:'.length);
  }
  return undefined;
}

function readRaw(texts: ReadonlyMap<string, string>): { readonly raw: RawSettings; readonly used: readonly string[] } | null {
  const json = (key: string) => jsonObject(texts.get(key) ?? '');
  const invoke = json('invokeai_metadata');
  if (invoke !== null) return { raw: readInvoke(invoke), used: ['invokeai_metadata'] };
  const oldInvoke = json('sd-metadata');
  if (oldInvoke !== null) return { raw: readOldInvoke(oldInvoke), used: ['sd-metadata'] };
  for (const key of ['parameters', 'UserComment', 'Comment', 'ImageDescription', 'XPComment']) {
    const raw = readText(texts.get(key) ?? '');
    if (raw !== null) return { raw: texts.get('fooocus_scheme') !== undefined || /^Fooocus/.test(texts.get('Software') ?? '') ? { ...raw, origin: 'fooocus' } : raw, used: [key, 'fooocus_scheme'] };
  }
  const graph = jsonObject(texts.get('prompt') ?? exifGraph(texts) ?? '');
  const comfy = graph === null ? null : readComfyGraph(graph);
  return comfy === null ? null : { raw: comfy, used: ['prompt'] };
}

/**
 * Reads how another program made a picture from the texts in its file (PNG keywords, EXIF tag names).
 * Never throws; what has no field here is kept under `unknown`. @returns null when the file tells nothing.
 */
export function readForeignSettings(texts: ReadonlyMap<string, string>): ForeignSettings | null {
  const read = readRaw(texts);
  const used = new Set(read?.used ?? []);
  const rest = [...texts].filter(([key, value]) => !used.has(key) && !OWN.has(key) && value.trim() !== '');
  if (read === null) return rest.length === 0 ? null : toForeignSettings({ origin: 'unknown', unknown: rest });
  return toForeignSettings({ ...read.raw, unknown: [...read.raw.unknown, ...rest] });
}
