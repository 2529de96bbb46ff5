import Database from 'libsql';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recipeTexts } from '../../src/main/files/recipe-text';
import { A1111_TEXT, pngWith } from '../support/foreign-pictures';
import { aRecipe } from '../support/samples';
import { tempFolder } from '../support/temp-folder';
import { runCli, useBuiltCli } from './run-cli';

function aLibrary(): string {
  const dataDir = tempFolder();
  mkdirSync(join(dataDir, 'pictures', '2026-11'), { recursive: true });
  writeFileSync(join(dataDir, 'pictures', '2026-11', 'fox.png'), pngWith(recipeTexts(aRecipe({ prompt: 'a red fox' }))));
  writeFileSync(join(dataDir, 'pictures', '2026-11', 'owl.png'), pngWith(recipeTexts(aRecipe({ prompt: 'an owl' }))));
  writeFileSync(join(dataDir, 'pictures', 'broken.png'), 'no picture');
  return dataDir;
}

describe('the gallery from the command line', () => {
  useBuiltCli();

  it('rebuilds, searches and verifies', async () => {
    const dataDir = aLibrary();
    const rebuilt = await runCli(['gallery', 'rebuild', '--json', '--data-dir', dataDir]);
    expect(JSON.parse(rebuilt.stdout)).toEqual({ pictures: 2, problems: 1 });
    expect(rebuilt.stderr).toContain('broken.png: it is no PNG, JPEG, WebP or AVIF file');
    const found = await runCli(['gallery', 'search', 'prompt:fox -owl', '--json', '--data-dir', dataDir]);
    expect(JSON.parse(found.stdout)).toMatchObject({ total: 1, images: [{ fileName: 'fox.png', recipe: { prompt: 'a red fox' } }] });
    const lines = await runCli(['gallery', 'search', 'lens:50', 'has:recipe', '--sort', 'prompt', '--ascending', '--data-dir', dataDir]);
    expect(lines.stdout.trim().split('\n').map((line) => line.split('\t')[1])).toEqual(['fox.png', 'owl.png']);
    expect(lines.stderr).toContain('There is no field “lens”');
    expect((await runCli(['gallery', 'verify', '--data-dir', dataDir])).stdout).toBe('ok: 2 pictures, 1 files that cannot be read\n');
  });

  it('shows where index and files differ, and mends it', async () => {
    const dataDir = aLibrary();
    await runCli(['gallery', 'rebuild', '--data-dir', dataDir]);
    const database = new Database(join(dataDir, 'library.db'));
    database.exec("UPDATE images SET seed = 1 WHERE file LIKE '%fox.png'");
    database.close();
    writeFileSync(join(dataDir, 'pictures', 'new.png'), pngWith({}));
    const { code, stderr } = await runCli(['gallery', 'verify', '--data-dir', dataDir]);
    expect(code).toBe(1);
    expect(stderr).toContain('changed: own/2026-11/fox.png');
    expect(stderr).toContain('missing: own/new.png');
    await runCli(['gallery', 'rebuild', '--data-dir', dataDir]);
    expect((await runCli(['gallery', 'verify', '--json', '--data-dir', dataDir])).code).toBe(0);
  });

  it('imports a folder without copying, and refuses what is not there in one sentence', async () => {
    const [dataDir, foreign] = [aLibrary(), tempFolder()];
    writeFileSync(join(foreign, 'theirs.png'), pngWith({ parameters: A1111_TEXT }));
    expect((await runCli(['gallery', 'import', foreign, '--data-dir', dataDir])).stdout).toBe(`1 pictures from ${foreign}\n`);
    const found = await runCli(['gallery', 'search', 'origin:a1111', '--json', '--data-dir', dataDir]);
    expect(JSON.parse(found.stdout)).toMatchObject({ total: 1, images: [{ fileName: 'theirs.png', foreign: { seed: 1234567890 } }] });
    const again = await runCli(['gallery', 'import', foreign, '--data-dir', dataDir]);
    expect(again.stderr).toMatch(/^error: The folder .* shows already; choose another folder\.\n$/);
    expect((await runCli(['gallery', 'import', join(foreign, 'nowhere'), '--data-dir', dataDir])).stderr).toMatch(/^error: There is no folder/);
    expect((await runCli(['gallery', 'verify', '--data-dir', tempFolder()])).stderr).toMatch(/^error: There is no library/);
  });
});
