import { describe, expect, it } from 'vitest';
import { newJob, type Job, type Progress } from '../../src/shared/job';
import { newsBetween } from '../../src/renderer/stores/job-news';
import { progressFraction } from '../../src/renderer/stores/progress';
import { JobId } from '../../src/shared/ids';
import { ResizeFolderId } from '../../src/shared/resize/requests';
import { aTxt2ImgRequest } from './setup';

const job = newJob(JobId.parse('00000000-0000-4000-8000-0000000000aa'), aTxt2ImgRequest());
const at = (step: number): Progress => ({ stage: 'denoising', step, total: 20, imageIndex: 0, imageCount: 1, secondsLeft: null, preview: null });
const running = (step: number): Job => ({ ...job, state: 'running', progress: at(step) });

describe('newsBetween', () => {
  it('tells the start, each quarter once, and the end', () => {
    const states: readonly Job[] = [
      { ...job, state: 'queued', position: 0 },
      ...Array.from({ length: 21 }, (_, step) => running(step)),
      { ...job, state: 'succeeded' },
      { ...job, state: 'succeeded' },
    ];
    const news = states.flatMap((state, index) => newsBetween(states.slice(index - 1, index), [state]));
    expect(news.map(({ type, ...rest }) => ('fraction' in rest ? rest.fraction : type))).toEqual(['started', 0.25, 0.5, 0.75, 'finished']);
  });

  it('leaves the files of a run to the run', () => {
    const settings = { target: { by: 'percent', percent: 50 }, way: { way: 'resample', kernel: 'lanczos3', linearLight: false }, creative: null } as const;
    const file = newJob(job.id, { kind: 'resizeFile', folderId: ResizeFolderId.parse('00000000-0000-4000-8000-0000000000bb'), index: 0, settings, prompt: 'torn.png', count: 1 });
    expect(newsBetween([file], [{ ...file, state: 'failed', error: { code: 'image-invalid', message: 'torn' } }])).toEqual([]);
  });

  it('tells a failure of a job that never ran', () => {
    const error = { code: 'model-missing', message: 'gone' } as const;
    const failed: Job = { ...job, state: 'failed', error };
    expect(newsBetween([job], [failed])).toEqual([{ type: 'failed', job: failed }]);
  });
});

describe('progressFraction', () => {
  it('only grows from stage to stage and picture to picture, from 0 to 1', () => {
    const stages = ['loading', 'encoding', 'denoising', 'decoding', 'upscaling', 'saving'] as const;
    const values = [0, 1].flatMap((imageIndex) =>
      stages.flatMap((stage) => [0, 1, 2].map((step) => progressFraction({ ...at(step), stage, total: 2, imageIndex, imageCount: 2 }))),
    );
    const steps = values.slice(1).map((value, index) => value - (values[index] ?? 0));
    expect(Math.min(...steps)).toBeGreaterThan(-1e-9);
    expect([values[0], values.at(-1)]).toEqual([0, 1]);
  });

  it('counts a stage of unknown length as not begun', () => {
    expect(progressFraction({ ...at(5), total: 0 })).toBe(progressFraction({ ...at(0), total: 1 }));
  });
});
