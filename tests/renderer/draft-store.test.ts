import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/shared/settings';
import { createDraftStore } from '../../src/renderer/stores/draft';
import { createStudioApi } from '../../src/renderer/studio-api';
import { fakeImage } from './fake-job';
import { SD15 } from './fake-models';
import { aDraft, aTxt2ImgRequest, bridgeWith } from './setup';

const saves = (bridge: ReturnType<typeof bridgeWith>) => bridge.requests.filter(({ channel }) => channel === 'settings.set');

describe('the draft store', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  const open = () => {
    const bridge = bridgeWith();
    const onSaveFailed = vi.fn();
    return { bridge, onSaveFailed, store: createDraftStore(createStudioApi(bridge), onSaveFailed) };
  };

  it('is written once after a burst of changes', async () => {
    const { bridge, store } = open();
    for (const prompt of ['a', 'a r', 'a red apple']) store.update({ prompt });
    expect(saves(bridge)).toHaveLength(0);
    await vi.runAllTimersAsync();
    expect(saves(bridge)).toEqual([{ channel: 'settings.set', input: { draft: { ...DEFAULT_SETTINGS.draft, prompt: 'a red apple' } } }]);
    expect(bridge.settings().draft.prompt).toBe('a red apple');
  });

  it('is written at once when the page goes away, and not a second time', async () => {
    const { bridge, store } = open();
    store.flush();
    expect(saves(bridge)).toHaveLength(0);
    store.update({ prompt: 'a boat' });
    store.flush();
    await vi.runAllTimersAsync();
    expect(saves(bridge)).toHaveLength(1);
  });

  it('tells when it could not be written', async () => {
    const { bridge, store, onSaveFailed } = open();
    bridge.refuseNext('settings.set', { code: 'storage-failed', message: 'The disk is full.' });
    store.update({ prompt: 'a boat' });
    await vi.runAllTimersAsync();
    expect(onSaveFailed).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'storage-failed' }));
  });

  it('forgets a field’s problem when that field changes, and no other', () => {
    const { store } = open();
    store.restore(aDraft({ prompt: '', width: 513 }));
    expect(store.check(SD15).ok).toBe(false);
    expect(store.getState().failedChecks).toBe(1);
    store.update({ width: 512 });
    expect(store.getState().problems).toEqual({ prompt: { kind: 'empty' } });
  });

  it('starts a chosen model with its own values and keeps a scheduler that it has too', () => {
    const { store } = open();
    store.restore(aDraft({ width: 640, height: 640, numInferenceSteps: 9, guidanceScale: 2, scheduler: 'euler', seed: 5 }));
    store.chooseModel(SD15);
    expect(store.getState().draft).toEqual(aDraft({ modelId: SD15.id, scheduler: 'euler', seed: 5 }));
    store.chooseModel({ ...SD15, schedulers: ['ddim'] });
    expect(store.getState().draft.scheduler).toBeNull();
  });

  it('takes a picture’s whole recipe over, with or without its seed', () => {
    const { store } = open();
    const request = aTxt2ImgRequest({ prompt: 'a lighthouse', negativePrompt: 'text', width: 640, height: 424, numInferenceSteps: 12, guidanceScale: 5 });
    const image = fakeImage({ number: 1, request, model: { ...SD15, ownScheduler: 'DPM++ 2M Karras' }, seed: 42 });
    const taken = aDraft({
      modelId: SD15.id, prompt: 'a lighthouse', negativePrompt: 'text', width: 640, height: 424,
      numInferenceSteps: 12, guidanceScale: 5, scheduler: 'dpmpp-2m-karras', hires: false,
    });
    store.adopt(image, { model: SD15, isSeedKept: true });
    expect(store.getState().draft).toEqual({ ...taken, seed: 42 });
    store.adopt(image, { model: SD15, isSeedKept: false });
    expect(store.getState().draft).toEqual({ ...taken, seed: null });
  });

  it('keeps the model of the form when the picture’s own is gone', () => {
    const { store } = open();
    store.restore(aDraft({ modelId: SD15.id }));
    const image = fakeImage({ number: 1, request: aTxt2ImgRequest(), model: SD15, seed: 42 });
    store.adopt(image, { model: null, isSeedKept: true });
    expect(store.getState().draft).toMatchObject({ modelId: SD15.id, scheduler: null, seed: 42 });
  });
});
