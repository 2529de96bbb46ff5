import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { CanvasSources } from '../../src/renderer/canvas/canvas-sources';
import { addStep } from '../../src/renderer/canvas/edits/document-edits';
import { createCommands } from '../../src/renderer/commands/commands';
import { createEditCommands } from '../../src/renderer/commands/edit-commands';
import { EDIT_SHORTCUTS } from '../../src/renderer/commands/edit-shortcuts';
import { createGalleryCommands } from '../../src/renderer/commands/gallery-commands';
import { findActions, nextRunnable, paletteActions, type PaletteAction } from '../../src/renderer/commands/palette';
import { SHORTCUTS } from '../../src/renderer/commands/shortcuts';
import { en } from '../../src/renderer/i18n/en';
import { SCREENS } from '../../src/renderer/screens';
import { createStores, loadContents, loadSettings } from '../../src/renderer/stores/stores';
import { createStudioApi } from '../../src/renderer/studio-api';
import { madeDocument } from './canvas/made-document';
import { aDraft, bridgeWith, someImages } from './setup';

/** The English text of a key, its blanks filled: what a person types after. */
const t = ((key: string, values: Record<string, string> = {}) => {
  const text = key.split('.').reduce<unknown>((tree, name) => (tree as Record<string, unknown> | undefined)?.[name], en);
  return typeof text === 'string' ? text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '') : key;
}) as unknown as TFunction;

async function open() {
  const api = createStudioApi(bridgeWith({ settings: { draft: aDraft() }, images: someImages(2) }));
  const stores = createStores(api, { onSaveFailed: () => undefined, isRecipeOpen: true });
  const toasts = { show: () => undefined };
  const actors = { stores, commands: createCommands({ stores, toasts, t }), edit: createEditCommands({ api, stores, sources: new CanvasSources(() => ''), toasts, t }), browse: createGalleryCommands({ api, stores, toasts, t }) };
  await loadSettings(stores);
  await loadContents(stores);
  return { ...actors, actions: () => paletteActions(actors, { t, isMac: false }) };
}

const named = (actions: readonly PaletteAction[], id: string): PaletteAction => {
  const action = actions.find((candidate) => candidate.id === id);
  if (action === undefined) throw new Error(`no command ${id}`);
  return action;
};
const groupName = (group: string): string => t(`palette.groups.${group}` as never);
const find = (actions: readonly PaletteAction[], text: string): readonly string[] => findActions(actions, text, groupName).map(({ action }) => action.id);

describe('the commands of the palette', () => {
  it('hold every screen and every key of both tables, each once', async () => {
    const ids = (await open()).actions().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const wanted = [...SCREENS.map(({ id }) => id), ...SHORTCUTS.map(({ id }) => id).filter((id) => id !== 'palette'), ...EDIT_SHORTCUTS.map(({ id }) => `edit.${id}`)];
    expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('can be run only where they mean something', async () => {
    const { stores, actions } = await open();
    const canRun = (id: string): boolean => named(actions(), id).run !== null;
    expect(['trash', 'editPicture', 'resizePicture', 'edit.brush', 'intent.remove', 'edit.accept', 'cancel'].map(canRun)).toEqual([true, true, true, false, false, false, false]);
    stores.canvas.start(madeDocument());
    expect(['edit.brush', 'edit.undo', 'flatten', 'edit.fit'].map(canRun)).toEqual([true, false, false, false]);
    stores.canvas.edit('fill', addStep({ kind: 'mask', id: 'mask' }, { kind: 'fill' }));
    expect(canRun('edit.undo')).toBe(true);
    stores.view.show('edit');
    expect(canRun('trash')).toBe(false);
  });

  it('show the canvas before they work on it', async () => {
    const { stores, actions } = await open();
    stores.canvas.start(madeDocument());
    stores.view.show('create');
    named(actions(), 'intent.extend').run?.();
    expect(stores.view.getState().screen).toBe('edit');
    expect(stores.canvas.getState().edited?.document.settings).toMatchObject({ intent: 'extend', padding: 128 });
    named(actions(), 'edit.eraser').run?.();
    expect(stores.canvasView.getState().brush.mode).toBe('erase');
  });

  it('carry their key caps', async () => {
    const { actions } = await open();
    expect([named(actions(), 'prompt').keys, named(actions(), 'edit.redo').keys, named(actions(), 'flatten').keys]).toEqual([['Ctrl', 'L'], ['Ctrl', 'Shift', 'Z'], []]);
  });
});

describe('the search', () => {
  it('finds a command by some letters of its name, or by its group', async () => {
    const { stores, actions } = await open();
    stores.canvas.start(madeDocument());
    expect(find(actions(), 'gosett')[0]).toBe('settings');
    expect(find(actions(), 'lasso')[0]).toBe('edit.lasso');
    expect(find(actions(), 'LIGHT')[0]).toBe('theme.light');
    expect(find(actions(), 'tools')).toContain('edit.swap');
    expect(find(actions(), 'zzzz')).toEqual([]);
  });

  it('lists what can be done before what cannot, and without a text only that', async () => {
    const { actions } = await open();
    const runs = findActions(actions(), 'mask', groupName).map(({ action }) => action.run !== null);
    expect(runs.lastIndexOf(true)).toBeLessThan(runs.indexOf(false));
    expect(findActions(actions(), '  ', groupName).every(({ action }) => action.run !== null)).toBe(true);
  });

  it('goes round with the arrows and leaves out what cannot be done', () => {
    const action = (id: string, canRun: boolean): PaletteAction => ({ id, group: 'studio', name: id, keys: [], run: canRun ? () => undefined : null });
    const found = [action('a', true), action('b', false), action('c', true)].map((one) => ({ action: one, matched: [] }));
    const [a, , c] = found;
    expect([nextRunnable(found, a ?? null, 1), nextRunnable(found, c ?? null, 1), nextRunnable(found, a ?? null, -1), nextRunnable([], null, 1)]).toEqual([c, a, c, null]);
  });
});
