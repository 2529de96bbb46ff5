import type { Origin } from '../../../shared/gallery';
import type { RawSettings } from './settings';

/** Splits `key: value, key: "quoted, value", key: {json, …}` in one pass over the text. */
export function splitSettings(line: string): readonly (readonly [string, string])[] {
  const pieces: string[] = [];
  let from = 0;
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const c = line[at];
    if (isQuoted) {
      if (c === '\\') at += 1;
      else if (c === '"') isQuoted = false;
    } else if (c === '"') isQuoted = true;
    else if (c === '{' || c === '[') depth += 1;
    else if (c === '}' || c === ']') depth = Math.max(0, depth - 1);
    else if (c === ',' && depth === 0) {
      pieces.push(line.slice(from, at));
      from = at + 1;
    }
  }
  pieces.push(line.slice(from));
  return pieces.flatMap((piece): readonly (readonly [string, string])[] => {
    const colon = piece.indexOf(':');
    if (colon < 1) return [];
    return [[piece.slice(0, colon).trim(), unquote(piece.slice(colon + 1).trim())]];
  });
}

/** A1111 quotes a value as JSON when it holds a comma, a colon or a line break (modules/infotext_utils.py). */
function unquote(value: string): string {
  if (!value.startsWith('"') || !value.endsWith('"') || value.length < 2) return value;
  try {
    const text: unknown = JSON.parse(value);
    return typeof text === 'string' ? text : value;
  } catch {
    return value.slice(1, -1);
  }
}

/** Who writes this text: Forge and its kin mark their version; several others write A1111's text for compatibility. */
function originOf(version: string | undefined): Origin {
  if (version === undefined) return 'a1111';
  if (/^(f\d|neo|classic|forge)/i.test(version)) return 'forge';
  if (/^fooocus/i.test(version)) return 'fooocus';
  if (/^comfyui/i.test(version)) return 'comfyui';
  if (/^palimpsest/i.test(version)) return 'palimpsest';
  return 'a1111';
}

const KNOWN = ['Steps', 'Sampler', 'Schedule type', 'CFG scale', 'Seed', 'Size', 'Model', 'Model hash', 'Denoising strength'];

/** Whether a text is A1111's infotext at all: its settings always begin with the steps. */
export const isInfotext = (text: string): boolean => /(^|\n)Steps: \d/.test(text);

/** The text that A1111 and its kin write: prompt, negative prompt, one line of settings (modules/infotext_utils.py, parse_generation_parameters). */
export function readInfotext(text: string): RawSettings {
  const lines = text.split('\n').map((line) => line.trim());
  const settingsAt = lines.findLastIndex((line) => line.startsWith('Steps: '));
  const described = settingsAt === -1 ? lines : lines.slice(0, settingsAt);
  const negativeAt = described.findIndex((line) => line.startsWith('Negative prompt:'));
  const prompt = (negativeAt === -1 ? described : described.slice(0, negativeAt)).join('\n').trim();
  const negative = negativeAt === -1 ? '' : described.slice(negativeAt).join('\n').slice('Negative prompt:'.length).trim();
  const entries = settingsAt === -1 ? [] : splitSettings(lines[settingsAt] ?? '');
  const values = new Map(entries);
  const size = /^(\d+)x(\d+)$/.exec(values.get('Size') ?? '');
  // Extensions append lines of their own, such as "Template: …".
  const after = settingsAt === -1 ? [] : lines.slice(settingsAt + 1).flatMap((line): readonly (readonly [string, string])[] => {
    const colon = line.indexOf(':');
    return colon < 1 ? (line === '' ? [] : [['text', line]]) : [[line.slice(0, colon), line.slice(colon + 1).trim()]];
  });
  return {
    origin: originOf(values.get('Version')),
    prompt,
    negativePrompt: negative,
    modelName: values.get('Model'),
    modelHash: values.get('Model hash'),
    seed: values.get('Seed'),
    steps: values.get('Steps'),
    guidance: values.get('CFG scale'),
    sampler: values.get('Sampler'),
    schedule: values.get('Schedule type'),
    width: size?.[1],
    height: size?.[2],
    strength: values.get('Denoising strength'),
    unknown: [...entries.filter(([key]) => !KNOWN.includes(key) || (key === 'Size' && size === null)), ...after],
  };
}
