import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { convertedPicture } from '../../../src/main/engine-host/convert-picture';
import { bytesSource } from '../../../src/main/files/metadata/byte-source';
import { readPicture, readPictureFile } from '../../../src/main/files/metadata/picture-file';
import { recipeTexts } from '../../../src/main/files/recipe-text';
import { writeMarksInto } from '../../../src/main/files/write-marks';
import { A1111_TEXT, COMFY_GRAPH, exifBlock, pngWith } from '../../support/foreign-pictures';
import { aRecipe } from '../../support/samples';
import { tempFolder } from '../../support/temp-folder';

const read = (bytes: Uint8Array) => readPicture(bytesSource(bytes));
const picture = () => sharp({ create: { width: 24, height: 16, channels: 3, background: { r: 200, g: 90, b: 20 } } }).composite([{ input: Buffer.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0]), raw: { width: 2, height: 2, channels: 3 }, left: 3, top: 4 }]);

/** Puts an EXIF block into a JPEG or WebP that has none, as other programs do. */
function withExif(bytes: Buffer, exif: Buffer): Buffer {
  if (bytes[0] === 0xff) {
    const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif]);
    return Buffer.concat([bytes.subarray(0, 2), Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 255]), body, bytes.subarray(2)]);
  }
  const chunk = Buffer.concat([Buffer.from('EXIF'), Buffer.alloc(4), exif, Buffer.alloc(exif.length % 2)]);
  chunk.writeUInt32LE(exif.length, 4);
  const out = Buffer.concat([bytes, chunk]);
  out.writeUInt32LE(out.length - 8, 4);
  return out;
}

describe('a picture file', () => {
  it.each(['png', 'jpeg', 'webp', 'avif'] as const)('of %s tells its format and size, and the same fingerprint at each reading', async (format) => {
    const bytes = await picture().toFormat(format, { quality: 80 }).toBuffer();
    const facts = await read(bytes);
    expect(facts).toMatchObject({ format, width: 24, height: 16, origin: 'unknown', recipe: null });
    expect((await read(bytes)).fingerprint).toBe(facts.fingerprint);
    const other = await read(await picture().negate().toFormat(format, { quality: 80 }).toBuffer());
    expect(other.fingerprint).not.toBe(facts.fingerprint);
  });

  it.each(['jpeg', 'webp', 'avif'] as const)('of %s gives our recipe back from its XMP', async (format) => {
    const recipe = aRecipe({ prompt: 'línea "quoted" <&> 狐' });
    const source = join(tempFolder(), 'p.png');
    await writeFile(source, pngWith(recipeTexts(recipe)));
    const bytes = format === 'avif' ? await picture().withXmp((await import('../../../src/main/files/xmp')).recipeXmp(recipe, true)).avif().toBuffer() : await convertedPicture(source, { format, longestSide: null, withRecipe: true });
    expect(await read(bytes)).toMatchObject({ origin: 'palimpsest', recipe });
  });

  it.each(['jpeg', 'webp'] as const)('of %s gives A1111’s text back from its EXIF comment, in every script', async (format) => {
    const bytes = withExif(await picture().toFormat(format).toBuffer(), exifBlock({ 0x0131: 'AUTOMATIC1111' }, A1111_TEXT.replace('a photo', '写真')));
    expect((await read(bytes)).foreign).toMatchObject({ origin: 'a1111', prompt: expect.stringContaining('写真 of a red fox') as string, seed: 1234567890, unknown: expect.arrayContaining([{ key: 'Software', value: 'AUTOMATIC1111' }]) as unknown });
  });

  it('of WebP gives ComfyUI’s graph back from EXIF’s Make and Model', async () => {
    const bytes = withExif(await picture().webp().toBuffer(), exifBlock({ 0x010f: 'workflow:{"nodes":[]}', 0x0110: `prompt:${JSON.stringify(COMFY_GRAPH)}` }, null));
    expect((await read(bytes)).foreign).toMatchObject({ origin: 'comfyui', seed: 156680208700286 });
  });

  it('is upright: an orientation that turns it swaps its sides', async () => {
    expect(await read(await picture().jpeg().withMetadata({ orientation: 6 }).toBuffer())).toMatchObject({ width: 16, height: 24 });
  });

  it('keeps its fingerprint whatever is written around its pixels', async () => {
    const plain = pngWith({});
    const { fingerprint } = await read(plain);
    expect((await read(pngWith({ parameters: A1111_TEXT }))).fingerprint).toBe(fingerprint);
    for (const format of ['jpeg', 'webp'] as const) {
      const bytes = await picture().toFormat(format).toBuffer();
      expect((await read(withExif(bytes, exifBlock({ 0x0131: 'x'.repeat(5000) }, 'y')))).fingerprint).toBe((await read(bytes)).fingerprint);
    }
  });
});

