import { describe, expect, it } from 'vitest';
import { NEWEST_FIRST } from '../../../src/shared/gallery';
import { createGallerySelectionStore } from '../../../src/renderer/stores/gallery-selection';
import { createGalleryWindowStore } from '../../../src/renderer/stores/gallery-window';
import { imageIds, imageNumber, Library, quiet } from './library';

async function open(count: number) {
  const library = new Library(count);
  const window = createGalleryWindowStore(library, (caught) => { throw caught; });
  const selection = createGallerySelectionStore(window);
  window.show(NEWEST_FIRST);
  await quiet(10);
  const chosen = () => [...selection.getState().selected].sort();
  return { library, window, selection, chosen };
}

describe('choosing pictures', () => {
  it('means the picture in focus while nothing is chosen', async () => {
    const { selection, chosen } = await open(50);
    expect([selection.targets(), chosen()]).toEqual([imageIds(0), []]);
    selection.focus(4);
    expect(selection.targets()).toEqual(imageIds(4));
    selection.choose(7);
    expect(selection.targets()).toEqual(imageIds(7));
  });

  it('adds and takes away single pictures', async () => {
    const { selection, chosen } = await open(50);
    selection.choose(2);
    selection.toggle(5);
    selection.toggle(9);
    selection.toggle(5);
    expect([chosen(), selection.getState().focusIndex]).toEqual([imageIds(2, 9), 5]);
  });

  it('spans from where it began, forward, back and over itself', async () => {
    const { selection, chosen } = await open(50);
    selection.choose(10);
    await selection.extendTo(13);
    expect(chosen()).toEqual(imageIds(10, 11, 12, 13));
    await selection.extendTo(8);
    expect(chosen()).toEqual(imageIds(8, 9, 10));
    selection.toggle(30);
    await selection.extendTo(31);
    expect(chosen()).toEqual(imageIds(8, 9, 10, 30, 31));
  });

  it('spans pictures that were never loaded, and all of 100,000', async () => {
    const { selection } = await open(100_000);
    selection.choose(0);
    await selection.extendTo(30_000);
    expect(selection.getState().selected.size).toBe(30_001);
    await selection.chooseAll();
    expect(selection.getState().selected.size).toBe(100_000);
    selection.clear();
    expect(selection.getState().selected.size).toBe(0);
  });

  it('lets a later choice win over a span whose ids are still on their way', async () => {
    const { library, selection, chosen } = await open(10_000);
    library.isHeld = true;
    const span = selection.extendTo(9_000);
    selection.choose(3);
    library.release();
    await span;
    expect(chosen()).toEqual(imageIds(3));
  });

  it('stays with its picture when others come before it', async () => {
    const { library, window, selection } = await open(50);
    selection.choose(5);
    library.images = [imageNumber(700), imageNumber(701), ...library.images];
    window.refresh();
    await selection.follow();
    await quiet();
    expect([selection.getState().focusIndex, selection.targets()]).toEqual([7, imageIds(5)]);
  });

  it('goes to the next picture when its own is deleted, and to the last at the end', async () => {
    const { library, window, selection } = await open(50);
    const remove = async (number: number): Promise<void> => {
      library.images = library.images.filter(({ id }) => id !== imageNumber(number).id);
      selection.drop(imageIds(number));
      window.refresh();
      await quiet();
    };
    selection.choose(5);
    await remove(5);
    expect([selection.targets(), selection.getState().selected.size]).toEqual([imageIds(6), 0]);
    selection.choose(48);
    await remove(49);
    expect([selection.getState().focusIndex, selection.targets()]).toEqual([47, imageIds(48)]);
  });

  it('takes the id of a picture that was jumped to when it is loaded', async () => {
    const { window, selection } = await open(100_000);
    selection.choose(99_999);
    expect(selection.targets()).toEqual([]);
    window.want(99_980, 99_999);
    await quiet(10);
    expect(selection.targets()).toEqual(imageIds(99_999));
  });
});
