import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { readPngFacts } from '../../src/main/files/png-text';
import { recipeOf } from '../../src/main/files/recipe-text';
import { ModelId } from '../../src/shared/ids';
import { aJobId, aRequest } from '../support/samples';
import { ask, dataFolderWithTinyModel } from './bridge';
import { launchStudio } from './launch';

const ROUNDS = 4;

describe('kill -9 of the whole studio while it makes pictures', () => {
  const data = dataFolderWithTinyModel();
  afterAll(() => data.remove());
  const picturesFolder = join(data.dataDir, 'pictures');

  it(`leaves no half file and loses no finished picture, ${ROUNDS} times at random moments`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const studio = await launchStudio({ dataDir: data.dataDir });
      const listed = await ask(studio.window, 'gallery.list', { limit: 500, before: null });
      const names = readdirSync(picturesFolder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.png') && !name.startsWith('.'));
      // What lies in the folder is whole, has its recipe, and is listed; nothing else is.
      const recipes = await Promise.all(names.map(async (name) => recipeOf(await readPngFacts(join(picturesFolder, name)))));
      expect(recipes.map((recipe) => recipe?.imageId).sort()).toEqual(listed.map(({ id }) => id).sort());
      expect(readdirSync(join(picturesFolder, '.staging'))).toEqual([]);

      await ask(studio.window, 'jobs.submit', { jobId: aJobId(), request: aRequest({ modelId: ModelId.parse('user:tiny-sd15'), count: 8, seed: round * 8 }) });
      await sleep(300 + Math.random() * 1500);
      const main = studio.app.process();
      const ended = new Promise((resolve) => main.once('exit', resolve));
      main.kill('SIGKILL');
      await ended;
    }
  });
});
