import type { Recipe } from '../../shared/recipe';

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\n\r\t]/g, (c) => `&#${c.charCodeAt(0)};`);

/**
 * An XMP packet with the complete recipe, for formats that have no text chunks.
 * `digitalSourceType` is IPTC's word for pictures made by a trained model.
 */
export function recipeXmp(recipe: Recipe): string {
  return [
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"',
    ' xmlns:palimpsest="https://palimpsest.invalid/ns/1.0/"',
    ` xmp:CreatorTool="${escape(`Palimpsest ${recipe.app.version}`)}"`,
    ' Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"',
    ` palimpsest:recipe="${escape(JSON.stringify(recipe))}"/>`,
    '</rdf:RDF></x:xmpmeta>',
  ].join('');
}
