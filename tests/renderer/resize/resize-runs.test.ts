import { describe, expect, it } from 'vitest';
import { createResizeRunsStore, withRun } from '../../../src/renderer/stores/resize-runs';
import type { FolderFile, ResizeFolder } from '../../../src/shared/resize/folder';
import { ResizeFolderId } from '../../../src/shared/resize/requests';
import { createStudioApi } from '../../../src/renderer/studio-api';
import { bridgeWith } from '../setup';

const idOf = (number: number): ResizeFolderId => ResizeFolderId.parse(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);
const COUNTS: ResizeFolder['counts'] = { waiting: 2, running: 0, done: 0, known: 0, exists: 0, skipped: 0, failed: 0 };

const aRun = (number: number, changes: Partial<ResizeFolder> = {}): ResizeFolder => ({
  id: idOf(number),
  name: `holiday ${String(number)}`,
  createdAt: number,
  state: 'running',
  settings: { target: { by: 'percent', percent: 50 }, way: { way: 'resample', kernel: 'lanczos3', linearLight: false }, creative: null },
  output: { format: 'same', quality: 90, namePattern: '{name}', ifExists: 'skip' },
  outputFolder: '/pictures/out',
  counts: COUNTS,
  total: 2,
  secondsLeft: null,
  ...changes,
});
const FILE: FolderFile = { index: 0, name: 'a.png', state: 'done', outputName: 'a-2x.png', error: null, warnings: [], jobId: null };

const store = (...numbers: readonly number[]) => {
  const runs = createResizeRunsStore(createStudioApi(bridgeWith()));
  for (const number of numbers) runs.apply({ type: 'changed', folder: aRun(number) });
  return runs;
};

describe('a run put in its place', () => {
  it('stands newest first, whatever came first', () => {
    expect([aRun(2), aRun(3), aRun(1)].reduce<readonly ResizeFolder[]>(withRun, []).map(({ createdAt }) => createdAt)).toEqual([3, 2, 1]);
  });

  it('takes the place of what was known of it', () => {
    const runs = withRun([aRun(2), aRun(1)], aRun(1, { state: 'finished' }));
    expect(runs.map(({ id, state }) => [id, state])).toEqual([[idOf(2), 'running'], [idOf(1), 'finished']]);
  });
});

describe('news of runs', () => {
  it('counts a file in its own run', () => {
    const runs = store(1, 2);
    runs.apply({ type: 'file', folderId: idOf(1), file: FILE, counts: { ...COUNTS, waiting: 1, done: 1 } });
    expect(runs.getState().runs.map(({ counts }) => counts.done)).toEqual([0, 1]);
  });

  it('has the list of files read again only for the run that is open', () => {
    const runs = store(1, 2);
    runs.open(idOf(1));
    runs.apply({ type: 'file', folderId: idOf(2), file: FILE, counts: COUNTS });
    runs.apply({ type: 'changed', folder: aRun(2, { state: 'paused' }) });
    expect(runs.getState().changes).toBe(0);
    runs.apply({ type: 'file', folderId: idOf(1), file: FILE, counts: COUNTS });
    runs.apply({ type: 'changed', folder: aRun(1, { state: 'paused' }) });
    expect(runs.getState().changes).toBe(2);
  });

  it('closes a run that is forgotten, and leaves another open', () => {
    const runs = store(1, 2, 3);
    runs.open(idOf(1));
    runs.apply({ type: 'removed', folderId: idOf(2) });
    expect(runs.getState().openId).toBe(idOf(1));
    runs.apply({ type: 'removed', folderId: idOf(1) });
    expect([runs.getState().openId, runs.getState().runs.map(({ id }) => id)]).toEqual([null, [idOf(3)]]);
  });
});
