import { describe, expect, it } from 'vitest';
import { AssetId, DocumentId, ImageId, JobId, ModelId } from '../../src/shared/ids';
import { newJob, type Job } from '../../src/shared/job';
import { matchEditShortcut, EDIT_SHORTCUTS } from '../../src/renderer/commands/edit-shortcuts';
import { checkEditForm, checkRegion, INTENT_DEFAULTS, pickEditModel } from '../../src/renderer/stores/canvas-form';
import { Staging, type EditRequest } from '../../src/shared/staging';
import { candidatesOf, createStagingStore, pendingJobs, shownCandidate, stagingOf } from '../../src/renderer/stores/canvas-staging';
import { createCanvasViewStore, handToolOf } from '../../src/renderer/stores/canvas-view';
import { newDocument } from '../../src/renderer/canvas/edits/new-document';
import { BROKEN, SD15 } from './fake-models';

const uuid = (group: string, n: number): string => `00000000-${group}-4000-8000-${String(n).padStart(12, '0')}`;
const picture = DocumentId.parse(uuid('000d', 1));
const other = DocumentId.parse(uuid('000d', 2));
const image = (n: number): ImageId => ImageId.parse(uuid('000f', n));
const assetId = AssetId.parse('b'.repeat(64));

const request = { kind: 'img2img', modelId: ModelId.parse('user:m'), prompt: '', negativePrompt: '', numInferenceSteps: 2, guidanceScale: 1, scheduler: null, seed: 1, count: 1, width: 64, height: 48, sourceAssetId: assetId, strength: 1, documentId: picture, at: { x: 8, y: -4 }, parentImageIds: [] } satisfies EditRequest;

function jobOf(n: number, state: Job['state'], imageIds: readonly ImageId[]): Job {
  return { ...newJob(JobId.parse(uuid('0009', n)), request), state, imageIds };
}

describe('staging', () => {
  const jobs = [jobOf(1, 'succeeded', [image(1), image(2)]), jobOf(2, 'running', [image(3)]), jobOf(3, 'failed', [])];
  const filled = () => {
    const store = createStagingStore();
    for (const job of jobs) store.add({ jobId: job.id, documentId: picture, request });
    return store;
  };
  const ids = (store: ReturnType<typeof filled>, id: DocumentId | null) => candidatesOf(store.getState(), jobs, id).map(({ imageId }) => imageId);

  it('shows each picture of the document’s own jobs, the newest first in sight', () => {
    const store = filled();
    expect(ids(store, picture)).toEqual([image(1), image(2), image(3)]);
    expect(ids(store, other)).toEqual([]);
    expect(pendingJobs(store.getState(), jobs, picture).map(({ state }) => state)).toEqual(['running', 'failed']);
    expect(shownCandidate(store.getState(), candidatesOf(store.getState(), jobs, picture))?.imageId).toBe(image(3));
  });

  it('goes on with another result when the one in sight is discarded', () => {
    const store = filled();
    store.select(image(2));
    store.discard({ jobId: jobs[0]?.id ?? JobId.parse(''), imageId: image(2) });
    expect(ids(store, picture)).toEqual([image(1), image(3)]);
    expect(shownCandidate(store.getState(), candidatesOf(store.getState(), jobs, picture))?.imageId).toBe(image(3));
    store.clear(picture);
    expect(ids(store, picture)).toEqual([]);
  });
});

