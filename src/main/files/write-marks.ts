import { DOMParser, XMLSerializer, type Document, type Element } from '@xmldom/xmldom';
import { readFile, stat, utimes } from 'node:fs/promises';
import { StudioError } from '../../shared/errors';
import type { Marks } from '../../shared/gallery';
import { withJpegXmp, withPngXmp, withWebpXmp } from './embed-xmp';
import { bytesSource } from './metadata/byte-source';
import { readContainer } from './metadata/picture-file';
import { NAMESPACES, parsePacket } from './metadata/xmp-packet';
import { storageError } from './storage-error';
import { writeAtomically } from './write-file';

const EMPTY_PACKET = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""/></rdf:RDF></x:xmpmeta>';

function setXmpProperty(description: Element, name: string, value: string | null): void {
  for (const element of Array.from(description.getElementsByTagNameNS(NAMESPACES.xmp, name))) element.parentNode?.removeChild(element);
  description.removeAttributeNS(NAMESPACES.xmp, name);
  if (value !== null) description.setAttributeNS(NAMESPACES.xmp, `xmp:${name}`, value);
}

function setTags(document: Document, description: Element, tags: readonly string[]): void {
  for (const element of Array.from(description.getElementsByTagNameNS(NAMESPACES.dc, 'subject'))) element.parentNode?.removeChild(element);
  if (tags.length === 0) return;
  const bag = document.createElementNS(NAMESPACES.rdf, 'rdf:Bag');
  for (const tag of tags) {
    const item = document.createElementNS(NAMESPACES.rdf, 'rdf:li');
    item.appendChild(document.createTextNode(tag));
    bag.appendChild(item);
  }
  const subject = document.createElementNS(NAMESPACES.dc, 'dc:subject');
  subject.appendChild(bag);
  description.appendChild(subject);
}

/** The packet with rating, label and tags set in it; everything else in it, a recipe among them, stays. */
export function withMarks(packet: string | null, { rating, label, tags }: Pick<Marks, 'rating' | 'label' | 'tags'>): string {
  const document = (packet === null ? null : parsePacket(packet)) ?? new DOMParser().parseFromString(EMPTY_PACKET, 'text/xml');
  const [description] = Array.from(document.getElementsByTagNameNS(NAMESPACES.rdf, 'Description'));
  if (description === undefined) return withMarks(null, { rating, label, tags });
  setXmpProperty(description, 'Rating', rating === 0 ? null : String(rating));
  setXmpProperty(description, 'Label', label === null ? null : `${label[0]?.toUpperCase() ?? ''}${label.slice(1)}`);
  setTags(document, description, tags);
  return new XMLSerializer().serializeToString(document);
}

/**
 * Writes rating, label and tags into a picture file, in the words of XMP that photo programs share. The pixels and
 * everything else around them stay byte for byte; the file is replaced in one step and keeps its time, so that it is
 * still the older of its copies.
 * @throws StudioError `image-invalid` or `storage-failed`
 */
export async function writeMarksInto(path: string, marks: Pick<Marks, 'rating' | 'label' | 'tags'>): Promise<void> {
  const bytes = await readFile(path).catch((caught: unknown) => {
    throw storageError(caught, path, 'read');
  });
  const { atime, mtime } = await stat(path);
  const { format, xmp } = await readContainer(bytesSource(bytes));
  const packet = withMarks(xmp, marks);
  const written = format === 'png' ? withPngXmp(bytes, packet) : format === 'jpeg' ? withJpegXmp(bytes, packet) : format === 'webp' ? withWebpXmp(bytes, packet) : null;
  if (written === null) throw new StudioError('image-invalid', `Marks cannot be written into the AVIF file ${path}; they stay in the studio.`, { details: { path } });
  await writeAtomically(path, written);
  // One millisecond later, so that whoever compares times sees that the file has changed.
  await utimes(path, atime, new Date(mtime.getTime() + 1));
}
