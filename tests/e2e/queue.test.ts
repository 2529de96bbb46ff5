import { afterAll, describe, expect, it } from 'vitest';
import { ModelId } from '../../src/shared/ids';
import { isTerminal } from '../../src/shared/job';
import { aJobId, aRequest } from '../support/samples';
import { seriousProblems } from './accessibility';
import { ask, dataFolderWithTinyModel } from './bridge';
import { launchStudio, screenshot, type Studio } from './launch';

const SLOW = { modelId: ModelId.parse('user:tiny-sd15'), width: 256, height: 256, numInferenceSteps: 40 };

describe('the queue over a kill -9 and a restart', () => {
  const data = dataFolderWithTinyModel();
  const [first, second, third] = [aJobId(), aJobId(), aJobId()];
  let studio: Studio | null = null;
  afterAll(async () => {
    await studio?.close();
    data.remove();
  });

  const open = async (): Promise<Studio> => {
    const opened = await launchStudio({ dataDir: data.dataDir, args: ['--lang=en-US'] });
    opened.window.setDefaultTimeout(15_000);
    studio = opened;
    return opened;
  };
  const states = async ({ window }: Studio) => new Map((await ask(window, 'jobs.snapshot', null)).jobs.map((job) => [job.id, job]));
  const closings = async ({ window }: Studio) => (await ask(window, 'credits.ledger', { limit: 100, before: null })).filter(({ kind }) => kind === 'settle' || kind === 'release');

  it('keeps what was running and what was waiting, and starts nothing by itself', async () => {
    const before = await open();
    await ask(before.window, 'jobs.submit', { jobId: first, request: aRequest({ ...SLOW, prompt: 'four of these', seed: 10, count: 4 }) });
    await ask(before.window, 'jobs.submit', { jobId: second, request: aRequest({ ...SLOW, prompt: 'wanted', seed: 20 }) });
    await ask(before.window, 'jobs.submit', { jobId: third, request: aRequest({ ...SLOW, prompt: 'not wanted' }) });
    await expect.poll(async () => (await states(before)).get(first)?.imageIds.length, { timeout: 60_000, interval: 20 }).toBeGreaterThan(0);
    const main = before.app.process();
    const ended = new Promise((resolve) => main.once('exit', resolve));
    main.kill('SIGKILL');
    await ended;

    const after = await open();
    await after.window.getByText('3 jobs were still waiting when the studio closed.').waitFor();
    const kept = await states(after);
    expect([first, second, third].map((id) => kept.get(id)?.state)).toEqual(['paused', 'paused', 'paused']);
    expect(kept.get(first)?.imageIds.length).toBeGreaterThan(0);
    expect(await closings(after)).toEqual([]);
    expect(await seriousProblems(after.window)).toEqual([]);
    await screenshot(after.window, 'queue-kept');
  });

  it('lets one be taken away and the others run to their end, picture for picture as it would have gone on', async () => {
    if (studio === null) throw new Error('The studio is not open.');
    const { window } = studio;
    await window.getByRole('button', { name: 'Cancel: not wanted' }).click();
    await window.getByText('2 jobs were still waiting when the studio closed.').waitFor();
    await window.getByRole('button', { name: 'Run all' }).click();
    const current = studio;
    await expect.poll(async () => [...(await states(current)).values()].every(({ state }) => isTerminal(state)), { timeout: 120_000 }).toBe(true);
    const jobs = await states(studio);
    expect([first, second, third].map((id) => jobs.get(id)?.state)).toEqual(['succeeded', 'succeeded', 'cancelled']);
    expect(jobs.get(first)?.imageIds).toHaveLength(4);
    const images = await ask(window, 'gallery.list', { limit: 50, before: null });
    const seedsOf = (id: string): readonly number[] => images.flatMap(({ recipe }) => (recipe?.jobId === id ? [recipe.seed] : [])).sort();
    expect([seedsOf(first), seedsOf(second), seedsOf(third)]).toEqual([[10, 11, 12, 13], [20], []]);
  });

  it('charges each picture once', async () => {
    if (studio === null) throw new Error('The studio is not open.');
    const rows = await closings(studio);
    expect(rows.map(({ jobId, kind, pictures }) => [jobId, kind, pictures]).sort()).toEqual([[first, 'settle', 4], [second, 'settle', 1], [third, 'release', 0]].sort());
    expect(await ask(studio.window, 'credits.verify', null)).toMatchObject({ ok: true });
    const { state } = await ask(studio.window, 'credits.get', null);
    expect(state.reserved).toBe(0);
  });

  it('keeps a job over an ordinary closing of the window too', async () => {
    if (studio === null) throw new Error('The studio is not open.');
    await ask(studio.window, 'jobs.submit', { jobId: aJobId(), request: aRequest({ ...SLOW, prompt: 'for later', numInferenceSteps: 150 }) });
    await studio.close();
    const again = await open();
    await again.window.getByText('1 job was still waiting when the studio closed.').waitFor();
    await again.window.getByRole('button', { name: 'Kept from last time: for later' }).click();
    await again.window.getByText('Kept from last time; it runs when you say so').waitFor();
    await screenshot(again.window, 'queue-kept-job');
    await again.window.getByRole('button', { name: 'Remove it' }).click();
    await again.window.getByText('still waiting').waitFor({ state: 'detached' });
    expect((await closings(again)).length).toBe(4);
  });
});
