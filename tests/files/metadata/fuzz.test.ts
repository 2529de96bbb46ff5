import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { StudioError } from '../../../src/shared/errors';
import { readInfotext, splitSettings } from '../../../src/main/files/foreign/a1111';
import { readForeignSettings } from '../../../src/main/files/foreign/read-settings';
import { bytesSource } from '../../../src/main/files/metadata/byte-source';
import { readExif } from '../../../src/main/files/metadata/exif';
import { readPicture } from '../../../src/main/files/metadata/picture-file';
import { readXmp } from '../../../src/main/files/metadata/xmp-packet';
import { recipeXmp } from '../../../src/main/files/xmp';
import { recipeTexts } from '../../../src/main/files/recipe-text';
import { A1111_TEXT, COMFY_GRAPH, exifBlock, FOOOCUS_JSON, INVOKE_METADATA, OLD_INVOKE, pngWith, SWARM_JSON } from '../../support/foreign-pictures';
import { aRecipe } from '../../support/samples';

/** 10,000 in the long run: `FUZZ_RUNS=10000 npx vitest run tests/files/metadata/fuzz.test.ts`. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 500);
/** No input of a few KB may cost longer, whatever else the machine does. */
const MAX_MS = 2000;

/** Any of the samples with bytes changed, taken out, doubled or cut: what damage and malice look like. */
const damaged = (samples: readonly Buffer[]): fc.Arbitrary<Buffer> =>
  fc
    .record({
      sample: fc.nat(),
      flips: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }),
      cut: fc.option(fc.nat(), { freq: 3 }),
      splice: fc.option(fc.tuple(fc.nat(), fc.nat({ max: 64 }), fc.uint8Array({ maxLength: 64 })), { freq: 3 }),
    })
    .map(({ sample, flips, cut, splice }) => {
      let bytes = Buffer.from(samples[sample % samples.length] ?? Buffer.alloc(0));
      for (const [at, value] of flips) if (bytes.length > 0) bytes[at % bytes.length] = value;
      if (splice !== null) {
        const at = splice[0] % (bytes.length + 1);
        bytes = Buffer.concat([bytes.subarray(0, at), splice[2], bytes.subarray(at + splice[1])]);
      }
      return cut === null ? bytes : bytes.subarray(0, cut % (bytes.length + 1));
    });

async function readsOrRefuses(bytes: Buffer): Promise<void> {
  const started = performance.now();
  try {
    const facts = await readPicture(bytesSource(bytes));
    expect(facts.width > 0 && facts.height > 0).toBe(true);
  } catch (caught) {
    if (!(caught instanceof StudioError)) throw new Error(`threw ${String(caught)}`, { cause: caught });
  }
  expect(performance.now() - started).toBeLessThan(MAX_MS);
}

const samples: Record<'png' | 'jpeg' | 'webp' | 'avif', Buffer[]> = { png: [], jpeg: [], webp: [], avif: [] };

beforeAll(async () => {
  const recipe = aRecipe();
  const picture = () => sharp({ create: { width: 16, height: 16, channels: 3, background: '#c06020' } });
  samples.png = [pngWith(recipeTexts(recipe, true)), pngWith({ parameters: A1111_TEXT, prompt: JSON.stringify(COMFY_GRAPH), Title: '狐' })];
  for (const format of ['jpeg', 'webp', 'avif'] as const) {
    samples[format] = [await picture().withExif({ IFD0: { Make: 'x' }, IFD2: { UserComment: A1111_TEXT } }).withXmp(recipeXmp(recipe, true)).toFormat(format).toBuffer(), await picture().toFormat(format).toBuffer()];
  }
});

