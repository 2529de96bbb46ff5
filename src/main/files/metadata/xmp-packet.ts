import { DOMParser, type Element } from '@xmldom/xmldom';
import { LABELS, type Label, type Marks } from '../../../shared/gallery';
import { Recipe } from '../../../shared/recipe';

export const NAMESPACES = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  dc: 'http://purl.org/dc/elements/1.1/',
  palimpsest: 'https://palimpsest.invalid/ns/1.0/',
} as const;

/** What a file says of itself in the words that photo programs share; absent = nothing. */
export type XmpMarks = Partial<Pick<Marks, 'rating' | 'label' | 'tags'>>;

export interface XmpPacket {
  readonly recipe: Recipe | null;
  readonly marks: XmpMarks;
}

const NOTHING: XmpPacket = { recipe: null, marks: {} };
/** A packet holds a recipe and a few words; more is not worth a parser's time. */
const MAX_PACKET = 2 * 1024 * 1024;
const MAX_DEPTH = 64;

/** Deep nesting would cost the parser's stack; counted before it starts. */
function isShallow(text: string): boolean {
  let depth = 0;
  for (const [tag] of text.matchAll(/<(\/?)[A-Za-z][^<>]{0,100000}?(\/?)>/g)) {
    if (tag.startsWith('</')) depth -= 1;
    else if (!tag.endsWith('/>')) depth += 1;
    if (depth > MAX_DEPTH) return false;
  }
  return true;
}

/** The packet as a document; null when it is no XML. Custom entities are not expanded. */
export function parsePacket(packet: string) {
  if (packet.length > MAX_PACKET || packet.includes('<!DOCTYPE') || !isShallow(packet)) return null;
  // Writers pad the packet and wrap it in processing instructions.
  const from = packet.indexOf('<x:xmpmeta') === -1 ? packet.indexOf('<rdf:RDF') : packet.indexOf('<x:xmpmeta');
  const end = Math.max(packet.lastIndexOf('</x:xmpmeta>') + '</x:xmpmeta>'.length, packet.lastIndexOf('</rdf:RDF>') + '</rdf:RDF>'.length);
  if (from === -1 || end <= from) return null;
  try {
    return new DOMParser({ onError: (level, message) => { if (level !== 'warning') throw new Error(String(message)); } }).parseFromString(packet.slice(from, end), 'text/xml');
  } catch {
    return null;
  }
}

const readLabel = (text: string | null): Label | undefined => LABELS.find((label) => label === text?.trim().toLowerCase());

function readRating(text: string | null): Marks['rating'] | undefined {
  const stars = Number(text);
  return text !== null && (stars === 1 || stars === 2 || stars === 3 || stars === 4 || stars === 5) ? stars : undefined;
}

/** A property may be written as an attribute of rdf:Description or as an element in it. */
function propertyOf(description: Element, namespace: string, name: string): string | null {
  if (description.hasAttributeNS(namespace, name)) return description.getAttributeNS(namespace, name);
  return description.getElementsByTagNameNS(namespace, name)[0]?.textContent ?? null;
}

function readRecipe(text: string | null): Recipe | null {
  if (text === null) return null;
  try {
    return Recipe.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Reads our recipe and the common marks of an XMP packet. Never throws. */
export function readXmp(packet: string | null): XmpPacket {
  const document = packet === null ? null : parsePacket(packet);
  if (document === null) return NOTHING;
  let recipe: Recipe | null = null;
  let marks: XmpMarks = {};
  for (const description of Array.from(document.getElementsByTagNameNS(NAMESPACES.rdf, 'Description')).slice(0, 20)) {
    recipe ??= readRecipe(propertyOf(description, NAMESPACES.palimpsest, 'recipe'));
    const rating = readRating(propertyOf(description, NAMESPACES.xmp, 'Rating'));
    const label = readLabel(propertyOf(description, NAMESPACES.xmp, 'Label'));
    const subject = description.getElementsByTagNameNS(NAMESPACES.dc, 'subject')[0];
    const tags = subject === undefined ? [] : Array.from(subject.getElementsByTagNameNS(NAMESPACES.rdf, 'li')).map((item) => (item.textContent ?? '').trim().slice(0, 100)).filter((tag) => tag !== '');
    marks = { ...marks, ...(rating === undefined ? {} : { rating }), ...(label === undefined ? {} : { label }), ...(tags.length === 0 ? {} : { tags: [...new Set(tags)].sort() }) };
  }
  return { recipe, marks };
}
