import { describe, expect, it } from 'vitest';
import { JobId } from '../../src/shared/ids';
import { newJob, type JobEvent } from '../../src/shared/job';
import { selectionAfter, type Selection } from '../../src/renderer/stores/view';
import { fakeImageId } from './fake-job';
import { aTxt2ImgRequest } from './setup';

const jobId = JobId.parse('00000000-0000-4000-8000-0000000000aa');
const shown: Selection = { kind: 'job', id: jobId };
const older: Selection = { kind: 'image', id: fakeImageId(1) };
const job = { ...newJob(jobId, aTxt2ImgRequest({ count: 2 })), imageIds: [fakeImageId(7), fakeImageId(8)] };
const started: JobEvent = { type: 'started', jobId, sequence: 1 };
const succeeded: JobEvent = { type: 'succeeded', jobId, sequence: 2, warnings: [] };
const cancelled: JobEvent = { type: 'cancelled', jobId, sequence: 2 };

const after = (selection: Selection | null, isFollowing: boolean, event: JobEvent, found: typeof job | null = job) =>
  selectionAfter({ selection, isFollowing }, event, { job: found, fallback: fakeImageId(3) });

describe('what the stage shows', () => {
  it('goes along with the work only while the user follows it', () => {
    expect([after(older, true, started), after(older, false, started)]).toEqual([shown, older]);
  });

  it('becomes the last picture when the shown job is done', () => {
    expect(after(shown, true, succeeded)).toEqual({ kind: 'image', id: fakeImageId(8) });
  });

  it('is left alone when the user looks at something else', () => {
    expect([after(older, true, succeeded), after(older, false, cancelled)]).toEqual([older, older]);
  });

  it('falls back to the newest picture when a cancelled job leaves none', () => {
    expect(after(shown, true, cancelled, { ...job, imageIds: [] })).toEqual({ kind: 'image', id: fakeImageId(3) });
  });

  it('keeps a failed job, so that its reason can be read', () => {
    expect(after(shown, true, { type: 'failed', jobId, sequence: 2, error: { code: 'internal', message: 'x' } })).toEqual(shown);
  });
});
