import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readPngFacts } from '../../src/main/files/png-text';
import { recipeOf } from '../../src/main/files/recipe-text';
import { XMP_KEYWORD } from '../../src/main/files/xmp';
import { tempFolder } from '../support/temp-folder';
import { copyModel, runCli, useBuiltCli } from './run-cli';

function railModel(): string {
  const folder = copyModel('tiny-sd15');
  writeFileSync(join(folder, 'README.md'), '---\nlicense: creativeml-openrail-m\n---\n');
  return folder;
}

const draw = (model: string, dataDir: string, ...flags: readonly string[]) =>
  runCli(['txt2img', 'an apple', '--model', model, '--steps', '1', '--seed', '3', '--width', '256', '--height', '256', '--data-dir', dataDir, '--out', join(dataDir, 'out', 'a.png'), '--json', ...flags]);

describe('licences on the command line', () => {
  useBuiltCli();

  it('are agreed to once, with a flag, and stand in the recipe', async () => {
    const [model, dataDir] = [railModel(), tempFolder()];
    const refused = await draw(model, dataDir);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/^error: tiny-sd15 comes under the CreativeML OpenRAIL-M: agree to its terms before its first use\. .* --accept-licence\.\n$/);
    expect(existsSync(join(dataDir, 'out'))).toBe(false);
    const agreed = await draw(model, dataDir, '--accept-licence');
    expect(agreed.code, agreed.stderr).toBe(0);
    expect((await draw(model, dataDir)).code).toBe(0);
    const facts = await readPngFacts(join(dataDir, 'out', 'a.png'));
    expect(recipeOf(facts)?.licences).toEqual([{ part: 'model', name: 'tiny-sd15', licence: 'openrail-m' }]);
    expect(facts.text.get(XMP_KEYWORD)).toContain('trainedAlgorithmicMedia');
    expect(JSON.parse(readFileSync(join(dataDir, 'licences.json'), 'utf8'))).toMatchObject({ acceptances: [{ model, licence: 'openrail-m' }] });
  });

  it('are told in plain words', async () => {
    const { code, stdout } = await runCli(['models', 'licence', railModel(), '--data-dir', tempFolder()]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^CreativeML OpenRAIL-M\nYou may:\n- Use it for money, too\.\n[\s\S]*For you \(Personal, not for money\): Allowed/);
  });

  it('refuse a company above the threshold, whatever was agreed to', async () => {
    const [model, dataDir] = [copyModel('tiny-sd15'), tempFolder()];
    writeFileSync(join(model, 'LICENSE.md'), 'STABILITY AI COMMUNITY LICENSE AGREEMENT');
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, 'settings.json'), '{"userProfile":"company-above-1m"}');
    const { code, stderr } = await draw(model, dataDir, '--accept-licence');
    expect([code, stderr]).toEqual([1, expect.stringContaining('Enterprise licence from Stability AI')]);
  });
});

describe('the watermark on the command line', () => {
  useBuiltCli();

  it('is written when asked for, survives JPEG at quality 90, and is read', async () => {
    const [model, dataDir] = [copyModel('tiny-sd15'), tempFolder()];
    const file = join(dataDir, 'out', 'a.png');
    expect((await draw(model, dataDir, '--no-source-type')).code).toBe(0);
    expect((await readPngFacts(file)).text.has(XMP_KEYWORD)).toBe(false);
    expect((await runCli(['watermark', 'read', file])).stdout).toBe('No known mark.\n');
    expect((await draw(model, dataDir, '--watermark')).code).toBe(0);
    await sharp(file).jpeg({ quality: 90 }).toFile(`${file}.jpg`);
    expect((await runCli(['watermark', 'read', `${file}.jpg`, '--json'])).stdout).toMatch(/^\{"mark":\{"name":"Palimpsest"/);
  });
});
