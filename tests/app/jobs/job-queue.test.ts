import { describe, expect, it } from 'vitest';
import { JobQueue, type RunRequest } from '../../../src/main/app/jobs/job-queue';
import { StudioError } from '../../../src/shared/errors';
import type { JobEvent } from '../../../src/shared/job';
import { aJobId, anImageId, aRequest } from '../../support/samples';

/** A queue whose jobs end when the test says so. */
function setUp() {
  const events: JobEvent[] = [];
  const running: { finish(): void; fail(error: Error): void; run: Parameters<RunRequest>[0] }[] = [];
  const queue = new JobQueue(
    (run) =>
      new Promise((resolve, reject) => {
        run.signal.addEventListener('abort', () => reject(new StudioError('cancelled', 'cancelled')));
        running.push({ run, finish: () => resolve({ warnings: [] }), fail: reject });
      }),
    (event) => events.push(event),
  );
  const states = () => queue.snapshot().jobs.map((job) => job.state);
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { queue, events, running, states, settle };
}

describe('the job queue', () => {
  it('runs one job at a time, in the order they came', async () => {
    const { queue, running, states, settle } = setUp();
    for (let i = 0; i < 3; i++) queue.submit(aJobId(), aRequest());
    expect(states()).toEqual(['running', 'queued', 'queued']);
    running[0]?.finish();
    await settle();
    expect(states()).toEqual(['succeeded', 'running', 'queued']);
  });

  it('goes on after a failure', async () => {
    const { queue, running, states, settle } = setUp();
    queue.submit(aJobId(), aRequest());
    queue.submit(aJobId(), aRequest());
    running[0]?.fail(new Error('boom'));
    await settle();
    expect(states()).toEqual(['failed', 'running']);
    expect(queue.snapshot().jobs[0]?.error).toEqual({ code: 'internal', message: 'boom' });
  });

  it('cancels one queued job of many and leaves the others', async () => {
    const { queue, states, settle } = setUp();
    const ids = [aJobId(), aJobId(), aJobId()] as const;
    for (const id of ids) queue.submit(id, aRequest());
    queue.cancel(ids[1]);
    await settle();
    expect(states()).toEqual(['running', 'cancelled', 'queued']);
  });

  it('cancels a running job through its signal, keeps its finished pictures, and starts the next', async () => {
    const { queue, running, states, settle } = setUp();
    const id = aJobId();
    const imageId = anImageId();
    queue.submit(id, aRequest({ count: 2 }));
    queue.submit(aJobId(), aRequest());
    running[0]?.run.onImage(imageId);
    queue.cancel(id);
    await settle();
    expect(states()).toEqual(['cancelled', 'running']);
    expect(queue.snapshot().jobs[0]?.imageIds).toEqual([imageId]);
  });

  it('takes a late cancel of an ended job as no error', async () => {
    const { queue, running, states, settle } = setUp();
    const id = aJobId();
    queue.submit(id, aRequest());
    running[0]?.finish();
    await settle();
    queue.cancel(id);
    expect(states()).toEqual(['succeeded']);
  });

  it('refuses an id that was used before', () => {
    const { queue } = setUp();
    const id = aJobId();
    queue.submit(id, aRequest());
    expect(() => queue.submit(id, aRequest())).toThrow('Expected a new job id');
  });

  it('numbers its events without gaps, and the snapshot tells the last number', () => {
    const { queue, events } = setUp();
    queue.submit(aJobId(), aRequest());
    queue.submit(aJobId(), aRequest());
    expect(events.map((event) => event.sequence)).toEqual([1, 2, 3]);
    expect(queue.snapshot().sequence).toBe(3);
  });

  it('starts nothing more once it is stopped, and calls nothing cancelled that goes on in the next life', async () => {
    const { queue, running, states, settle, events } = setUp();
    queue.submit(aJobId(), aRequest());
    queue.submit(aJobId(), aRequest());
    queue.stop();
    await settle();
    expect(states()).toEqual(['running', 'queued']);
    expect(running).toHaveLength(1);
    expect(running[0]?.run.signal.aborted).toBe(true);
    expect(events.map(({ type }) => type)).not.toContain('cancelled');
  });

  it('lets jobs of an earlier life wait until they are resumed or taken away', async () => {
    const { queue, running, states, settle } = setUp();
    const [first, second] = [aJobId(), aJobId()];
    const image = anImageId();
    queue.restore([
      { jobId: first, request: aRequest({ count: 3 }), made: 1, imageIds: [image] },
      { jobId: second, request: aRequest(), made: 0, imageIds: [] },
    ]);
    queue.submit(aJobId(), aRequest());
    expect(states()).toEqual(['paused', 'paused', 'running']);
    queue.resume(first);
    queue.cancel(second);
    expect(states()).toEqual(['queued', 'cancelled', 'running']);
    running[0]?.finish();
    await settle();
    expect(running[1]?.run).toMatchObject({ jobId: first, made: 1 });
    expect(queue.snapshot().jobs[0]?.imageIds).toEqual([image]);
    // A second click on the same button.
    queue.resume(first);
    expect(states()).toEqual(['running', 'cancelled', 'succeeded']);
  });
});
