/**
 * Peak memory of enlarging pictures of 0.25, 1, 12 and 48 megapixels four times, each in a process of its own, from a
 * JPEG file to a PNG (and, with --format, other formats). A light network (it repeats each pixel) shows what the
 * streaming costs; --model NAME takes a bundled one, whose own memory does not depend on the picture either.
 * Usage: node bench/upscale-memory.mjs [--format png|jpeg|tiff] [--model NAME] [--most MEGAPIXELS]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { bundleForNode } from '../scripts/lib/bundle-for-node.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const MEGABYTE = 2 ** 20;
const SCALE = 4;
const SIZES = [[512, 512], [1152, 868], [4000, 3000], [8000, 6000]];

const { values } = parseArgs({
  options: {
    format: { type: 'string', default: 'png' },
    model: { type: 'string', default: '' },
    most: { type: 'string', default: '48' },
    child: { type: 'string', default: '' },
  },
});

/** One picture, in a child. @param {{ engine: string, runtime: string, source: string, folder: string, path: string, width: number, height: number }} work */
async function child({ engine: engineUrl, runtime: runtimeUrl, source, folder, path, width, height }) {
  /** @type {typeof import('../src/main/engine/runtime/ort')} */
  const { ortRuntime } = await import(runtimeUrl);
  /** @type {typeof import('../src/main/engine/create-engine')} */
  const { createEngine } = await import(engineUrl);
  const engine = createEngine({ runtime: ortRuntime() });
  const tile = 256;
  const format = /** @type {'png' | 'jpeg' | 'tiff'} */ (values.format);
  await engine.resize(
    {
      sourcePath: source, workFolder: join(folder, `work-${width}`), creative: null, extend: null,
      steps: [{ kind: 'model', upscalerId: /** @type {never} */ ('bench'), scale: SCALE, from: { width, height }, to: { width: width * SCALE, height: height * SCALE }, tiles: 1 }],
      upscaler: { path, traits: { layout: 'nchw', range: 1, order: 'rgb' }, tile, context: 20, multipleOf: 1, fixedSide: null },
      output: { path: join(folder, `result-${width}.${format}`), format, quality: 90, density: null },
    },
    { signal: new AbortController().signal, onProgress: () => undefined, textFor: ({ xmp }) => Promise.resolve({ xmp, userComment: null }) },
  );
  process.stdout.write(String(process.resourceUsage().maxRSS * 1024));
}

async function main() {
  const engine = await bundleForNode('src/main/engine/create-engine.ts', 'bench-engine');
  const runtime = await bundleForNode('src/main/engine/runtime/ort.ts', 'bench-ort');
  /** @type {typeof import('../tests/engine/stages/toy-upscaler')} */
  const { toyUpscaler } = await import(await bundleForNode('tests/engine/stages/toy-upscaler.ts', 'bench-toy'));
  const folder = mkdtempSync(join(tmpdir(), 'palimpsest-bench-'));
  const toy = join(folder, 'toy.onnx');
  writeFileSync(toy, toyUpscaler(null, SCALE));
  const path = values.model === '' ? toy : join(ROOT, 'resources/models/upscalers', values.model);
  /** @type {number[]} */
  const peaks = [];
  for (const [width = 0, height = 0] of SIZES.filter(([w = 0, h = 0]) => (w * h) / 1e6 <= Number(values.most))) {
    const source = join(folder, `source-${width}.jpg`);
    await sharp({ create: { width, height, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 30 } } }).jpeg({ quality: 80 }).toFile(source);
    const from = performance.now();
    const work = JSON.stringify({ engine, runtime, source, folder, path, width, height });
    const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--format', values.format, '--child', work], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    peaks.push(Number(stdout) / MEGABYTE);
    const seconds = (performance.now() - from) / 1000;
    console.log(`${((width * height) / 1e6).toFixed(2)} MP to ${width * SCALE} x ${height * SCALE} ${values.format}: peak ${(peaks.at(-1) ?? 0).toFixed(0)} MB, ${seconds.toFixed(1)} s`);
    rmSync(join(folder, `work-${width}`), { recursive: true, force: true });
    rmSync(join(folder, `result-${width}.${values.format}`), { force: true });
    rmSync(source);
  }
  console.log(`largest over smallest: ${(Math.max(...peaks) / Math.min(...peaks)).toFixed(2)}`);
  rmSync(folder, { recursive: true, force: true });
}

await (values.child === '' ? main() : child(JSON.parse(values.child)));
