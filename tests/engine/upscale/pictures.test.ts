import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import type { RasterSpec } from '../../../src/main/engine/image/raster-file';
import type { OutputFormat } from '../../../src/shared/resize/settings';
import { aUse, percent, RESAMPLE, runResize, taskFor } from '../../support/resize';
import { tempFolder } from '../../support/temp-folder';
import { toyUpscaler } from '../stages/toy-upscaler';

interface Written {
  readonly path: string;
  readonly spec: RasterSpec;
}

/** A picture file whose samples are known. */
async function picture(folder: string, { spec, format = 'png', sample, finish = (pipeline) => pipeline }: { readonly spec: RasterSpec; readonly format?: OutputFormat; sample(x: number, y: number, channel: number): number; finish?(pipeline: Sharp): Sharp }): Promise<Written> {
  const { width, height, channels, depth } = spec;
  const data = depth === 8 ? new Uint8Array(width * height * channels) : new Uint16Array(width * height * channels);
  for (let i = 0; i < data.length; i += 1) data[i] = sample(Math.floor(i / channels) % width, Math.floor(i / channels / width), i % channels);
  const path = join(folder, `source.${format}`);
  const space = depth === 16 ? (channels < 3 ? 'grey16' : 'rgb16') : channels < 3 ? 'b-w' : 'srgb';
  await finish(sharp(data, { raw: { width, height, channels } }).toColourspace(space)).toFormat(format, format === 'tiff' ? { compression: 'deflate' } : {}).toFile(path);
  return { path, spec };
}

/** A network that repeats each pixel, so that every sample of the result is known. */
function repeating(folder: string, scale: number): string {
  const path = join(folder, 'repeat.onnx');
  writeFileSync(path, toyUpscaler(null, scale));
  return path;
}

async function samplesOf(path: string, { channels, depth }: Pick<RasterSpec, 'channels' | 'depth'>): Promise<{ readonly data: Uint8Array | Uint16Array; readonly width: number; readonly channels: number }> {
  // Raw output of grey with alpha leaves the alpha out, so it is read as colour.
  const space = depth === 16 ? (channels === 1 ? 'grey16' : 'rgb16') : channels === 1 ? 'b-w' : 'srgb';
  const { data, info } = await sharp(path, { ignoreIcc: true }).toColourspace(space).raw({ depth: depth === 16 ? 'ushort' : 'uchar' }).toBuffer({ resolveWithObject: true });
  const samples = depth === 16 ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data;
  if (channels !== 2) return { data: samples, width: info.width, channels: info.channels };
  return { data: samples.filter((_, i) => i % 4 === 0 || i % 4 === 3), width: info.width, channels: info.channels / 2 };
}

const pattern = (max: number) => (x: number, y: number, channel: number): number => (x * 1021 + y * 517 + channel * 8191 + ((x * y) % 7) * 300) % (max + 1);

