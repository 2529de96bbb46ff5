import { describe, expect, it } from 'vitest';
import { JobId } from '../../src/shared/ids';
import { newJob, type JobEvent } from '../../src/shared/job';
import { createJobsStore, foldJobs, visibleJobs } from '../../src/renderer/stores/jobs';
import { createStudioApi } from '../../src/renderer/studio-api';
import { aTxt2ImgRequest, bridgeWith, settled } from './setup';

const id = JobId.parse('00000000-0000-4000-8000-0000000000aa');

describe('the jobs store', () => {
  it('shows a job before main has answered, and then what main tells about it', async () => {
    const bridge = bridgeWith();
    const store = createJobsStore(createStudioApi(bridge));
    bridge.on('jobs.event', store.apply);
    await store.load();
    const jobId = store.submit(aTxt2ImgRequest());
    expect(store.getState().jobs.map((job) => job.state)).toEqual(['submitting']);
    await settled();
    expect(store.getState().jobs).toMatchObject([{ id: jobId, state: 'queued', position: 0 }]);
    bridge.step();
    expect(store.getState().jobs[0]?.state).toBe('running');
    while (bridge.step());
    expect(store.getState().jobs[0]).toMatchObject({ state: 'succeeded', progress: null, imageIds: { length: 1 } });
  });

  it('ends a refused job as failed, with the sentence of the refusal', async () => {
    const bridge = bridgeWith();
    const store = createJobsStore(createStudioApi(bridge));
    const error = { code: 'model-missing', message: 'The model is not in the models folder.' } as const;
    bridge.refuseNext('jobs.submit', error);
    store.submit(aTxt2ImgRequest());
    await settled();
    expect(store.getState().jobs).toMatchObject([{ state: 'failed', error }]);
  });

  it('replays what happened between the snapshot and now, once', async () => {
    const bridge = bridgeWith();
    const early = createJobsStore(createStudioApi(bridge));
    const jobId = early.submit(aTxt2ImgRequest());
    await settled();
    const late = createJobsStore(createStudioApi(bridge));
    const loading = late.load();
    await Promise.resolve();
    const events: JobEvent[] = [];
    bridge.on('jobs.event', (event) => { events.push(event); late.apply(event); });
    bridge.step();
    await loading;
    expect(events.map((event) => event.type)).toEqual(['started']);
    expect(late.getState()).toMatchObject({ jobs: [{ id: jobId, state: 'running' }], isLoaded: true, early: [] });
  });

  it('cancels one of many and leaves the others waiting', async () => {
    const bridge = bridgeWith();
    const store = createJobsStore(createStudioApi(bridge));
    bridge.on('jobs.event', store.apply);
    await store.load();
    const [first, second] = [store.submit(aTxt2ImgRequest()), store.submit(aTxt2ImgRequest())];
    await settled();
    await store.cancel(first);
    expect(store.getState().jobs.map(({ id: jobId, state, position }) => [jobId, state, position])).toEqual([
      [first, 'cancelled', null],
      [second, 'queued', 0],
    ]);
    expect(visibleJobs(store.getState().jobs).map((job) => job.id)).toEqual([second]);
  });

  it('takes only ended jobs off the screen', () => {
    const store = createJobsStore(createStudioApi(bridgeWith()));
    const jobId = store.submit(aTxt2ImgRequest());
    store.dismiss(jobId);
    expect(store.getState().jobs).toHaveLength(1);
    store.apply({ type: 'cancelled', jobId, sequence: 1 });
    store.dismiss(jobId);
    expect(store.getState().jobs).toEqual([]);
  });
});

describe('foldJobs', () => {
  it('takes an unknown job in with its queued event only', () => {
    const request = aTxt2ImgRequest();
    expect(foldJobs([], { type: 'started', jobId: id, sequence: 1 })).toEqual([]);
    expect(foldJobs([], { type: 'queued', jobId: id, sequence: 1, request, position: 2 })).toEqual([
      { ...newJob(id, request), state: 'queued', position: 2 },
    ]);
  });
});
