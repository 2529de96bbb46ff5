import { describe, expect, it } from 'vitest';
import { createGalleryStore, insertImage, neighbourOf } from '../../src/renderer/stores/gallery';
import { createStudioApi } from '../../src/renderer/studio-api';
import { bridgeWith, settled, someImages } from './setup';

const storeWith = (count: number) => {
  const bridge = bridgeWith({ images: someImages(count) });
  const store = createGalleryStore(createStudioApi(bridge));
  bridge.on('gallery.event', store.apply);
  return { bridge, store, ids: () => store.getState().images.map((image) => image.id) };
};

describe('the gallery store', () => {
  it('pages from the newest to the oldest, without holes or doubles', async () => {
    const { bridge, store, ids } = storeWith(150);
    await Promise.all([store.loadMore(), store.loadMore()]);
    expect(bridge.requests.filter(({ channel }) => channel === 'gallery.list')).toHaveLength(1);
    await store.loadMore();
    await store.loadMore();
    await store.loadMore();
    expect(ids()).toEqual(someImages(150).map((image) => image.id));
    expect(store.getState().hasMore).toBe(false);
    expect(bridge.requests.filter(({ channel }) => channel === 'gallery.list')).toHaveLength(3);
  });

  it('can ask again after a page failed', async () => {
    const { bridge, store } = storeWith(3);
    bridge.refuseNext('gallery.list', { code: 'storage-failed', message: 'The pictures folder cannot be read.' });
    await expect(store.loadMore()).rejects.toMatchObject({ code: 'storage-failed' });
    await store.loadMore();
    expect(store.getState()).toMatchObject({ isLoaded: true, isLoading: false, images: { length: 3 } });
  });

  it('loses a picture to the trash and gets it back in its old place', async () => {
    const { store, ids } = storeWith(3);
    await store.loadMore();
    const [, middle] = ids();
    if (middle === undefined) throw new Error('three pictures were expected');
    await store.trash(middle);
    expect(ids()).toHaveLength(2);
    await store.restore(middle);
    await settled();
    expect(ids()).toEqual(someImages(3).map((image) => image.id));
  });

  it('keeps a picture in the list when it could not be trashed', async () => {
    const { bridge, store, ids } = storeWith(1);
    await store.loadMore();
    bridge.refuseNext('gallery.trash', { code: 'storage-failed', message: 'The folder cannot be written.' });
    const [only] = ids();
    if (only === undefined) throw new Error('one picture was expected');
    await expect(store.trash(only)).rejects.toThrow('The folder cannot be written.');
    expect(ids()).toEqual([only]);
  });
});

describe('insertImage', () => {
  it('sorts by time and replaces a picture that is there already', () => {
    const [c, b, a] = someImages(3);
    if (a === undefined || b === undefined || c === undefined) throw new Error('three pictures were expected');
    expect(insertImage([c, a], b)).toEqual([c, b, a]);
    expect(insertImage([c, b, a], { ...b, fileName: 'renamed.png' }).map((image) => image.fileName)).toEqual([c.fileName, 'renamed.png', a.fileName]);
  });
});

describe('neighbourOf', () => {
  it('prefers the older neighbour, then the newer, then nothing', () => {
    const [b, a] = someImages(2);
    if (a === undefined || b === undefined) throw new Error('two pictures were expected');
    expect([neighbourOf([b, a], b.id), neighbourOf([b, a], a.id), neighbourOf([a], a.id)]).toEqual([a, b, null]);
  });
});