describe('staging over a restart', () => {
  const [jobId] = [JobId.parse(uuid('0009', 1))];
  it('keeps what was asked and what was discarded, and finds the pictures again', () => {
    const before = createStagingStore();
    before.add({ jobId, documentId: picture, request });
    before.discard({ jobId, imageId: image(1) });
    const kept = Staging.parse(JSON.parse(JSON.stringify(stagingOf(before.getState(), picture))));
    const after = createStagingStore();
    after.restore(picture, kept.map((run) => ({ ...run, imageIds: [image(1), image(2)] })));
    const [candidate, ...others] = candidatesOf(after.getState(), [], picture);
    expect(others).toEqual([]);
    expect(candidate).toMatchObject({ imageId: image(2), rect: { x: 8, y: -4, width: 64, height: 48 }, sourceAssetId: assetId });
    // Opened again meanwhile: nothing is there twice.
    after.restore(picture, kept.map((run) => ({ ...run, imageIds: [image(2)] })));
    expect(after.getState().runs).toHaveLength(1);
    expect(stagingOf(after.getState(), other)).toEqual([]);
  });

  it('adds what a job goes on to make to what it had made before', () => {
    const store = createStagingStore();
    store.restore(picture, [{ jobId, request, discarded: [], imageIds: [image(1)] }]);
    expect(candidatesOf(store.getState(), [jobOf(1, 'running', [image(1), image(2)])], picture).map(({ imageId }) => imageId)).toEqual([image(1), image(2)]);
  });
});

describe('edit form', () => {
  const { settings } = newDocument({ id: picture, name: 'x', width: 10, height: 10, picture: null, mask: { id: 'm', name: 'M', colour: '#000000' } });
  const painter = { ...SD15, tasks: ['txt2img', 'img2img', 'inpaint'] as const };

  it('asks for words only where they are needed', () => {
    const problemsFor = (intent: keyof typeof INTENT_DEFAULTS) => checkEditForm({ ...settings, ...INTENT_DEFAULTS[intent], intent }, painter);
    expect(problemsFor('change')).toEqual({ prompt: { kind: 'empty' } });
    expect(problemsFor('add')).toEqual({ prompt: { kind: 'empty' } });
    expect(problemsFor('remove')).toEqual({});
    expect(problemsFor('extend')).toEqual({});
  });

  it('names every field that is out of range', () => {
    expect(checkEditForm({ ...settings, prompt: 'x', numInferenceSteps: 500, guidanceScale: 99, seed: -1 }, painter)).toEqual({
      numInferenceSteps: { kind: 'range', min: 1, max: 150 },
      guidanceScale: { kind: 'range', min: 0, max: 30 },
      seed: { kind: 'range', min: 0, max: 4294967295 },
    });
    expect(checkEditForm(settings, null)).toEqual({ modelId: { kind: 'noModel' } });
  });

  it('offers models that can repaint, and no other', () => {
    expect(pickEditModel([SD15, BROKEN], SD15.id)).toBeNull();
    expect(pickEditModel([SD15, painter], null)).toBe(painter);
  });

  it('refuses a whole frame that the model cannot work on', () => {
    expect(checkRegion({ width: 4096, height: 512 }, painter)).toEqual({ kind: 'frameTooLarge', max: 1024 });
    expect(checkRegion({ width: 512, height: 64 }, painter)).toEqual({ kind: 'frameTooSmall', min: 256 });
    expect(checkRegion({ width: 512, height: 512 }, painter)).toBeNull();
  });
});

describe('edit shortcuts', () => {
  const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) => matchEditShortcut({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

  it('tells undo from redo, and a letter from a letter with Ctrl', () => {
    expect([press('z', { ctrlKey: true }), press('Z', { ctrlKey: true, shiftKey: true }), press('y', { ctrlKey: true }), press('z', { metaKey: true })]).toEqual(['undo', 'redo', 'redo', 'undo']);
    expect([press('b'), press('b', { ctrlKey: true }), press('B', { shiftKey: true }), press('b', { altKey: true })]).toEqual(['brush', null, null, null]);
    expect(press('+', { shiftKey: true })).toBe('zoomIn');
  });

  it('gives no two commands the same keys', () => {
    const keys = EDIT_SHORTCUTS.map((shortcut) => shortcut.keys.join('+'));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('takes the eraser as the brush that takes away', () => {
    const view = createCanvasViewStore();
    view.take('eraser');
    expect([view.getState().tool, handToolOf(view.getState())]).toEqual(['brush', 'eraser']);
    view.take('lasso');
    expect([view.getState().brush.mode, handToolOf(view.getState())]).toEqual(['paint', 'lasso']);
  });
});
