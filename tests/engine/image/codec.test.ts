import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeImage, encodeJpeg, encodePng, encodeWebp } from '../../../src/main/engine/image/codec';
import { toGrey, type PixelImage } from '../../../src/main/engine/image/pixel-image';
import { mustUseWasm } from '../../../src/main/engine/image/sharp-binary';
import { distance, GOLDEN } from './fixtures';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'codec-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

const rgb: PixelImage = { width: 23, height: 11, channels: 3, data: Uint8Array.from({ length: 759 }, (_, i) => (i * 37 + (i >> 3)) % 256) };
const grey = toGrey(rgb);

function pngChunk(type: string, body: Buffer): Buffer {
  const chunk = Buffer.alloc(body.length + 12);
  chunk.writeUInt32BE(body.length, 0);
  chunk.write(type, 4, 'latin1');
  body.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return chunk;
}

/** A valid PNG header of the given size, with next to no pixels behind it. */
function pngHeader(width: number, height: number, withPixels = true): Buffer {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  return Buffer.concat([signature, pngChunk('IHDR', size), ...(withPixels ? [pngChunk('IDAT', deflateSync(Buffer.alloc(1000)))] : [])]);
}

describe('round trips', () => {
  it('PNG and lossless WebP keep every pixel; grey stays grey', async () => {
    expect(distance(await decodeImage(await write('a.png', await encodePng(rgb))), rgb)).toBe(0);
    expect(distance(await decodeImage(await write('a.webp', await encodeWebp(rgb, 'lossless'))), rgb)).toBe(0);
    const png = await write('grey.png', await encodePng(grey));
    expect(distance(await decodeImage(png, 'L'), grey)).toBe(0);
    expect((await readFile(png))[25]).toBe(0);
  });
  it('JPEG and WebP come close on a smooth picture', async () => {
    const smooth: PixelImage = { width: 32, height: 32, channels: 3, data: Uint8Array.from({ length: 3072 }, (_, i) => 80 + ((Math.floor(i / 3) % 32) * 3 + (i % 3) * 20)) };
    expect(distance(await decodeImage(await write('b.jpg', await encodeJpeg(smooth))), smooth)).toBeLessThan(8);
    expect(distance(await decodeImage(await write('b.webp', await encodeWebp(smooth))), smooth)).toBeLessThan(16);
  });
});

describe('decodeImage', () => {
  it('drops alpha without blending and converts to L by the formula of PIL', async () => {
    const rgba: PixelImage = { width: 3, height: 1, channels: 4, data: Uint8Array.of(255, 0, 0, 0, 0, 255, 0, 128, 10, 20, 250, 255) };
    const path = await write('alpha.png', await encodePng(rgba));
    expect([...(await decodeImage(path)).data]).toEqual([255, 0, 0, 0, 255, 0, 10, 20, 250]);
    expect([...(await decodeImage(path, 'L')).data]).toEqual([...toGrey(rgba).data]);
  });
  it('applies the EXIF orientation', async () => {
    const raw = { raw: { width: 2, height: 1, channels: 3 as const } };
    const tagged = await sharp(Buffer.from([255, 0, 0, 0, 0, 255]), raw).withMetadata({ orientation: 6 }).png().toBuffer();
    expect(await decodeImage(await write('turned.png', tagged))).toMatchObject({ width: 1, height: 2, data: Uint8Array.of(255, 0, 0, 0, 0, 255) });
  });
  it('reads 16 bits per channel, grey with alpha and palettes', async () => {
    const raw16 = await sharp(Uint16Array.of(0, 0x8000, 0xffff), { raw: { width: 1, height: 1, channels: 3 } }).toColourspace('rgb16').png().toBuffer();
    expect([...(await decodeImage(await write('deep.png', raw16))).data]).toEqual([0, 128, 255]);
    const greyAlpha = await sharp(Buffer.from([40, 255, 90, 0]), { raw: { width: 2, height: 1, channels: 2 } }).toColourspace('b-w').png().toBuffer();
    expect([...(await decodeImage(await write('la.png', greyAlpha), 'L')).data]).toEqual([40, 90]);
    const palette = await sharp(Buffer.from([255, 0, 0, 0, 0, 255]), { raw: { width: 2, height: 1, channels: 3 } }).png({ palette: true }).toBuffer();
    expect([...(await decodeImage(await write('p.png', palette))).data]).toEqual([255, 0, 0, 0, 0, 255]);
  });
  it('leaves pixels alone under an sRGB profile and converts a wide-gamut one', async () => {
    const input = { raw: { width: rgb.width, height: rgb.height, channels: 3 as const } };
    const srgb = await sharp(rgb.data, input).withIccProfile('srgb').png().toBuffer();
    expect(distance(await decodeImage(await write('srgb.png', srgb)), rgb)).toBe(0);
    const p3 = await sharp(rgb.data, input).withIccProfile('p3').png().toBuffer();
    expect(distance(await decodeImage(await write('p3.png', p3)), rgb)).toBeLessThan(4);
    expect((await sharp(p3, { ignoreIcc: true }).raw().toBuffer()).equals(Buffer.from(rgb.data))).toBe(false);
  });
});