describe('marks written into a file', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('of %s are read back, beside the recipe and the very same pixels', async (format) => {
    const recipe = aRecipe({ prompt: 'ein Apfel & 林檎' });
    const folder = tempFolder();
    const [source, path] = [join(folder, 's.png'), join(folder, `p.${format}`)];
    await writeFile(source, pngWith(recipeTexts(recipe)));
    await writeFile(path, await convertedPicture(source, { format, longestSide: null, withRecipe: true }));
    const before = await readPictureFile(path);
    await writeMarksInto(path, { rating: 4, label: 'green', tags: ['Zoë & Co', 'fox'] });
    await writeMarksInto(path, { rating: 5, label: 'red', tags: ['fox', '狐'] });
    const after = await readPictureFile(path);
    expect(after.xmpMarks).toEqual({ rating: 5, label: 'red', tags: ['fox', '狐'] });
    expect(after).toMatchObject({ recipe, fingerprint: before.fingerprint });
    expect(after.modifiedMs).toBeGreaterThan(before.modifiedMs);
    expect(after.modifiedMs - before.modifiedMs).toBeLessThan(10);
    expect(await sharp(path).raw().toBuffer()).toEqual(await sharp(source).raw().toBuffer().then(async () => sharp(await convertedPicture(source, { format, longestSide: null, withRecipe: true })).raw().toBuffer()));
    await writeMarksInto(path, { rating: 0, label: null, tags: [] });
    expect((await readPictureFile(path)).xmpMarks).toEqual({});
  });

  it('are refused for an AVIF, which stays as it is', async () => {
    const path = join(tempFolder(), 'p.avif');
    await writeFile(path, await picture().avif().toBuffer());
    const before = await readFile(path);
    await expect(writeMarksInto(path, { rating: 3, label: null, tags: [] })).rejects.toThrow('stay in the studio');
    expect(await readFile(path)).toEqual(before);
  });
});

describe('a converted picture', () => {
  it.each(['original', 'png', 'jpeg', 'webp'] as const)('as %s without recipe says nothing of how it was made', async (format) => {
    const path = join(tempFolder(), 'p.png');
    await writeFile(path, pngWith({ ...recipeTexts(aRecipe()), Comment: 'secret' }));
    const bytes = await convertedPicture(path, { format, longestSide: null, withRecipe: false });
    expect(await read(bytes)).toMatchObject({ recipe: null, foreign: null });
    expect(bytes.includes('red apple')).toBe(false);
    expect(bytes.includes('secret')).toBe(false);
  });

  it('goes along with other programs’ settings, smaller when asked', async () => {
    const path = join(tempFolder(), 'p.png');
    await writeFile(path, await picture().resize(400, 200).png().withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>').toBuffer());
    const { withPngText } = await import('../../../src/main/files/png-text');
    await writeFile(path, withPngText(await readFile(path), { parameters: A1111_TEXT }));
    const facts = await read(await convertedPicture(path, { format: 'jpeg', longestSide: 100, withRecipe: true }));
    expect(facts).toMatchObject({ format: 'jpeg', width: 100, height: 50, foreign: { origin: 'a1111', seed: 1234567890 } });
    expect((await read(await convertedPicture(path, { format: 'png', longestSide: 100, withRecipe: true }))).foreign?.seed).toBe(1234567890);
  });
});
