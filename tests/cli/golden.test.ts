import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../src/main/engine/image/codec';
import { floats, goldenCases, goldenPath, type GoldenCase } from '../engine/pipelines/golden';
import { tempFolder } from '../support/temp-folder';
import { modelWithScheduler, runCli, useBuiltCli } from './run-cli';

/**
 * The reference's runs, asked for in the command line's own words: proves that each flag means what the reference
 * means. The engine's tests run every case; here one of each kind, or all with PALIMPSEST_ALL_GOLDENS=1.
 */
const CHOSEN: Readonly<Record<string, readonly string[]>> = {
  'tiny-sd15': ['txt2img-euler-neg-96x64', 'txt2img-ddim-eta', 'txt2img-batch2-two-generators', 'img2img-ddim-s035-96x64', 'inpaint4-crop-133x101'],
  'tiny-sd15-inpaint': ['inpaint9-euler-a-s08-96x64'],
  'tiny-sd15-legacy': ['img2img-pndm-s06'],
  'tiny-sd15-fp16': ['txt2img-dpmpp-2m-karras'],
  'tiny-sd15-external': ['txt2img-pndm'],
  'tiny-sd21-v': ['txt2img-zerosnr-rescale'],
  'tiny-turbo': ['txt2img-2step-euler-a'],
  'tiny-lcm': ['txt2img-4step'],
  'tiny-sdxl': ['txt2img-euler-neg-none', 'txt2img-prompt2-sizes'],
  'tiny-sd3': ['txt2img-flow-64x128-prompt3', 'txt2img-no-t5'],
};

const isSayable = ({ prompt, num_images_per_prompt: count = 1, seed }: GoldenCase): boolean =>
  // Two prompts in one batch, and one generator over a batch, are things that only a program can ask for.
  typeof prompt === 'string' && (count === 1 || Array.isArray(seed));

const cases = Object.entries(CHOSEN).flatMap(([name, ids]) =>
  goldenCases(name)
    .filter((golden) => isSayable(golden) && (process.env['PALIMPSEST_ALL_GOLDENS'] === '1' || ids.includes(golden.id)))
    .map((golden) => ({ name, golden })),
);

function commandOf({ pipeline }: GoldenCase): string {
  if (pipeline.includes('Inpaint')) return 'inpaint';
  return pipeline.includes('Img2Img') ? 'img2img' : 'txt2img';
}

const flag = (name: string, value: string | number | undefined | null): readonly string[] => (value == null ? [] : [`--${name}`, String(value)]);

function argumentsOf(golden: GoldenCase): readonly string[] {
  const seeds = [golden.seed].flat();
  const pairText = (pair?: readonly [number, number]): string | undefined => pair?.join(',');
  return [
    commandOf(golden),
    String(golden.prompt),
    '--plain',
    ...flag('negative', golden.negative_prompt as string | null),
    ...flag('prompt-2', golden.prompt_2),
    ...flag('prompt-3', golden.prompt_3),
    ...flag('negative-2', golden.negative_prompt_2),
    ...flag('seed', seeds[0]),
    ...flag('count', golden.num_images_per_prompt),
    ...flag('steps', golden.steps),
    ...flag('guidance', golden.guidance_scale),
    ...flag('guidance-rescale', golden.guidance_rescale),
    ...flag('eta', golden.eta),
    ...(commandOf(golden) === 'img2img' ? [] : [...flag('width', golden.width), ...flag('height', golden.height)]),
    ...flag('strength', golden.strength),
    ...flag('image', golden.image === undefined ? undefined : goldenPath(golden.image)),
    ...flag('mask', golden.mask_image === undefined ? undefined : goldenPath(golden.mask_image)),
    ...(golden.padding_mask_crop === undefined ? [] : ['--only-masked', '--padding', String(golden.padding_mask_crop)]),
    ...flag('original-size', pairText(golden.original_size)),
    ...flag('target-size', pairText(golden.target_size)),
    ...flag('crop-top-left', pairText(golden.crops_coords_top_left)),
    ...flag('max-sequence-length', golden.max_sequence_length),
    ...(golden.no_t5 === true ? ['--no-t5'] : []),
  ];
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] ?? Infinity))), 0);
}

function readTrace(folder: string, step: number): Float32Array {
  const bytes = readFileSync(join(folder, `latents-${String(step).padStart(3, '0')}.f32`));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** The fixtures' own tolerances (tests/fixtures/README.md): drawn noise is exact, an encoded picture as exact as its encoder. */
function initialTolerance(golden: GoldenCase, isHalf: boolean): number {
  if (golden.image === undefined) return 1e-5;
  return isHalf ? 5e-2 : 5e-4;
}

async function shareWithinOneLevel(ours: string, theirs: string): Promise<number> {
  const [a, b] = await Promise.all([decodeImage(ours), decodeImage(theirs)]);
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  return a.data.filter((value, i) => Math.abs(value - (b.data[i] ?? 1000)) <= 1).length / a.data.length;
}

describe('the reference through the command line', () => {
  useBuiltCli();

  it.each(cases)('$name $golden.id', async ({ name, golden }) => {
    const work = tempFolder();
    const trace = join(work, 'trace');
    const args = [...argumentsOf(golden), '--model', modelWithScheduler(name, golden.scheduler), '--trace', trace, '--out', join(work, 'out.png'), '--json'];
    const { code, stdout, stderr } = await runCli(args);
    expect(code, stderr).toBe(0);
    const report = JSON.parse(stdout) as { files: string[]; seeds: number[] };

    const isHalf = name.includes('fp16');
    const steps = golden.outputs.step_latents.shape[0] ?? 0;
    const all = floats(golden.outputs.step_latents);
    const size = all.length / steps;
    expect(readdirSync(trace)).toHaveLength(steps + 1);
    expect(largestDifference(readTrace(trace, 0), floats(golden.outputs.initial_latents))).toBeLessThan(initialTolerance(golden, isHalf));
    for (let step = 0; step < steps; step++) {
      expect(largestDifference(readTrace(trace, step + 1), all.slice(step * size, (step + 1) * size)), `step ${step + 1}`).toBeLessThan(isHalf ? 5e-2 : 1e-3);
    }
    expect(report.files).toHaveLength(golden.outputs.images.length);
    for (const [i, file] of report.files.entries()) {
      const share = await shareWithinOneLevel(file, goldenPath(golden.outputs.images[i] ?? ''));
      expect(share).toBeGreaterThan(isHalf ? 0.5 : 0.999);
    }
  });
});