describe('pictures that cannot be used', () => {
  const whole = encodePng({ width: 200, height: 200, channels: 3, data: Uint8Array.from({ length: 120_000 }, (_, i) => (i * i) % 251) });
  const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2);
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
  const cases: readonly [string, () => Promise<Uint8Array | string>, RegExp][] = [
    ['huge.png', async () => pngHeader(60_000, 60_000), /huge\.png is 60000 x 60000 pixels/],
    ['wide.png', async () => pngHeader(20_000, 10), /wide\.png is 20000 x 10 pixels/],
    ['many.png', async () => pngHeader(12_000, 12_000), /many\.png is 12000 x 12000 pixels/],
    ['empty.png', async () => '', /empty\.png is empty/],
    ['text.png', async () => 'this is no picture', /text\.png is damaged or not a picture/],
    ['little.png', async () => pngHeader(64, 64), /little\.png is damaged or cut short/],
    ['half.png', async () => half(await whole), /half\.png is damaged or cut short/],
    ['header.png', async () => pngHeader(64, 64, false), /header\.png is damaged/],
    ['half.jpg', async () => half(await encodeJpeg(rgb)), /half\.jpg is damaged/],
    ['half.webp', async () => half(await encodeWebp(rgb)), /half\.webp is damaged/],
    ['drawing.png', async () => svg, /drawing\.png is a svg file/],
    ['zeros.jpg', async () => new Uint8Array(5000), /zeros\.jpg is damaged or not a picture/],
  ];
  it.each(cases)('%s', async (name, make, sentence) => {
    const path = await write(name, await make());
    const started = Date.now();
    await expect(decodeImage(path)).rejects.toMatchObject({ name: 'StudioError', code: 'image-invalid', message: expect.stringMatching(sentence) });
    expect(Date.now() - started).toBeLessThan(2000);
  });
  it('a missing file and a folder', async () => {
    await expect(decodeImage(join(folder, 'nowhere.png'))).rejects.toMatchObject({ code: 'image-missing', message: expect.stringContaining('nowhere.png') });
    await expect(decodeImage(folder)).rejects.toMatchObject({ code: 'image-invalid' });
  });
  it('refuses pixels of the wrong length', async () => {
    await expect(encodePng({ ...rgb, width: 24 })).rejects.toMatchObject({ code: 'internal' });
  });
});

describe('the build of sharp', () => {
  it('must be WebAssembly in Electron on Linux only', () => {
    const electron = { electron: '33.2.1' };
    expect([
      mustUseWasm({ platform: 'linux', versions: electron }),
      mustUseWasm({ platform: 'linux', versions: {} }),
      mustUseWasm({ platform: 'darwin', versions: electron }),
      mustUseWasm({ platform: 'win32', versions: electron }),
    ]).toEqual([true, false, false, false]);
  });

  /** Loads sharp the way codec.ts does, in a process that claims to be Electron or not, and says which build came. */
  async function loadedBuild(claimsElectron: boolean): Promise<{ build: string; sum: number; resolvesAfterwards: boolean }> {
    const { build: bundle } = await import('vite');
    const entry = join(folder, 'probe.ts');
    const codec = join(import.meta.dirname, '../../../src/main/engine/image/codec.ts');
    await writeFile(
      entry,
      `import { decodeImage } from ${JSON.stringify(codec)};
       import { createRequire } from 'node:module';
       const require = createRequire(import.meta.url);
       const image = await decodeImage(${JSON.stringify(join(GOLDEN, 'images/resize-in.png'))});
       const loaded = Object.keys(require.cache).filter((name) => /@img.sharp-(linux|wasm)[^/\\\\]*[/\\\\]/.test(name) && !name.includes('libvips'));
       let resolvesAfterwards = true;
       try { require.resolve('@img/sharp-linux-x64/sharp.node'); } catch { resolvesAfterwards = false; }
       process.stdout.write(JSON.stringify({ build: loaded.some((name) => name.includes('wasm32')) ? 'wasm' : 'native', sum: image.data.reduce((a, b) => a + b, 0), resolvesAfterwards }));`,
    );
    // Bundled into the project's tree, as out/main is, so that sharp stays external and node resolves it at run time.
    const outDir = join(import.meta.dirname, '../../../node_modules/.cache/codec-probe');
    await bundle({ logLevel: 'silent', configFile: false, build: { ssr: entry, outDir, emptyOutDir: false, rolldownOptions: { external: ['sharp'], output: { format: 'es', entryFileNames: 'probe.mjs' } } } });
    const args = [join(outDir, 'probe.mjs')];
    if (claimsElectron) {
      const preload = await write('electron.cjs', "Object.defineProperty(process.versions, 'electron', { value: '33.2.1', enumerable: true });");
      args.unshift('--require', preload);
    }
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 30_000 });
    const answer: { build: string; sum: number; resolvesAfterwards: boolean } = JSON.parse(stdout);
    return answer;
  }

  it.runIf(process.platform === 'linux' && process.arch === 'x64')('is chosen in the bundled module, with the same pixels', async () => {
    const native = await loadedBuild(false);
    const wasm = await loadedBuild(true);
    expect(native).toMatchObject({ build: 'native', resolvesAfterwards: true });
    expect(wasm).toEqual({ ...native, build: 'wasm' });
  });
});
