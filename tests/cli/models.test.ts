import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json';
import { tempFolder } from '../support/temp-folder';
import { copyModel, model, runCli, useBuiltCli } from './run-cli';

describe('models from the command line', () => {
  useBuiltCli();

  it('lists the models of a data folder, the broken ones with their reason', async () => {
    const dataDir = tempFolder();
    cpSync(model('tiny-sd15'), join(dataDir, 'models/tiny'), { recursive: true });
    mkdirSync(join(dataDir, 'models/empty'));
    const { code, stdout } = await runCli(['models', 'list', '--data-dir', dataDir]);
    expect(code).toBe(0);
    const lines = stdout.trim().split('\n').filter((line) => line.startsWith('user:'));
    expect(lines).toEqual([expect.stringMatching(/^user:empty\tempty is not a model folder/), expect.stringMatching(/^user:tiny\t.*Stable Diffusion 1\.x/)]);
  });

  it('lists as JSON, and an id from the list can be used', async () => {
    const dataDir = tempFolder();
    cpSync(model('tiny-sd15'), join(dataDir, 'models/tiny'), { recursive: true });
    const { stdout } = await runCli(['models', 'list', '--json', '--data-dir', dataDir]);
    const list = JSON.parse(stdout) as { id: string; tasks: string[]; problem: string | null }[];
    expect(list.find(({ id }) => id === 'user:tiny')).toMatchObject({ tasks: ['txt2img', 'img2img', 'inpaint'], problem: null });
    const made = await runCli(['txt2img', 'a', '--model', 'user:tiny', '--steps', '1', '--width', '64', '--height', '64', '--data-dir', dataDir, '--out', dataDir]);
    expect(made.code, made.stderr).toBe(0);
  });

  it('checks a good model', async () => {
    const { code, stdout } = await runCli(['models', 'check', model('tiny-sdxl')]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^tiny-sdxl \(Stable Diffusion XL\)\n {2}can do: txt2img, img2img, inpaint\n/);
  });

  it('checks a bad model: its problem on stderr, as JSON too, and a code other than 0', async () => {
    const folder = copyModel('tiny-sd15');
    rmSync(join(folder, 'vae_decoder'), { recursive: true });
    const plain = await runCli(['models', 'check', folder]);
    expect(plain).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^error: .*vae_decoder.*\n$/) as unknown });
    const json = await runCli(['models', 'check', folder, '--json']);
    expect(json.code).toBe(1);
    expect((JSON.parse(json.stdout) as { problem: string }).problem).toContain('vae_decoder');
  });

  it('says its version and its help', async () => {
    expect(await runCli(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
    const help = await runCli(['txt2img', '--help']);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('--guidance-rescale');
  });
});
