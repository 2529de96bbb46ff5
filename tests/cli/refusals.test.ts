import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../support/temp-folder';
import { copyModel, FIXTURES, model, QUICK, runCli, useBuiltCli } from './run-cli';

const isRoot = process.getuid?.() === 0;
const scene = join(FIXTURES, 'golden/pipelines/inputs/scene-64x64.png');

/** Every refusal: one sentence on stderr, nothing on stdout, a code other than 0, and nothing new in the out folder. */
async function refusal(args: readonly string[], out = tempFolder()): Promise<string> {
  const before = readdirSync(out, { recursive: true });
  const { code, stdout, stderr } = await runCli([...args, '--out', join(out, 'new/picture.png'), '--trace', join(out, 'trace')]);
  expect({ isFailed: code !== 0 && code !== null, stdout, after: readdirSync(out, { recursive: true }) }).toEqual({ isFailed: true, stdout: '', after: before });
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).not.toMatch(/ at .*:\d+:\d+|node:internal/);
  return stderr.trim();
}

/** A file system of 64 KB; null where this machine does not let us make one. */
function tinyDisk(): string | null {
  const folder = tempFolder();
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status !== 0) return null;
  onTestFinished(() => void execFileSync('umount', [folder]));
  return folder;
}

const canMount = isRoot && process.platform === 'linux' && spawnSync('mount', ['--version']).status === 0;

describe('bad input', () => {
  useBuiltCli();

  it.each([
    ['0 steps', ['--steps', '0'], 'error: Expected a whole number between 1 and 150 for --steps but received 0.'],
    ['a width that is no multiple of 8', ['--width', '500'], 'error: Expected a whole number between 64 and 2048 that is a multiple of 8 for --width but received 500.'],
    ['half a step', ['--steps', '2.5'], 'error: Expected a whole number between 1 and 150 for --steps but received 2.5.'],
    ['words for a number', ['--guidance', 'much'], 'error: Expected a number between 0 and 30 for --guidance but received much.'],
    ['a size in the wrong form', ['--target-size', '64x64'], 'error: Expected two whole numbers "height,width" for --target-size but received 64x64.'],
    ['an unknown noise', ['--noise', 'pink'], 'error: Expected one of cpu, gpu for --noise but received pink.'],
    ['an unknown flag', ['--stpes', '4'], "error: unknown option '--stpes'"],
  ])('refuses %s', async (_name, flags, sentence) => {
    expect(await refusal(['txt2img', 'a', ...QUICK, ...flags])).toBe(sentence);
  });

  it('refuses a width that this model cannot do', async () => {
    expect(await refusal(['txt2img', 'a', ...QUICK, '--width', '72'])).toMatch(/^error: .*16.*72/);
  });

  it('refuses an unknown scheduler and names those it knows', async () => {
    expect(await refusal(['txt2img', 'a', ...QUICK, '--scheduler', 'eulr'])).toMatch(/^error: Expected one of ddim, .*, flow-euler for --scheduler but received eulr\.$/);
  });

  it('refuses a folder that is no model', async () => {
    const folder = join(tempFolder(), 'holiday');
    mkdirSync(folder);
    expect(await refusal(['txt2img', 'a', '--model', folder])).toMatch(/^error: holiday is not a model folder/);
  });

  it('refuses a model that does not exist', async () => {
    expect(await refusal(['txt2img', 'a', '--model', '/nowhere/at/all'])).toContain('/nowhere/at/all');
    expect(await refusal(['txt2img', 'a', '--model', 'user:nothing', '--data-dir', tempFolder()])).toContain('user:nothing');
  });

  it('refuses a model file cut in half and names it', async () => {
    const folder = copyModel('tiny-sd15');
    const file = join(folder, 'unet/model.onnx');
    truncateSync(file, Math.floor(statSync(file).size / 2));
    expect(await refusal(['txt2img', 'a', ...QUICK, '--model', folder])).toContain('unet/model.onnx');
  });

  it('refuses a model without its tokenizer and names the file', async () => {
    const folder = copyModel('tiny-sd15');
    for (const name of readdirSync(join(folder, 'tokenizer'))) rmSync(join(folder, 'tokenizer', name));
    expect(await refusal(['txt2img', 'a', ...QUICK, '--model', folder])).toMatch(/tokenizer/);
  });

  it('refuses a model made for a graphics card, on the processor', async () => {
    // The repository keeps only what differs from tiny-sd15.
    const folder = copyModel('tiny-sd15');
    cpSync(model('tiny-gpu-only'), folder, { recursive: true });
    expect(await refusal(['txt2img', 'a', ...QUICK, '--model', folder])).toMatch(/GPU/);
  });

  it('refuses a source picture that is missing or none', async () => {
    expect(await refusal(['img2img', 'a', ...QUICK, '--image', '/nowhere.png'])).toContain('/nowhere.png');
    const text = join(tempFolder(), 'text.png');
    writeFileSync(text, 'no picture');
    expect(await refusal(['img2img', 'a', ...QUICK, '--image', text])).toContain('text.png');
  });

  it('refuses commands without what they need', async () => {
    expect(await refusal(['txt2img'])).toBe("error: missing required argument 'prompt'");
    expect(await refusal(['img2img', 'a', ...QUICK])).toBe("error: required option '--image <file>' not specified");
    expect(await refusal(['inpaint', 'a', ...QUICK, '--image', scene])).toBe("error: required option '--mask <file>' not specified");
    expect(await refusal(['outpaint', 'a', ...QUICK, '--image', scene])).toBe('error: Expected at least one of --left, --right, --top and --bottom to be above 0 but received none.');
  });

  it('refuses another kind of output file before it works', async () => {
    const { code, stderr } = await runCli(['txt2img', 'a', ...QUICK, '--out', join(tempFolder(), 'a.jpg')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: Expected --out to be a folder or a \.png file but received .*a\.jpg\.\n$/);
  });

  it('refuses a place that is a file, before it works', async () => {
    const file = join(tempFolder(), 'file');
    writeFileSync(file, '');
    const { code, stderr } = await runCli(['txt2img', 'a', ...QUICK, '--out', join(file, 'a.png')]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: `error: Could not write into ${file}: a file stands where a folder is needed; choose another folder.\n` });
  });

  it.skipIf(isRoot)('refuses a folder that cannot be written, before it works', async () => {
    const folder = tempFolder();
    chmodSync(folder, 0o500);
    const { code, stderr } = await runCli(['txt2img', 'a', ...QUICK, '--out', join(folder, 'a.png')]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: `error: Could not write into ${folder}: you have no permission to write there; choose another folder.\n` });
  });

  it.runIf(canMount)('says that the disk is full and leaves no half picture', async ({ skip }) => {
    const disk = tinyDisk();
    if (disk === null) return skip('this machine mounts nothing');
    writeFileSync(join(disk, 'filler'), Buffer.alloc(56 * 1024));
    const { code, stdout, stderr } = await runCli(['txt2img', 'a', ...QUICK, '--out', join(disk, 'a.png')]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: Could not write .*: the disk is full; free some space and try again\.\n$/);
    expect(readdirSync(disk)).toEqual(['filler']);
  });
});
