import { describe, expect, it } from 'vitest';
import { createGalleryCommands } from '../../../src/renderer/commands/gallery-commands';
import type { Toast } from '../../../src/renderer/commands/toasts';
import { createStores } from '../../../src/renderer/stores/stores';
import { imageIds, imageNumber, Library, quiet } from './library';

function open(most: number) {
  const toasts: Toast[] = [];
  const library = new Library(5, {
    'resizeFolder.chooseGallery': ({ imageIds: ids }) => {
      if (ids.length > most) throw new Error('Too many pictures.');
      return { choiceId: 'choice', name: 'Gallery', files: ids.length, ignored: [], outputFolder: '/pictures/resized' };
    },
  });
  const stores = createStores(library, { onSaveFailed: (caught) => { throw caught; }, isRecipeOpen: false });
  const t = ((key: string) => key) as unknown as Parameters<typeof createGalleryCommands>[0]['t'];
  stores.view.show('gallery');
  return { stores, toasts, commands: createGalleryCommands({ api: library, stores, toasts: { show: (toast) => toasts.push(toast) }, t }) };
}

describe('pictures sent to the Resize screen', () => {
  it('is one that is opened there, whatever was over the gallery', () => {
    const { stores, commands } = open(5);
    stores.browser.view.open({ kind: 'folders' });
    stores.resize.showTab('many');
    commands.resize(imageNumber(2));
    expect(stores.resize.getState()).toMatchObject({ tab: 'one', picture: { source: { kind: 'gallery', imageId: imageNumber(2).id } } });
    expect([stores.view.getState().screen, stores.browser.view.getState().overlays]).toEqual(['resize', []]);
  });

  it('are many that a run can be made of', async () => {
    const { stores, commands } = open(5);
    commands.resizeAll(imageIds(0, 1, 2, 3, 4));
    await quiet(10);
    expect([stores.view.getState().screen, stores.resize.getState().tab, stores.resizeRuns.getState().choice?.files]).toEqual(['resize', 'many', 5]);
  });

  it('stay where they are when main refuses them', async () => {
    const { stores, commands, toasts } = open(2);
    commands.resizeAll(imageIds(0, 1, 2, 3, 4));
    await quiet(10);
    expect([stores.view.getState().screen, stores.resizeRuns.getState().choice, toasts.length]).toEqual(['gallery', null, 1]);
  });
});
