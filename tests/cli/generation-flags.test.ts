import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPngFacts } from '../../src/main/files/png-text';
import { recipeOf } from '../../src/main/files/recipe-text';
import { f32, safetensors } from '../support/safetensors';
import { tempFolder } from '../support/temp-folder';
import { QUICK, runCli, useBuiltCli } from './run-cli';

/** The final latents of one command. */
async function latents(args: readonly string[]): Promise<Buffer> {
  const folder = tempFolder();
  expect(await runCli(['txt2img', ...args, '--scheduler', 'ddim', '--out', join(folder, 'a.png'), '--trace', join(folder, 'trace')])).toMatchObject({ code: 0, stderr: '' });
  return readFileSync(join(folder, 'trace/latents-002.f32'));
}

const vector = (step: number): readonly number[] => Array.from({ length: 32 }, (_, i) => Math.sin(i * step));

function embedding(name: string, values: readonly number[]): string {
  const path = join(tempFolder(), name);
  writeFileSync(path, safetensors({ emb_params: f32([1, values.length], values) }));
  return path;
}

describe('flags of generating commands', () => {
  useBuiltCli();

  it('--embedding stands for its file name in the prompt, and may be repeated', async () => {
    const flags = ['--embedding', embedding('my-style.safetensors', vector(1)), '--embedding', embedding('other.safetensors', vector(2))];
    const named = await latents(['my-style, other', ...QUICK, ...flags]);
    expect(named.equals(await latents(['my-style, other', ...QUICK]))).toBe(false);
    expect((await latents(['a fox', ...QUICK, ...flags])).equals(await latents(['a fox', ...QUICK]))).toBe(true);
  });

  it('--embedding of another kind of model is refused in one sentence', async () => {
    const { code, stderr } = await runCli(['txt2img', 'my-style', ...QUICK, '--embedding', embedding('my-style.safetensors', [1, 2]), '--out', join(tempFolder(), 'a.png')]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: The embedding my-style holds vectors of 2 numbers where text_encoder\/model\.onnx takes 32: [^\n]*\n$/)]);
  });

  it('finds the embeddings of the data folder by their names, and the recipe names them', async () => {
    const dataDir = tempFolder();
    mkdirSync(join(dataDir, 'embeddings'));
    cpSync(embedding('ink.safetensors', vector(1)), join(dataDir, 'embeddings/ink.safetensors'));
    const out = join(tempFolder(), 'a.png');
    expect(await runCli(['txt2img', 'a fox in ink', ...QUICK, '--data-dir', dataDir, '--out', out])).toMatchObject({ code: 0, stderr: '' });
    expect(recipeOf(await readPngFacts(out))?.embeddings).toEqual(['ink']);
    expect((await latents(['a fox in ink', ...QUICK, '--data-dir', dataDir])).equals(await latents(['a fox in ink', ...QUICK]))).toBe(false);
  });

  it('--guidance-cutoff of 1 changes nothing, of 0 something, and beyond is refused', async () => {
    const whole = await latents(['a fox', ...QUICK]);
    expect((await latents(['a fox', ...QUICK, '--guidance-cutoff', '1'])).equals(whole)).toBe(true);
    expect((await latents(['a fox', ...QUICK, '--guidance-cutoff', '0'])).equals(whole)).toBe(false);
    expect(await runCli(['txt2img', 'a fox', ...QUICK, '--guidance-cutoff', '2'])).toMatchObject({ code: 1, stderr: 'error: Expected a number between 0 and 1 for --guidance-cutoff but received 2.\n' });
  });

  it('keeps optimised graphs in a data folder that is there, and makes the same picture from them', async () => {
    const dataDir = join(tempFolder(), 'data');
    mkdirSync(dataDir);
    const first = await latents(['a fox', ...QUICK, '--data-dir', dataDir]);
    expect(readdirSync(join(dataDir, 'cache/graphs')).filter((name) => name.endsWith('.onnx'))).toHaveLength(3);
    expect((await latents(['a fox', ...QUICK, '--data-dir', dataDir])).equals(first)).toBe(true);
  });
});
