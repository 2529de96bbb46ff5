import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pngChunk } from '../support/png-chunk';
import { tempFolder } from '../support/temp-folder';
import { runCli, startCli, useBuiltCli } from './run-cli';

useBuiltCli();

interface Bench {
  readonly root: string;
  readonly input: string;
  readonly output: string;
  /** The flags that keep everything below the folder. */
  readonly flags: readonly string[];
}

function bench(): Bench {
  const root = tempFolder();
  const [input, output] = [join(root, 'in'), join(root, 'out')];
  mkdirSync(input);
  return { root, input, output, flags: ['--data-dir', join(root, 'data'), '--out', output] };
}

/** A picture that differs from every other seed's. */
async function picture(path: string, { width, height, seed = 1 }: { readonly width: number; readonly height: number; readonly seed?: number }): Promise<void> {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i += 1) data[i] = (i * 7 * seed + ((i * i) >> 9)) & 255;
  await sharp(data, { raw: { width, height, channels: 3 } }).toFile(path);
}

const hashes = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(readdirSync(folder).sort().map((name) => [name, createHash('sha256').update(readFileSync(join(folder, name))).digest('hex')]));

/** A PNG that says it is 60,000 pixels a side. */
const hugePng = (): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(60_000, 0);
  header.writeUInt32BE(60_000, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), pngChunk('IHDR', header), pngChunk('IDAT', deflateSync(Buffer.alloc(100))), pngChunk('IEND', Buffer.alloc(0))]);
};

describe('upscale', () => {
  it('goes on after kill -9 in the middle of a picture, and the same bytes come out', async () => {
    const plain = bench();
    await picture(join(plain.input, 'a.png'), { width: 600, height: 560 });
    await runCli(['upscale', join(plain.input, 'a.png'), ...plain.flags]);
    const killed = bench();
    cpSync(join(plain.input, 'a.png'), join(killed.input, 'a.png'), { preserveTimestamps: true });
    const args = ['upscale', join(killed.input, 'a.png'), '--verbose', ...killed.flags];
    const first = startCli(args);
    // A row of tiles is told to be there once it is on the disk, which may be while the next row is worked on.
    first.signalAfter('enlarging 7 of 9', 'SIGKILL');
    expect((await first.done).code).toBeNull();
    const again = await runCli(args);
    expect(again.code).toBe(0);
    expect(again.stderr).not.toContain('enlarging 2 of 9');
    expect(hashes(killed.output)).toEqual(hashes(plain.output));
  });

  it('goes on after kill -9 in the middle of a folder, and the same bytes come out', async () => {
    const [plain, killed] = [bench(), bench()];
    for (const seed of [1, 2, 3]) await picture(join(plain.input, `${seed}.png`), { width: 200, height: 150, seed });
    for (const name of readdirSync(plain.input)) cpSync(join(plain.input, name), join(killed.input, name), { preserveTimestamps: true });
    await runCli(['upscale', join(plain.input, '*.png'), ...plain.flags]);
    const args = ['upscale', join(killed.input, '*.png'), '--verbose', ...killed.flags];
    const first = startCli(args);
    first.signalAfter('picture 2 of 3: enlarging', 'SIGKILL');
    await first.done;
    const again = await runCli(args);
    expect(again.code).toBe(0);
    expect(again.stderr).not.toContain('picture 1 of 3: enlarging');
    expect(hashes(killed.output)).toEqual(hashes(plain.output));
    expect(Object.keys(hashes(killed.output))).toEqual(['1_4x.png', '2_4x.png', '3_4x.png']);
  });

  it('gives each bad file one sentence and goes on with the rest', async () => {
    const { input, flags, output } = bench();
    await picture(join(input, 'good.png'), { width: 60, height: 40 });
    writeFileSync(join(input, 'corrupt.png'), readFileSync(join(input, 'good.png')).subarray(0, 900));
    writeFileSync(join(input, 'empty.png'), '');
    writeFileSync(join(input, 'huge.png'), hugePng());
    writeFileSync(join(input, 'words.jpg'), 'these are words');
    await picture(join(input, 'mislabelled.jpg'), { width: 30, height: 30, seed: 5 });
    writeFileSync(join(input, 'mislabelled.png'), await sharp(join(input, 'mislabelled.jpg')).jpeg({ quality: 50 }).toBuffer());
    const { code, stdout, stderr } = await runCli(['upscale', join(input, '*'), '--json', ...flags]);
    const { results } = JSON.parse(stdout) as { results: { file: string; state: string; error: string | null; warnings: string[] }[] };
    const of = (name: string) => results.find(({ file }) => file.endsWith(name));
    expect(code).toBe(1);
    expect(of('corrupt.png')?.error).toBe('The picture corrupt.png is damaged or cut short; choose another file.');
    expect(of('empty.png')?.error).toBe('The picture empty.png is empty; choose another file.');
    expect(of('huge.png')?.error).toMatch(/^The picture huge.png is 60000 x 60000 pixels, more than/);
    expect(of('words.jpg')?.error).toBe('The picture words.jpg is damaged or not a picture; choose a PNG, JPEG or WebP file.');
    expect(of('mislabelled.png')).toMatchObject({ state: 'done', warnings: ['The file is named .png but is JPEG by content; it was read as that.'] });
    expect(of('good.png')?.state).toBe('done');
    expect(stderr.trim().split('\n').at(-1)).toBe('error: 4 of 7 pictures could not be resized.');
    expect(readdirSync(output).sort()).toEqual(['good_4x.png', 'mislabelled_4x (2).jpg', 'mislabelled_4x.jpg']);
  });

  it('skips what was done by its content, and does it again for other settings', async () => {
    const { input, flags } = bench();
    await picture(join(input, 'a.png'), { width: 40, height: 40 });
    const args = ['upscale', join(input, 'a.png'), ...flags];
    await runCli(args);
    copyFileSync(join(input, 'a.png'), join(input, 'renamed.png'));
    expect((await runCli(['upscale', join(input, 'renamed.png'), ...flags])).stderr).toContain('renamed.png: done before, as');
    expect((await runCli([...args, '--scale', '3'])).stdout.trim()).toMatch(/a_3x\.png$/);
  });
});

