import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPngFacts } from '../../src/main/files/png-text';
import { recipeOf } from '../../src/main/files/recipe-text';
import { tempFolder } from '../support/temp-folder';
import { QUICK, runCli, startCli, useBuiltCli } from './run-cli';

describe('pictures from the command line', () => {
  useBuiltCli();

  it('writes one PNG with its recipe inside and prints its path', async () => {
    const out = join(tempFolder(), 'fox.png');
    expect(await runCli(['txt2img', 'a red fox', ...QUICK, '--negative', 'blurry', '--out', out])).toEqual({ code: 0, stdout: `${out}\n`, stderr: '' });
    const facts = await readPngFacts(out);
    expect([facts.width, facts.height]).toEqual([64, 64]);
    expect(recipeOf(facts)).toMatchObject({
      kind: 'txt2img',
      prompt: 'a red fox',
      negativePrompt: 'blurry',
      seed: 3,
      numInferenceSteps: 2,
      width: 64,
      height: 64,
      model: { id: 'tiny-sd15', family: 'Stable Diffusion 1.x' },
    });
    expect(facts.text.get('parameters')).toMatch(/^a red fox\nNegative prompt: blurry\nSteps: 2, /);
  });

  it('prints one line of JSON and nothing else on stdout', async () => {
    const out = join(tempFolder(), 'fox.png');
    const { code, stdout } = await runCli(['txt2img', 'a red fox', ...QUICK, '--count', '2', '--out', out, '--json']);
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    const files = [out.replace('.png', '-1.png'), out.replace('.png', '-2.png')];
    const report = JSON.parse(stdout) as { secondsByStage: Record<string, number>; peakMemoryBytes: number };
    expect(report).toMatchObject({ file: files[0], files, seed: 3, seeds: [3, 4], warnings: [] });
    expect(report.secondsByStage['denoising']).toBeGreaterThan(0);
    expect(report.peakMemoryBytes).toBeGreaterThan(10 * 1024 * 1024);
    expect(files.every((file) => existsSync(file))).toBe(true);
  });

  it('makes picture k of a request equal to a picture of its own with seed + k', async () => {
    const folder = tempFolder();
    await runCli(['txt2img', 'a red fox', ...QUICK, '--count', '2', '--out', join(folder, 'both.png'), '--trace', join(folder, 'both')]);
    await runCli(['txt2img', 'a red fox', ...QUICK, '--seed', '4', '--out', join(folder, 'one.png'), '--trace', join(folder, 'one')]);
    const both = readFileSync(join(folder, 'both/latents-002.f32'));
    const one = readFileSync(join(folder, 'one/latents-002.f32'));
    expect(both.subarray(one.length).equals(one)).toBe(true);
    expect(both.length).toBe(2 * one.length);
  });

  it('never replaces a picture in a folder, and replaces the file that was named', async () => {
    const folder = tempFolder();
    const named = join(folder, 'fox.png');
    writeFileSync(named, 'old');
    await runCli(['txt2img', 'a red fox', ...QUICK, '--out', named]);
    expect((await readPngFacts(named)).width).toBe(64);
    const inFolder = join(folder, 'pictures');
    await runCli(['txt2img', 'a red fox', ...QUICK, '--out', `${inFolder}/`]);
    await runCli(['txt2img', 'a red fox', ...QUICK, '--out', inFolder]);
    const names = readdirSync(inFolder);
    expect(names).toHaveLength(2);
    expect(names.every((name) => /^\d{8}-\d{6}-3-a-red-fox( \(2\))?\.png$/.test(name))).toBe(true);
  });

  it('puts pictures where the studio keeps them when no place is named', async () => {
    const dataDir = tempFolder();
    const { stdout } = await runCli(['txt2img', 'a red fox', ...QUICK, '--data-dir', dataDir]);
    expect(stdout).toMatch(new RegExp(`^${dataDir}/pictures/\\d{4}-\\d{2}/.*-3-a-red-fox\\.png\n$`));
  });

  it('replaces the trace of an earlier, longer run', async () => {
    const folder = tempFolder();
    const trace = join(folder, 'trace');
    mkdirSync(trace);
    for (const name of ['latents-000.f32', 'latents-019.f32', 'notes.txt']) writeFileSync(join(trace, name), 'old');
    await runCli(['txt2img', 'a red fox', ...QUICK, '--scheduler', 'Euler', '--out', join(folder, 'a.png'), '--trace', trace]);
    expect(readdirSync(trace).sort()).toEqual(['latents-000.f32', 'latents-001.f32', 'latents-002.f32', 'notes.txt']);
  });

  it('draws a seed when none is given, and says which', async () => {
    const folder = tempFolder();
    const args = [...QUICK.filter((arg, i) => arg !== '--seed' && QUICK[i - 1] !== '--seed'), '--json', '--out', folder];
    const seeds = await Promise.all([runCli(['txt2img', 'a', ...args]), runCli(['txt2img', 'a', ...args])]);
    const [a, b] = seeds.map(({ stdout }) => (JSON.parse(stdout) as { seed: number }).seed);
    expect(a).not.toBe(b);
  });

  it('shows progress on stderr only when asked, because stderr is no terminal here', async () => {
    const { stderr } = await runCli(['txt2img', 'a', ...QUICK, '--verbose', '--out', tempFolder()]);
    expect(stderr).toContain('step 1 of ');
  });

  it('cuts a prompt of 10,000 words at the model\'s limit, says so and still makes the picture', async () => {
    const { code, stderr, stdout } = await runCli(['txt2img', 'apple '.repeat(10_000), ...QUICK, '--out', tempFolder()]);
    expect(code, stderr).toBe(0);
    expect(stdout.trim()).toMatch(/\.png$/);
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/prompt/i)]);
  });

  it('ends on Ctrl+C with code 130 and leaves nothing behind', async () => {
    const folder = tempFolder();
    const run = startCli(['txt2img', 'a', ...QUICK, '--width', '256', '--height', '256', '--steps', '150', '--verbose', '--out', join(folder, 'pictures'), '--trace', join(folder, 'trace')]);
    run.signalAfter('step 2 of', 'SIGINT');
    const { code, stdout } = await run.done;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(readdirSync(folder).flatMap((name) => readdirSync(join(folder, name)))).toEqual([]);
  });
});
