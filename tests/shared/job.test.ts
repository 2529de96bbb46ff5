import { describe, expect, it } from 'vitest';
import { applyJobEvent, newJob, type JobEvent } from '../../src/shared/job';
import { aJobId, anImageId, aRequest } from '../support/samples';

const id = aJobId();
const imageId = anImageId();
const preview = { width: 1, height: 1, rgb: new Uint8Array(3) };
const progress = { stage: 'denoising', step: 1, total: 2, imageIndex: 0, imageCount: 1, secondsLeft: 1, preview } as const;
const events: readonly JobEvent[] = [
  { jobId: id, sequence: 1, type: 'queued', request: aRequest(), position: 0 },
  { jobId: id, sequence: 2, type: 'started' },
  { jobId: id, sequence: 3, type: 'progressed', progress },
  { jobId: id, sequence: 4, type: 'progressed', progress: { ...progress, step: 2, preview: null } },
  { jobId: id, sequence: 5, type: 'imageFinished', imageId },
  { jobId: id, sequence: 6, type: 'succeeded', warnings: ['cut'] },
];

describe('the job state machine', () => {
  it('keeps the last preview while steps come without one', () => {
    const job = events.slice(0, 4).reduce(applyJobEvent, newJob(id, aRequest()));
    expect(job).toMatchObject({ state: 'running', progress: { step: 2, preview } });
  });

  it('ends with its pictures and warnings and no progress', () => {
    const job = events.reduce(applyJobEvent, newJob(id, aRequest()));
    expect(job).toMatchObject({ state: 'succeeded', progress: null, imageIds: [imageId], warnings: ['cut'] });
  });

  it('ignores whatever comes after the end', () => {
    const ended = events.reduce(applyJobEvent, newJob(id, aRequest()));
    expect([...events, { jobId: id, sequence: 7, type: 'cancelled' } as const].reduce(applyJobEvent, ended)).toBe(ended);
  });
});
