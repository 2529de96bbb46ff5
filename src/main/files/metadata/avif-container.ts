import { broken, bytesSource, type ByteSource } from './byte-source';
import { createFingerprint, type Container } from './container';

/** ISO/IEC 14496-12 boxes, as far as AVIF (a HEIF of AV1 pictures) needs them for its size and its metadata items. */
interface Box {
  readonly type: string;
  readonly from: number;
  readonly to: number;
}

const MAX_META = 4 * 1024 * 1024;
const MAX_ITEM = 16 * 1024 * 1024;
const MAX_BOXES = 10_000;

async function readBoxes(source: ByteSource, from: number, to: number): Promise<readonly Box[]> {
  const boxes: Box[] = [];
  for (let position = from; position + 8 <= to; ) {
    if (boxes.length === MAX_BOXES) throw broken('it has too many boxes');
    const head = await source.read(position, 8);
    let length = head.readUInt32BE(0);
    let header = 8;
    if (length === 1) {
      length = Number((await source.read(position + 8, 8)).readBigUInt64BE(0));
      header = 16;
    }
    if (length === 0) length = to - position;
    if (length < header || position + length > to) throw broken('it is cut short');
    boxes.push({ type: head.toString('latin1', 4, 8), from: position + header, to: position + length });
    position += length;
  }
  return boxes;
}

interface Item {
  readonly id: number;
  readonly type: string;
  readonly contentType: string;
}

/** `infe` boxes of version 2 and 3, behind the count in `iinf`. */
async function readItems(meta: ByteSource, iinf: Box): Promise<readonly Item[]> {
  const version = (await meta.read(iinf.from, 1))[0] ?? 0;
  const items: Item[] = [];
  for (const { type, from, to } of await readBoxes(meta, iinf.from + (version === 0 ? 6 : 8), iinf.to)) {
    if (type !== 'infe') continue;
    const body = await meta.read(from, to - from);
    const wide = body[0] === 3;
    if ((body[0] !== 2 && !wide) || body.length < (wide ? 14 : 12)) continue;
    const at = wide ? 10 : 8;
    const strings = body.toString('latin1', at + 4).split('\0');
    items.push({ id: wide ? body.readUInt32BE(4) : body.readUInt16BE(4), type: body.toString('latin1', at, at + 4), contentType: strings[1] ?? '' });
  }
  return items;
}

/** Where each item lies in the file: its first extent (metadata and single pictures have one). */
async function readPlaces(meta: ByteSource, iloc: Box): Promise<ReadonlyMap<number, { readonly position: number; readonly length: number }>> {
  const body = await meta.read(iloc.from, iloc.to - iloc.from);
  const places = new Map<number, { readonly position: number; readonly length: number }>();
  let at = 0;
  const take = (bytes: number): number => {
    if (at + bytes > body.length) throw broken('its item table is damaged');
    const value = bytes === 0 ? 0 : bytes === 8 ? Number(body.readBigUInt64BE(at)) : body.readUIntBE(at, bytes);
    at += bytes;
    return value;
  };
  const version = take(1);
  take(3);
  const [sizes, more] = [take(1), take(1)];
  const [offsetSize, lengthSize, baseSize, indexSize] = [sizes >> 4, sizes & 15, more >> 4, version === 0 ? 0 : more & 15];
  if ([offsetSize, lengthSize, baseSize, indexSize].some((size) => size !== 0 && size !== 4 && size !== 8)) throw broken('its item table is damaged');
  const count = take(version < 2 ? 2 : 4);
  for (let n = 0; n < count; n += 1) {
    const id = take(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : take(2) & 15;
    take(2);
    const base = take(baseSize);
    const extents = take(2);
    for (let extent = 0; extent < extents; extent += 1) {
      take(indexSize);
      const [offset, length] = [take(offsetSize), take(lengthSize)];
      if (method === 0 && !places.has(id)) places.set(id, { position: base + offset, length });
    }
  }
  return places;
}

/** The largest `ispe` property: tiles and alpha planes are never larger than the picture. */
async function readSize(meta: ByteSource, boxes: readonly Box[]): Promise<{ readonly width: number; readonly height: number }> {
  let size = { width: 0, height: 0 };
  let isTurned = false;
  for (const iprp of boxes.filter(({ type }) => type === 'iprp')) {
    for (const ipco of (await readBoxes(meta, iprp.from, iprp.to)).filter(({ type }) => type === 'ipco')) {
      for (const { type, from } of await readBoxes(meta, ipco.from, ipco.to)) {
        if (type === 'irot') isTurned = (((await meta.read(from, 1))[0] ?? 0) & 1) === 1;
        if (type !== 'ispe') continue;
        const body = await meta.read(from, 12);
        const [width, height] = [body.readUInt32BE(4), body.readUInt32BE(8)];
        if (width * height > size.width * size.height) size = { width, height };
      }
    }
  }
  if (size.width === 0) throw broken('it tells no size');
  return isTurned ? { width: size.height, height: size.width } : size;
}

/** Reads the boxes of an AVIF. @throws StudioError `image-invalid`. */
export async function readAvifContainer(source: ByteSource): Promise<Container> {
  const box = (await readBoxes(source, 0, source.size)).find(({ type }) => type === 'meta');
  if (box === undefined || box.to - box.from > MAX_META) throw broken('it holds no picture');
  const meta = bytesSource(Buffer.from(await source.read(box.from, box.to - box.from)));
  const boxes = await readBoxes(meta, 4, meta.size);
  const [iinf, iloc] = [boxes.find(({ type }) => type === 'iinf'), boxes.find(({ type }) => type === 'iloc')];
  if (iinf === undefined || iloc === undefined) throw broken('it holds no picture');
  const places = await readPlaces(meta, iloc);
  const fingerprint = createFingerprint();
  let exif: Buffer | null = null;
  let xmp: string | null = null;
  let hasPixels = false;
  for (const { id, type, contentType } of await readItems(meta, iinf)) {
    const place = places.get(id);
    if (place === undefined) continue;
    if (place.position + place.length > source.size) throw broken('it is cut short');
    if (type === 'av01') {
      hasPixels = true;
      await fingerprint.addStretch(source, place.position, place.length);
    } else if (place.length > MAX_ITEM) {
      continue;
    } else if (type === 'Exif' && place.length > 4) {
      const body = Buffer.from(await source.read(place.position, place.length));
      exif = body.subarray(Math.min(body.length, 4 + body.readUInt32BE(0)));
    } else if (type === 'mime' && contentType === 'application/rdf+xml') {
      xmp = (await source.read(place.position, place.length)).toString('utf8');
    }
  }
  if (!hasPixels) throw broken('it holds no picture');
  return { format: 'avif', ...(await readSize(meta, boxes)), text: new Map(), exif, xmp, fingerprint: fingerprint.digest() };
}
