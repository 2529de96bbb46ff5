import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readPngFacts, withPngText } from '../../src/main/files/png-text';
import { ONE_PIXEL_PNG } from '../support/samples';
import { tempFolder } from '../support/temp-folder';

const write = async (bytes: Uint8Array): Promise<string> => {
  const path = join(tempFolder(), 'picture.png');
  await writeFile(path, bytes);
  return path;
};

describe('png text', () => {
  it('gives back every script, Latin-1 as tEXt and the rest as iTXt', async () => {
    const texts = { parameters: 'café, Größe\nSteps: 20', palimpsest: '{"prompt":"狐 🦊 in de sneeuw"}' };
    const png = withPngText(ONE_PIXEL_PNG, texts);
    expect(Object.fromEntries((await readPngFacts(await write(png))).text)).toEqual(texts);
    expect([png.includes('tEXtparameters'), png.includes('iTXtpalimpsest')]).toEqual([true, true]);
  });

  it('leaves a file that other decoders read, pixels and checksums included', async () => {
    const png = await sharp({ create: { width: 3, height: 2, channels: 3, background: '#c04020' } }).png().toBuffer();
    const read = sharp(withPngText(png, { parameters: 'ü'.repeat(100) }), { failOn: 'warning' });
    expect((await read.raw().toBuffer()).subarray(0, 3)).toEqual(Buffer.from([0xc0, 0x40, 0x20]));
  });

  it('tells the size without decoding', async () => {
    const { width, height } = await readPngFacts(await write(ONE_PIXEL_PNG));
    expect({ width, height }).toEqual({ width: 1, height: 1 });
  });

  it.each(Array.from({ length: ONE_PIXEL_PNG.length }, (_, length) => length))('refuses a file cut after %i bytes in one sentence', async (length) => {
    const path = await write(ONE_PIXEL_PNG.subarray(0, length));
    await expect(readPngFacts(path)).rejects.toMatchObject({ code: 'image-invalid', message: expect.stringMatching(/^The picture .*picture\.png cannot be read: .*\.$/) as string });
  });

  it('refuses a file that only pretends to be a PNG', async () => {
    const path = await write(Buffer.alloc(100, 'GIF89a'));
    await expect(readPngFacts(path)).rejects.toThrow('it is no PNG file');
  });
});