describe('readers of picture files refuse or read, in bounded time, whatever they are given:', () => {
  it.each(['png', 'jpeg', 'webp', 'avif'] as const)('damaged %s', async (format) => {
    await fc.assert(fc.asyncProperty(damaged(samples[format]), readsOrRefuses), { numRuns: RUNS });
  });

  it('bytes of any kind behind each signature', async () => {
    const heads = [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.from([0xff, 0xd8]), Buffer.from('RIFF\x10\0\0\0WEBP', 'latin1'), Buffer.from('\0\0\0\x18ftypavif', 'latin1')];
    await fc.assert(fc.asyncProperty(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 512 }), (head, rest) => readsOrRefuses(Buffer.concat([head, rest]))), { numRuns: RUNS });
  });

  it('EXIF blocks', () => {
    const block = exifBlock({ 0x010f: 'Maker', 0x0131: 'Software of some length' }, A1111_TEXT);
    fc.assert(
      fc.property(damaged([block]), (bytes) => {
        const started = performance.now();
        const { orientation } = readExif(bytes);
        expect(orientation >= 1 && orientation <= 8).toBe(true);
        expect(performance.now() - started).toBeLessThan(MAX_MS);
      }),
      { numRuns: RUNS },
    );
  });

  it('XMP packets', () => {
    const packet = Buffer.from(recipeXmp(aRecipe(), true));
    fc.assert(
      fc.property(fc.oneof(damaged([packet]).map(String), fc.string(), fc.nat({ max: 5000 }).map((depth) => `<x:xmpmeta xmlns:x="adobe:ns:meta/">${'<a>'.repeat(depth)}</x:xmpmeta>`)), (text) => {
        const started = performance.now();
        readXmp(text);
        expect(performance.now() - started).toBeLessThan(MAX_MS);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('readers of settings make something of any text:', () => {
  const texts = [A1111_TEXT, ...[COMFY_GRAPH, FOOOCUS_JSON, INVOKE_METADATA, OLD_INVOKE, SWARM_JSON].map((table) => JSON.stringify(table))].map((text) => Buffer.from(text));
  const keys = fc.constantFrom('parameters', 'prompt', 'workflow', 'invokeai_metadata', 'sd-metadata', 'UserComment', 'Comment', 'fooocus_scheme', 'Model', '__proto__');
  const value = fc.oneof(damaged(texts).map(String), fc.json(), fc.string());

  it('texts under every keyword', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(keys, value), { maxLength: 4 }), (entries) => {
        const started = performance.now();
        const settings = readForeignSettings(new Map(entries));
        if (settings !== null) {
          expect(settings.seed === null || Number.isSafeInteger(settings.seed)).toBe(true);
          expect(JSON.stringify(settings).length).toBeLessThan(3_000_000);
        }
        expect(performance.now() - started).toBeLessThan(MAX_MS);
      }),
      { numRuns: RUNS },
    );
  });

  it('infotexts', () => {
    fc.assert(fc.property(damaged([Buffer.from(A1111_TEXT)]), (bytes) => void readInfotext(String(bytes))), { numRuns: RUNS });
  });

  it('graphs of any shape, wires in circles included', () => {
    const wire = fc.tuple(fc.constantFrom('1', '2', '3'), fc.nat({ max: 2 }));
    const node = fc.record({ class_type: fc.constantFrom('KSampler', 'SaveImage', 'Any'), inputs: fc.dictionary(fc.constantFrom('seed', 'positive', 'negative', 'images', 'text', 'model', 'latent_image', 'steps'), fc.oneof(wire, fc.string(), fc.integer(), fc.constant(null))) });
    fc.assert(fc.property(fc.record({ '1': node, '2': node, '3': node }), (graph) => void readForeignSettings(new Map([['prompt', JSON.stringify(graph)]]))), { numRuns: RUNS });
  });

  it('a line of a megabyte without an end, in one pass', () => {
    const started = performance.now();
    splitSettings(`Steps: 1, ${'a b/'.repeat(250_000)}`);
    readInfotext(`${'x\n'.repeat(100_000)}Steps: 1, ${'"'.repeat(100_001)}`);
    expect(performance.now() - started).toBeLessThan(MAX_MS);
  });
});
