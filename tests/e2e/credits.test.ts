import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_PLAN } from '../../src/shared/credits';
import { ModelId } from '../../src/shared/ids';
import { aJobId, aRequest } from '../support/samples';
import { ask, dataFolderWithTinyModel, jobEvents, recordJobEvents } from './bridge';
import { launchStudio, type Studio } from './launch';

const tiny = { modelId: ModelId.parse('user:tiny-sd15') };

describe('credits in the real processes', () => {
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

  it('charge what the price said, once, and keep the job in the picture', async () => {
    await ask(studio.window, 'credits.setPlan', { ...DEFAULT_PLAN, plan: 'lite' });
    const request = aRequest({ ...tiny, count: 2 });
    const said = await ask(studio.window, 'credits.price', { request });
    expect(said).toMatchObject({ unitPrice: 10, totalCharge: 20, fits: 2 });
    const jobId = aJobId();
    await ask(studio.window, 'jobs.submit', { jobId, request });
    await expect.poll(async () => (await jobEvents(studio.window)).filter((event) => event.jobId === jobId).at(-1)?.type, { timeout: 60_000 }).toBe('succeeded');
    const rows = await ask(studio.window, 'credits.ledger', { limit: 10, before: null });
    expect(rows.map(({ kind, charged }) => [kind, charged])).toEqual([['settle', said.totalCharge], ['reserve', 0], ['adjust', 0]]);
    expect((await ask(studio.window, 'credits.get', null)).state.balance).toBe(100_000 - said.totalCharge);
    const images = await ask(studio.window, 'gallery.list', { limit: 10, before: null });
    expect(images.map(({ recipe }) => recipe?.jobId)).toEqual([jobId, jobId]);
    expect(await ask(studio.window, 'credits.verify', null)).toMatchObject({ ok: true, rows: 3 });
  });

  it('are there again after a restart', async () => {
    await studio.close();
    studio = await launchStudio({ dataDir: data.dataDir });
    expect((await ask(studio.window, 'credits.get', null)).state).toMatchObject({ balance: 99_980, reserved: 0, plan: { plan: 'lite' } });
  });
});
