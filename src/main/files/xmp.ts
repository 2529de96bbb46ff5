import { Recipe } from '../../shared/recipe';

/** Keyword of the iTXt chunk that holds XMP in a PNG (XMP specification part 3, 1.1.5). */
export const XMP_KEYWORD = 'XML:com.adobe.xmp';

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\n\r\t]/g, (c) => `&#${c.charCodeAt(0)};`);

const IPTC_TYPES = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

/**
 * IPTC's word for how a picture came to be. Whatever began with a picture may hold parts of a photograph or of a hand's
 * work, so it is a composite.
 */
export const digitalSourceType = ({ kind }: Pick<Recipe, 'kind'>): string =>
  `${IPTC_TYPES}${kind === 'txt2img' ? 'trainedAlgorithmicMedia' : 'compositeWithTrainedAlgorithmicMedia'}`;

const packet = (attributes: readonly string[]): string =>
  [
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"',
    ` xmlns:palimpsest="https://palimpsest.invalid/ns/1.0/" ${attributes.join(' ')}/>`,
    '</rdf:RDF></x:xmpmeta>',
  ].join('');

const creator = (recipe: Recipe): string => `xmp:CreatorTool="${escape(`Palimpsest ${recipe.app.version}`)}"`;
const source = (recipe: Recipe): string => `Iptc4xmpExt:DigitalSourceType="${digitalSourceType(recipe)}"`;

/** An XMP packet that says how the picture came to be, for a PNG, whose recipe stands in chunks of its own. */
export const sourceXmp = (recipe: Recipe): string => packet([creator(recipe), source(recipe)]);

/** An XMP packet with the complete recipe, for formats that have no text chunks. */
export const recipeXmp = (recipe: Recipe, statesSource: boolean): string =>
  packet([creator(recipe), ...(statesSource ? [source(recipe)] : []), `palimpsest:recipe="${escape(JSON.stringify(recipe))}"`]);

const unescape = (text: string): string => text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

/** The recipe inside a packet of ours; null when there is none or a foreign hand has damaged it. */
export function recipeOfXmp(xmp: string): Recipe | null {
  const json = /palimpsest:recipe="([^"]*)"/.exec(xmp)?.[1];
  if (json === undefined) return null;
  try {
    return Recipe.parse(JSON.parse(unescape(json)));
  } catch (caught) {
    if (caught instanceof Error) return null;
    throw caught;
  }
}

/** Our own description in a packet, as `packet` writes it. */
const OUR_DESCRIPTION = /<rdf:Description(?=[^>]*xmlns:palimpsest=)[^>]*\/>/g;

/** A picture's own packet with the recipe in it, in place of an older one of ours; a packet of ours where it had none. */
export function withRecipeXmp(xmp: string | null, recipe: Recipe, statesSource: boolean): string {
  const own = recipeXmp(recipe, statesSource);
  const end = xmp === null ? -1 : xmp.lastIndexOf('</rdf:RDF>');
  if (xmp === null || end < 0) return own;
  const description = own.slice(own.indexOf('<rdf:Description'), own.indexOf('</rdf:RDF>'));
  return `${xmp.slice(0, end).replace(OUR_DESCRIPTION, '')}${description}${xmp.slice(end)}`;
}
