import { describe, expect, it } from 'vitest';
import { NEWEST_FIRST } from '../../../src/shared/gallery';
import { createGalleryWindowStore, PAGE } from '../../../src/renderer/stores/gallery-window';
import { imageIds, imageNumber, Library, quiet } from './library';

const open = (count: number) => {
  const library = new Library(count);
  const failures: unknown[] = [];
  const window = createGalleryWindowStore(library, (caught) => failures.push(caught));
  return { library, window, failures };
};

describe('the gallery window', () => {
  it('loads only what is wanted, each page once', async () => {
    const { library, window } = open(100_000);
    window.show(NEWEST_FIRST);
    await quiet(10);
    window.want(50_010, 50_140);
    window.want(50_011, 50_141);
    await quiet(10);
    expect(window.getState().total).toBe(100_000);
    expect(library.offsets()).toEqual([0, 50_000, 50_100]);
    expect([window.imageAt(50_123)?.id, window.imageAt(20_000), window.indexOfLoaded(imageNumber(50_123).id)]).toEqual([imageNumber(50_123).id, null, 50_123]);
  });

  it('does not ask for what was scrolled past, and never for more than two pages at once', async () => {
    const { library, window } = open(100_000);
    library.isHeld = true;
    window.show(NEWEST_FIRST);
    for (let page = 10; page < 300; page += 10) window.want(page * PAGE, page * PAGE + 80);
    expect(library.offsets()).toEqual([0, 1000]);
    library.release();
    await quiet(20);
    expect(library.offsets()).toEqual([0, 1000, 29_000]);
  });

  it('forgets what lies far away', async () => {
    const { window } = open(20_000);
    window.show(NEWEST_FIRST);
    for (let page = 0; page < 60; page++) {
      window.want(page * PAGE, page * PAGE + 10);
      await quiet(1);
    }
    await quiet(10);
    expect(window.getState().pages.size).toBeLessThanOrEqual(40);
    expect([window.imageAt(0), window.imageAt(5_900)?.id]).toEqual([null, imageNumber(5_900).id]);
  });

  it('takes no answer of an older search, and no page of it stays', async () => {
    const { library, window } = open(5000);
    window.show(NEWEST_FIRST);
    await quiet(10);
    window.want(300, 310);
    await quiet(10);
    library.isHeld = true;
    window.want(2000, 2010);
    window.show({ ...NEWEST_FIRST, text: '77' });
    library.release();
    await quiet(20);
    expect(window.getState().total).toBe(Array.from({ length: 5000 }, (_, number) => String(number)).filter((name) => name.includes('77')).length);
    expect([window.imageAt(0)?.fileName, window.imageAt(300)]).toEqual(['77.png', null]);
  });

  it('shows a change of the library once it has settled, and keeps the old pictures until then', async () => {
    const { library, window } = open(500);
    window.show(NEWEST_FIRST);
    await quiet(10);
    library.images = library.images.slice(1);
    for (let burst = 0; burst < 20; burst++) window.refresh();
    expect(window.imageAt(0)?.id).toBe(imageNumber(0).id);
    await quiet();
    expect([window.imageAt(0)?.id, window.getState().total]).toEqual([imageNumber(1).id, 499]);
    expect(library.offsets()).toEqual([0, 0]);
  });

  it('shows a mark at once', async () => {
    const { window } = open(500);
    window.show(NEWEST_FIRST);
    await quiet(10);
    window.patch(new Set(imageIds(3)), (image) => ({ ...image, marks: { ...image.marks, rating: 5 } }));
    expect([window.imageAt(2)?.marks.rating, window.imageAt(3)?.marks.rating]).toEqual([0, 5]);
  });

  it('finds ids that are not loaded, in portions that a message may carry', async () => {
    const { library, window } = open(50_000);
    window.show(NEWEST_FIRST);
    await quiet(10);
    expect(await window.idsBetween(2, 5)).toEqual(imageIds(2, 3, 4, 5));
    const all = await window.idsBetween(0, 49_999);
    expect([all.length, all.at(-1)]).toEqual([50_000, imageNumber(49_999).id]);
    expect(library.asked.filter(({ channel }) => channel === 'gallery.ids')).toHaveLength(3);
  });

  it('asks for shapes only while they are needed', async () => {
    const { library, window } = open(300);
    window.show(NEWEST_FIRST);
    await quiet(10);
    expect(window.getState().aspects).toBeNull();
    window.wantAspects(true);
    await quiet(10);
    expect(window.getState().aspects).toHaveLength(300);
    window.wantAspects(false);
    window.show({ ...NEWEST_FIRST, text: '1' });
    await quiet(10);
    expect(library.asked.filter(({ channel }) => channel === 'gallery.aspects')).toHaveLength(1);
  });

  it('stands on likeness until the next search', async () => {
    const { window } = open(300);
    window.show(NEWEST_FIRST);
    await quiet(10);
    window.showSimilar({ to: { imageId: imageNumber(9).id }, matches: [7, 8].map((number) => ({ image: imageNumber(number), distance: 2, isSameRecipe: false })), pending: 1 });
    expect([window.getState().total, window.imageAt(1)?.id, await window.find(imageNumber(8).id)]).toEqual([2, imageNumber(8).id, 1]);
    window.show({ ...NEWEST_FIRST });
    await quiet(10);
    expect([window.getState().total, window.getState().similar]).toEqual([300, null]);
  });

  it('says what could not be loaded and can be asked again', async () => {
    const { library, window, failures } = open(10);
    library.images = new Proxy([], { get: () => { throw new Error('the disk is gone'); } });
    window.show(NEWEST_FIRST);
    await quiet(10);
    expect(failures).toHaveLength(1);
    library.images = [imageNumber(1)];
    window.want(0, 5);
    await quiet(10);
    expect(window.getState().total).toBe(1);
  });
});