describe('resize', () => {
  it.each([
    ['--width', '30', [30, 20]],
    ['--percent', '50', [30, 20]],
    ['--longest', '90', [90, 60]],
    ['--megapixels', '0.24', [600, 400]],
    ['--print', '1x1cm@254', [100, 67]],
  ] as const)('%s %s', async (flag, value, size) => {
    const { input, flags, output } = bench();
    await picture(join(input, 'a.png'), { width: 60, height: 40 });
    expect((await runCli(['resize', join(input, 'a.png'), flag, value, '--name', 'r', ...flags])).code).toBe(0);
    const { width, height, density } = await sharp(join(output, 'r.png')).metadata();
    expect([width, height]).toEqual(size);
    if (flag === '--print') expect(density).toBe(254);
  });

  it('cuts to a shape, pads to one, and writes another format', async () => {
    const { input, flags, output } = bench();
    await picture(join(input, 'a.png'), { width: 60, height: 40 });
    const run = (...args: readonly string[]) => runCli(['resize', join(input, 'a.png'), ...args, ...flags]);
    await run('--aspect', '1:1', '--fit', 'cover', '--name', 'cut', '--format', 'webp');
    await run('--width', '80', '--height', '80', '--fit', 'contain', '--fill', 'transparent', '--name', 'padded');
    expect(await sharp(join(output, 'cut.webp')).metadata()).toMatchObject({ width: 40, height: 40, format: 'webp' });
    expect(await sharp(join(output, 'padded.png')).metadata()).toMatchObject({ width: 80, height: 80, channels: 4 });
    const { data } = await sharp(join(output, 'padded.png')).raw().toBuffer({ resolveWithObject: true });
    expect([data[3], data[(40 * 80 + 40) * 4 + 3]]).toEqual([0, 255]);
  });

  it('writes over nothing unless it is told to', async () => {
    const { input, flags, output } = bench();
    await picture(join(input, 'a.png'), { width: 20, height: 20 });
    await picture(join(input, 'b.png'), { width: 20, height: 20, seed: 9 });
    mkdirSync(output);
    writeFileSync(join(output, 'x.png'), 'mine');
    const run = (name: string, ifExists: string, percent: string) => runCli(['resize', join(input, name), '--percent', percent, '--name', 'x', '--if-exists', ifExists, ...flags]);
    expect((await run('a.png', 'skip', '200')).stderr).toContain('left alone, because');
    expect((await run('a.png', 'number', '200')).stdout.trim()).toMatch(/x \(2\)\.png$/);
    expect(readFileSync(join(output, 'x.png'), 'utf8')).toBe('mine');
    await run('b.png', 'overwrite', '200');
    expect((await sharp(join(output, 'x.png')).metadata()).width).toBe(40);
    // Two pictures of one run never meet under one name.
    await runCli(['resize', join(input, '*.png'), '--percent', '50', '--name', 'same', '--if-exists', 'overwrite', ...flags]);
    expect(readdirSync(output).sort()).toEqual(['same (2).png', 'same.png', 'x (2).png', 'x.png']);
  });

  it.each([
    [['--width', '20', '--percent', '50'], 'Expected one size but received several'],
    [[], 'Expected a size but received none'],
    [['--print', 'A4'], 'Expected a size like 10x15cm@300 for --print but received A4.'],
    [['--percent', '50', '--name', '{size}'], 'but received {size}.'],
    [['--percent', '50', '--out', 'a.bmp'], 'Expected --out to be a folder or a .png'],
  ])('refuses %j', async (args, sentence) => {
    const { input, flags } = bench();
    await picture(join(input, 'a.png'), { width: 20, height: 20 });
    const { code, stderr } = await runCli(['resize', join(input, 'a.png'), ...flags, ...args]);
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
  });
});