describe('upscaling by a network', () => {
  it.each([
    ['grey of 8 bits', 1, 8],
    ['grey of 16 bits', 1, 16],
    ['grey and alpha', 2, 8],
    ['RGB of 16 bits', 3, 16],
    ['RGB and alpha', 4, 8],
    ['RGB and alpha of 16 bits', 4, 16],
  ] as const)('keeps channels and depth: %s', async (_, channels, depth) => {
    const folder = tempFolder();
    const max = depth === 8 ? 255 : 65_535;
    const sample = (x: number, y: number, channel: number): number => (channels % 2 === 0 && channel === channels - 1 ? Math.max(1, pattern(max)(x, y, channel)) : pattern(max)(x, y, channel));
    const { path, spec } = await picture(folder, { spec: { width: 37, height: 23, channels, depth }, sample });
    const task = taskFor({ sourcePath: path, source: spec, folder, settings: { target: percent(200) }, use: aUse({ path: repeating(folder, 2), tile: 16, context: 4 }), scale: 2 });
    expect(await runResize(task)).toMatchObject({ width: 74, height: 46, warnings: [] });
    const result = await samplesOf(task.output.path, spec);
    expect([result.width, result.channels]).toEqual([74, channels]);
    const wrong = Array.from(result.data).findIndex((value, i) => value !== sample(Math.floor((Math.floor(i / channels) % 74) / 2), Math.floor(i / channels / 74 / 2), i % channels));
    expect(wrong).toBe(-1);
  });

  it('lets no hidden colour show at the edge of a transparent part, and keeps it wholly transparent', async () => {
    const folder = tempFolder();
    const isSeen = (x: number): boolean => x < 20;
    // Bright green hides under the transparent half of a red picture.
    const { path, spec } = await picture(folder, { spec: { width: 40, height: 12, channels: 4, depth: 8 }, sample: (x, _y, c) => (c === 3 ? (isSeen(x) ? 255 : 0) : c === (isSeen(x) ? 0 : 1) ? 255 : 0) });
    const task = taskFor({ sourcePath: path, source: spec, folder, settings: { target: percent(200) }, use: aUse({ path: repeating(folder, 2), tile: 16, context: 4 }), scale: 2 });
    await runResize(task);
    const { data } = await samplesOf(task.output.path, spec);
    const at = (x: number): readonly number[] => Array.from(data.slice((5 * 80 + x) * 4, (5 * 80 + x) * 4 + 4));
    expect(at(39)).toEqual([255, 0, 0, 255]);
    expect(at(40)).toEqual([255, 0, 0, 0]);
    expect(at(79)).toEqual([128, 128, 128, 0]);
  });

  it('stands the picture upright and says in its Exif that it does', async () => {
    const folder = tempFolder();
    const { path } = await picture(folder, { spec: { width: 24, height: 16, channels: 3, depth: 8 }, format: 'jpeg', sample: (x) => (x < 12 ? 250 : 5), finish: (pipeline) => pipeline.withExif({ IFD0: { Copyright: 'A. Painter' } }).withMetadata({ orientation: 6 }) });
    const source = { width: 16, height: 24, channels: 3, depth: 8 } as const;
    const task = taskFor({ sourcePath: path, source, folder, settings: { target: percent(200) }, use: aUse({ path: repeating(folder, 2), context: 4 }), scale: 2, format: 'jpeg' });
    await runResize(task);
    const { orientation, exif, width, height } = await sharp(task.output.path).metadata();
    expect([orientation, width, height]).toEqual([1, 32, 48]);
    expect(exif?.includes('A. Painter')).toBe(true);
    const { data } = await samplesOf(task.output.path, source);
    expect((data[0] ?? 0) > 200 && (data[data.length - 1] ?? 255) < 50).toBe(true);
  });

  it.each(['png', 'jpeg', 'webp', 'avif', 'tiff'] as const)('carries profile, Exif and XMP from PNG to %s', async (format) => {
    const folder = tempFolder();
    const { path, spec } = await picture(folder, { spec: { width: 32, height: 32, channels: 3, depth: 8 }, sample: pattern(255), finish: (pipeline) => pipeline.withExif({ IFD0: { Artist: 'A. Painter' } }).withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>').withIccProfile('p3') });
    const before = await sharp(path).metadata();
    const task = taskFor({ sourcePath: path, source: spec, folder, settings: { target: percent(200), way: RESAMPLE }, format });
    await runResize(task);
    const after = await sharp(task.output.path).metadata();
    expect(after.icc?.equals(before.icc ?? Buffer.alloc(0))).toBe(true);
    expect(after.xmpAsString).toBe(before.xmpAsString);
    // libvips knows no Exif in TIFF.
    if (format !== 'tiff') expect(after.exif?.includes('A. Painter')).toBe(true);
  });

  it.each(['png', 'jpeg', 'webp', 'avif', 'tiff'] as const)('reads %s', async (format) => {
    const folder = tempFolder();
    const { path, spec } = await picture(folder, { spec: { width: 48, height: 32, channels: 3, depth: 8 }, format, sample: () => 120 });
    const task = taskFor({ sourcePath: path, source: spec, folder, settings: { target: percent(200) }, use: aUse({ path: repeating(folder, 2), context: 4 }), scale: 2 });
    await runResize(task);
    const { data } = await samplesOf(task.output.path, spec);
    expect(Math.max(...data)).toBeLessThanOrEqual(123);
    expect(Math.min(...data)).toBeGreaterThanOrEqual(117);
  });

  it('says what a file is that its name does not tell, and reads it all the same', async () => {
    const folder = tempFolder();
    const { path, spec } = await picture(folder, { spec: { width: 16, height: 16, channels: 3, depth: 8 }, format: 'jpeg', sample: () => 9 });
    const named = join(folder, 'named.png');
    await sharp(path).jpeg().toFile(join(folder, 'other.jpg'));
    writeFileSync(named, await sharp(path).jpeg().toBuffer());
    const { warnings } = await runResize(taskFor({ sourcePath: named, source: spec, folder, settings: { target: percent(200) } }));
    expect(warnings).toEqual(['The file is named .png but is JPEG by content; it was read as that.']);
  });

  it('refuses a file that has changed since it was planned', async () => {
    const folder = tempFolder();
    const { path, spec } = await picture(folder, { spec: { width: 16, height: 16, channels: 3, depth: 8 }, sample: () => 9 });
    const task = taskFor({ sourcePath: path, source: { ...spec, width: 17 }, folder, settings: { target: percent(200) } });
    await expect(runResize(task)).rejects.toThrow('to be 17 by 16 pixels but it is 16 by 16 now: start again.');
    expect(existsSync(task.output.path)).toBe(false);
    expect(readdirSync(task.workFolder)).toEqual([]);
  });
});
