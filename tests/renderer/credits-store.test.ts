import { describe, expect, it } from 'vitest';
import { connectEvents } from '../../src/renderer/stores/connect-events';
import { quoteFor } from '../../src/renderer/stores/credits';
import { pricedDraft } from '../../src/renderer/stores/price-requests';
import { createStores, loadContents, loadSettings } from '../../src/renderer/stores/stores';
import { createStudioApi } from '../../src/renderer/studio-api';
import { DEFAULT_PLAN } from '../../src/shared/credits';
import { SD15 } from './fake-models';
import { aDraft, aTxt2ImgRequest, bridgeWith, settled } from './setup';

async function open() {
  const bridge = bridgeWith({ settings: { draft: aDraft() } });
  const api = createStudioApi(bridge);
  const stores = createStores(api, { onSaveFailed: () => undefined, isRecipeOpen: true });
  connectEvents(api, stores, () => undefined);
  await loadSettings(stores);
  await loadContents(stores);
  const run = async (count: number) => {
    const jobId = stores.jobs.submit(aTxt2ImgRequest({ modelId: SD15.id, width: 512, height: 512, numInferenceSteps: 30, count }));
    await settled();
    while (bridge.step());
    await settled();
    return jobId;
  };
  return { api, bridge, stores, run, balance: () => stores.credits.getState().overview?.state.balance };
}

describe('the credits store', () => {
  it('follows what jobs hold, cost and give back', async () => {
    const { stores, run, balance } = await open();
    expect(balance()).toBeNull();
    await stores.credits.setPlan({ ...DEFAULT_PLAN, plan: 'lite' });
    expect(balance()).toBe(100_000);
    const jobId = await run(2);
    expect(balance()).toBe(99_600);
    expect(stores.credits.getState().lastClosed).toMatchObject({ jobId, pictures: 2, price: 400, charged: 400 });
  });

  it('prices a form as the job is then charged', async () => {
    const { stores, run } = await open();
    await stores.credits.setPlan({ ...DEFAULT_PLAN, plan: 'lite' });
    const form = pricedDraft(aDraft({ modelId: SD15.id, count: 3 }), SD15);
    const said = form === null ? null : quoteFor(stores.credits.getState().overview, form);
    await run(3);
    expect(said?.totalCharge).toBe(stores.credits.getState().lastClosed?.charged);
  });

  it('knows the account of a job once it is asked, and again after it is closed', async () => {
    const { stores, run } = await open();
    const jobId = await run(1);
    await stores.credits.lookUp(jobId);
    expect(stores.credits.getState().costs.get(jobId)).toMatchObject({ facts: { unitPrice: 200, unitCharge: 0 }, closed: { pictures: 1, price: 200, charged: 0 } });
    const state = stores.credits.getState().overview?.state;
    if (state === undefined) throw new Error('expected a state');
    stores.credits.apply({ type: 'closed', jobId, pictures: 1, price: 200, charged: 0, state });
    expect(stores.credits.getState().costs.has(jobId)).toBe(false);
  });

  it('asks for an account once', async () => {
    const { bridge, stores, run } = await open();
    const jobId = await run(1);
    await stores.credits.lookUp(jobId);
    await stores.credits.lookUp(jobId);
    expect(bridge.requests.filter(({ channel }) => channel === 'credits.job')).toHaveLength(1);
  });

  it('does not go back to an older state that arrives late', async () => {
    const { stores, run } = await open();
    const old = stores.credits.getState().overview?.state;
    await run(1);
    const rows = stores.credits.getState().overview?.state.rows;
    if (old !== undefined) stores.credits.apply({ type: 'changed', state: old });
    expect(stores.credits.getState().overview?.state.rows).toBe(rows);
  });

  it('keeps its plan when another cannot be written', async () => {
    const { bridge, stores } = await open();
    bridge.refuseNext('credits.setPlan', { code: 'storage-failed', message: 'no room' });
    await expect(stores.credits.setPlan({ ...DEFAULT_PLAN, plan: 'pro' })).rejects.toThrow('no room');
    expect(stores.credits.getState().overview?.state.plan.plan).toBe('unlimited');
  });

  it('refuses a batch with the numbers that explain it, and leaves no trace in the account', async () => {
    const { stores } = await open();
    await stores.credits.setPlan({ ...DEFAULT_PLAN, plan: 'custom', customAllowance: 500 });
    const jobId = stores.jobs.submit(aTxt2ImgRequest({ modelId: SD15.id, width: 512, height: 512, numInferenceSteps: 30, count: 4 }));
    await settled();
    const job = stores.jobs.getState().jobs.find(({ id }) => id === jobId);
    expect(job).toMatchObject({ state: 'failed', error: { code: 'insufficient-credits', details: { limit: 'balance', fits: 2, count: 4, unitPrice: 200, left: 500 } } });
    expect(stores.credits.getState().overview?.state).toMatchObject({ balance: 500, reserved: 0 });
  });
});
