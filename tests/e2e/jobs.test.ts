import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPngFacts } from '../../src/main/files/png-text';
import { recipeOf } from '../../src/main/files/recipe-text';
import { ModelId } from '../../src/shared/ids';
import { aJobId, aRequest } from '../support/samples';
import { ask, dataFolderWithTinyModel, jobEvents, recordJobEvents } from './bridge';
import { launchStudio, type Studio } from './launch';

const tiny = { modelId: ModelId.parse('user:tiny-sd15') };
const types = async (studio: Studio, id: string) => (await jobEvents(studio.window)).filter((event) => event.jobId === id).map((event) => event.type);

describe('jobs in the real processes', () => {
  let studio: Studio;
  const data = dataFolderWithTinyModel();
  beforeAll(async () => {
    studio = await launchStudio({ dataDir: data.dataDir });
    await recordJobEvents(studio.window);
  });
  afterAll(async () => {
    await studio.close();
    data.remove();
  });

  it('leave pictures with their recipe in the folder and in the list', async () => {
    const jobId = aJobId();
    await ask(studio.window, 'jobs.submit', { jobId, request: aRequest({ ...tiny, prompt: 'een rode appel', seed: 41, count: 2 }) });
    await expect.poll(async () => (await types(studio, jobId)).at(-1), { timeout: 60_000 }).toBe('succeeded');
    const images = await ask(studio.window, 'gallery.list', { limit: 10, before: null });
    expect(images.map(({ recipe }) => recipe?.seed)).toEqual([42, 41]);
    const files = readdirSync(join(data.dataDir, 'pictures'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.png'));
    const facts = await Promise.all(files.map((name) => readPngFacts(join(data.dataDir, 'pictures', name))));
    expect(facts.map((fact) => recipeOf(fact)?.prompt)).toEqual(['een rode appel', 'een rode appel']);
    expect(facts[0]?.text.get('parameters')).toContain('Steps: 2');
    for (const { id } of images) {
      const answers = await studio.window.evaluate(
        async (imageId) => Promise.all(['image', 'thumb'].map(async (kind) => (await fetch(`studio://app/${kind}/${imageId}`)).headers.get('content-type'))),
        id,
      );
      expect(answers).toEqual(['image/png', 'image/webp']);
    }
  });

  it('are cancelled between two steps, leave nothing behind, and the next one works', async () => {
    const jobId = aJobId();
    await ask(studio.window, 'jobs.submit', { jobId, request: aRequest({ ...tiny, width: 256, height: 256, numInferenceSteps: 150 }) });
    await expect.poll(() => types(studio, jobId), { timeout: 60_000 }).toContain('progressed');
    await ask(studio.window, 'jobs.cancel', { jobId });
    await expect.poll(async () => (await types(studio, jobId)).at(-1), { timeout: 20_000 }).toBe('cancelled');
    expect(readdirSync(join(data.dataDir, 'pictures', '.staging'))).toEqual([]);
    const next = aJobId();
    await ask(studio.window, 'jobs.submit', { jobId: next, request: aRequest(tiny) });
    await expect.poll(async () => (await types(studio, next)).at(-1), { timeout: 60_000 }).toBe('succeeded');
  });

  it('are answered for while the engine computes: main is never blocked by a step', async () => {
    const jobId = aJobId();
    await ask(studio.window, 'jobs.submit', { jobId, request: aRequest({ ...tiny, width: 256, height: 256, numInferenceSteps: 20 }) });
    await expect.poll(() => types(studio, jobId), { timeout: 60_000 }).toContain('progressed');
    const snapshot = await ask(studio.window, 'jobs.snapshot', null);
    expect(snapshot.jobs.find((job) => job.id === jobId)?.state).toBe('running');
    await expect.poll(async () => (await types(studio, jobId)).at(-1), { timeout: 60_000 }).toBe('succeeded');
  });

  it('fail with one sentence when the model folder is broken, and change nothing', async () => {
    const before = await ask(studio.window, 'gallery.list', { limit: 100, before: null });
    await expect(ask(studio.window, 'jobs.submit', { jobId: aJobId(), request: aRequest({ modelId: ModelId.parse('user:gone') }) })).rejects.toThrow(
      'not in the models folder',
    );
    expect(await ask(studio.window, 'gallery.list', { limit: 100, before: null })).toEqual(before);
  });

  it('survive the end of the engine’s process: that job fails, the next one runs', async () => {
    const jobId = aJobId();
    await ask(studio.window, 'jobs.submit', { jobId, request: aRequest({ ...tiny, width: 256, height: 256, numInferenceSteps: 150 }) });
    await expect.poll(() => types(studio, jobId), { timeout: 60_000 }).toContain('progressed');
    const pid = await studio.app.evaluate(({ app }) => app.getAppMetrics().find((metric) => metric.name === 'Palimpsest engine')?.pid ?? 0);
    expect(pid).toBeGreaterThan(0);
    process.kill(pid, 'SIGKILL');
    await expect.poll(async () => (await types(studio, jobId)).at(-1), { timeout: 20_000 }).toBe('failed');
    const next = aJobId();
    await ask(studio.window, 'jobs.submit', { jobId: next, request: aRequest(tiny) });
    await expect.poll(async () => (await types(studio, next)).at(-1), { timeout: 60_000 }).toBe('succeeded');
    expect(existsSync(join(data.dataDir, 'library.db'))).toBe(true);
  });
});
