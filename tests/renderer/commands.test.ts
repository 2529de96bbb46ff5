import { describe, expect, it } from 'vitest';
import type { TFunction } from 'i18next';
import { createCommands } from '../../src/renderer/commands/commands';
import type { Toast } from '../../src/renderer/commands/toasts';
import { connectEvents } from '../../src/renderer/stores/connect-events';
import { createStores, loadContents, loadSettings } from '../../src/renderer/stores/stores';
import { createStudioApi } from '../../src/renderer/studio-api';
import type { FakeOptions } from './fake-bridge';
import { aDraft, bridgeWith, settled, someImages } from './setup';

/** Keys stand for their texts here; the catalogues have their own tests. */
const t = ((key: string) => key) as unknown as TFunction;

async function open(options: Partial<FakeOptions> = {}) {
  const bridge = bridgeWith({ settings: { draft: aDraft() }, ...options });
  const api = createStudioApi(bridge);
  const stores = createStores(api, { onSaveFailed: () => undefined, isRecipeOpen: true });
  const shown: Toast[] = [];
  const commands = createCommands({ stores, toasts: { show: (toast) => { shown.push(toast); } }, t });
  connectEvents(api, stores, () => undefined);
  await loadSettings(stores);
  await loadContents(stores);
  const submitted = () => bridge.requests.filter(({ channel }) => channel === 'jobs.submit');
  return { bridge, stores, commands, shown, submitted };
}

const [newest, middle, oldest] = someImages(3);
if (newest === undefined || middle === undefined || oldest === undefined) throw new Error('three pictures were expected');
const images = [newest, middle, oldest];

describe('generate', () => {
  it('follows the job to its picture', async () => {
    const { bridge, stores, commands } = await open();
    expect(commands.generate()).toBe(true);
    await settled();
    while (bridge.step());
    const { images: made } = stores.gallery.getState();
    expect(made).toHaveLength(1);
    expect(stores.view.getState().selection).toEqual({ kind: 'image', id: made[0]?.id });
  });

  it('sends nothing while the form is wrong', async () => {
    const { stores, commands, submitted } = await open({ settings: { draft: aDraft({ prompt: '' }) } });
    expect(commands.generate()).toBe(false);
    await settled();
    expect(submitted()).toEqual([]);
    expect(stores.draft.getState().problems).toEqual({ prompt: { kind: 'empty' } });
  });

  it('moves on to the next of several jobs', async () => {
    const { bridge, stores, commands } = await open();
    commands.generate();
    commands.generate();
    await settled();
    while (stores.gallery.getState().images.length < 1) bridge.step();
    while (stores.jobs.getState().jobs[1]?.state !== 'running') bridge.step();
    expect(stores.view.getState().selection).toEqual({ kind: 'job', id: stores.jobs.getState().jobs[1]?.id });
  });
});

describe('what one does with a picture', () => {
  it('same, new seed: the recipe again without its seed', async () => {
    const { commands, submitted } = await open({ images });
    commands.again(middle);
    await settled();
    expect(submitted()).toMatchObject([{ input: { request: { prompt: middle.recipe?.prompt, seed: null } } }]);
  });

  it('trash shows the neighbour, and undo brings the picture back onto the stage', async () => {
    const { stores, commands, shown } = await open({ images });
    stores.view.select({ kind: 'image', id: middle.id });
    commands.trash(middle);
    await settled();
    expect(stores.view.getState().selection).toEqual({ kind: 'image', id: oldest.id });
    expect(shown.map((toast) => toast.message)).toEqual(['actions.trashed']);
    shown[0]?.action?.run();
    await settled();
    expect(stores.gallery.getState().images).toEqual(images);
    expect(stores.view.getState().selection).toEqual({ kind: 'image', id: middle.id });
  });

  it('a refusal becomes one toast with its sentence', async () => {
    const { bridge, commands, shown } = await open({ images });
    bridge.refuseNext('gallery.saveAs', { code: 'storage-failed', message: 'The disk is full; free some space.' });
    commands.save(newest, 'png');
    await settled();
    expect(shown).toEqual([{ tone: 'error', title: 'errors.title.storage-failed', message: 'The disk is full; free some space.' }]);
  });

  it('stepping stops at both ends', async () => {
    const { stores, commands } = await open({ images });
    const seen = [-1, 1, 1, 1].map((by) => {
      commands.step(by === 1 ? 1 : -1);
      return stores.view.getState().selection?.id;
    });
    expect(seen).toEqual([newest.id, middle.id, oldest.id, oldest.id]);
  });
});

describe('a failed job', () => {
  const failure = { word: 'dragon', error: { code: 'out-of-memory', message: 'Choose a smaller size.' } } as const;

  it('stays on the stage until it is dismissed, and can be asked again', async () => {
    const { bridge, stores, commands, submitted } = await open({ images, failure, settings: { draft: aDraft({ prompt: 'a dragon' }) } });
    commands.generate();
    await settled();
    while (bridge.step());
    const [failed] = stores.jobs.getState().jobs;
    if (failed === undefined) throw new Error('a job was expected');
    expect(stores.view.getState().selection).toEqual({ kind: 'job', id: failed.id });
    commands.retry(failed);
    await settled();
    expect(submitted()).toHaveLength(2);
    while (bridge.step());
    const [again] = stores.jobs.getState().jobs;
    if (again === undefined) throw new Error('a second job was expected');
    commands.dismiss(again);
    expect(stores.jobs.getState().jobs).toEqual([]);
    expect(stores.view.getState().selection).toEqual({ kind: 'image', id: newest.id });
  });
});
