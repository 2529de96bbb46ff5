import { describe, expect, it } from 'vitest';
import type { Requests } from '../../../src/shared/contract';
import { NO_MARKS, type Marks, type TrashedImage } from '../../../src/shared/gallery';
import type { ImageId } from '../../../src/shared/ids';
import { createGalleryCommands } from '../../../src/renderer/commands/gallery-commands';
import { inPortions, markedWith } from '../../../src/renderer/commands/gallery-marking';
import type { Toast } from '../../../src/renderer/commands/toasts';
import { createStores } from '../../../src/renderer/stores/stores';
import { imageIds, imageNumber, Library, quiet } from './library';

/** The gallery's commands on a library that keeps marks and a trash. */
async function open(count: number) {
  const toasts: Toast[] = [];
  const marked = new Map<ImageId, Marks>();
  const trash: TrashedImage[] = [];
  const library: Library = new Library(count, {
    'gallery.mark': ({ imageIds: ids, patch }) => {
      const before = ids.map((imageId) => ({ imageId, marks: marked.get(imageId) ?? NO_MARKS }));
      for (const { imageId, marks } of before) marked.set(imageId, markedWith(marks, patch));
      return { before };
    },
    'gallery.setMarks': ({ marks }) => {
      for (const { imageId, marks: old } of marks) marked.set(imageId, old);
      return null;
    },
    'gallery.trash': ({ imageIds: ids }) => {
      library.images = library.images.filter(({ id }) => !ids.includes(id));
      return { trashed: ids, problems: [] };
    },
    'gallery.restore': ({ imageIds: ids }) => {
      const images = ids.map((id) => imageNumber(parseInt(id.slice(-12), 16)));
      library.images = [...library.images, ...images];
      return { images, problems: [] };
    },
    'gallery.listTrash': () => trash,
    'gallery.get': ({ imageId }) => imageNumber(parseInt(imageId.slice(-12), 16)),
    'boards.list': () => [],
    'searches.list': () => [],
    'roots.list': () => [],
    'gallery.problems': () => [],
  });
  const stores = createStores(library, { onSaveFailed: (caught) => { throw caught; }, isRecipeOpen: false });
  const t = ((key: string) => key) as unknown as Parameters<typeof createGalleryCommands>[0]['t'];
  const commands = createGalleryCommands({ api: library, stores, toasts: { show: (toast) => toasts.push(toast) }, t });
  commands.open();
  await quiet(10);
  const { window, selection, view } = stores.browser;
  return { library, commands, toasts, marked, window, selection, view };
}

const last = (toasts: readonly Toast[]): Toast => {
  const toast = toasts.at(-1);
  if (toast === undefined) throw new Error('a toast was expected');
  return toast;
};

describe('marking', () => {
  it('shows at once and tells main', async () => {
    const { commands, selection, window, marked, toasts } = await open(20);
    selection.choose(3);
    commands.mark({ rating: 4 });
    expect(window.imageAt(3)?.marks.rating).toBe(4);
    await quiet(10);
    expect([marked.get(imageNumber(3).id)?.rating, toasts]).toEqual([4, []]);
  });

  it('of many can be undone in one', async () => {
    const { commands, selection, marked, toasts } = await open(20);
    selection.choose(0);
    commands.mark({ rating: 2 });
    await selection.extendTo(4);
    commands.mark({ rating: 5, addTags: ['fox'] });
    await quiet(10);
    expect([...marked.values()].map(({ rating }) => rating)).toEqual([5, 5, 5, 5, 5]);
    last(toasts).action?.run();
    await quiet(10);
    expect([...marked.values()].map(({ rating, tags }) => [rating, tags.length])).toEqual([[2, 0], [0, 0], [0, 0], [0, 0], [0, 0]]);
  });

  it('takes back what it hoped for when main refuses', async () => {
    const { library, commands, selection, window, toasts } = await open(20);
    const answers = library.more as { 'gallery.mark'?: unknown };
    answers['gallery.mark'] = () => { throw new Error('the disk is full'); };
    selection.choose(1);
    commands.mark({ rating: 4 });
    await quiet();
    expect([window.imageAt(1)?.marks.rating, last(toasts)]).toEqual([0, expect.objectContaining({ tone: 'error', message: 'the disk is full' })]);
  });

  it('merges tags without repetition', () => {
    expect(markedWith({ ...NO_MARKS, tags: ['a', 'c'] }, { addTags: ['b', 'a'], removeTags: ['c'] }).tags).toEqual(['a', 'b']);
  });

  it('sends many in portions', () => {
    const portions = inPortions(Array.from({ length: 45_000 }, (_, number) => number));
    expect([portions.map(({ length }) => length), portions.flat().at(-1)]).toEqual([[20_000, 20_000, 5_000], 44_999]);
  });
});

describe('deleting', () => {
  it('means what is chosen, and comes back with undo', async () => {
    const { library, commands, selection, toasts } = await open(20);
    selection.choose(2);
    selection.toggle(5);
    commands.trash();
    await quiet(10);
    expect(library.images).toHaveLength(18);
    last(toasts).action?.run();
    await quiet(10);
    expect(library.images.map(({ id }) => id)).toEqual(expect.arrayContaining([...imageIds(2, 5)]));
  });
});

describe('searching', () => {
  it('begins at the first picture again and does not search twice for the same', async () => {
    const { library, commands, selection, window } = await open(300);
    selection.choose(250);
    commands.search('7');
    commands.search('7');
    await quiet(10);
    expect([window.getState().total, selection.getState().focusIndex]).toEqual([57, 0]);
    expect(library.asked.filter(({ channel, input }) => channel === 'gallery.page' && (input as Requests['gallery.page']['input']).query.text === '7')).toHaveLength(1);
  });

  it('leaves a search that does not hold the picture one goes to', async () => {
    const { commands, selection, window } = await open(300);
    commands.search('77');
    await quiet(10);
    commands.goTo(imageNumber(120).id);
    await quiet(20);
    expect([window.getState().query.text, selection.getState().focusIndex]).toEqual(['', 120]);
  });

  it('goes on typing when no suggestion comes', async () => {
    const { commands } = await open(3);
    expect(await commands.suggest('mod', 3)).toEqual({ from: 3, to: 3, options: [] });
  });
});

describe('comparing', () => {
  it('needs two to four', async () => {
    const { commands, selection, view, toasts } = await open(20);
    selection.choose(1);
    commands.compare();
    await quiet(10);
    expect([view.getState().overlays, last(toasts).message]).toEqual([[], 'gallery.compare.howMany']);
    selection.toggle(6);
    commands.compare();
    await quiet(10);
    expect(view.getState().overlays).toEqual([{ kind: 'compare', images: [imageNumber(1), imageNumber(6)] }]);
  });
});

describe('what lies over the screen', () => {
  it('returns to what it was opened from', async () => {
    const { view } = await open(1);
    view.open({ kind: 'lineage', image: imageNumber(0) });
    view.open({ kind: 'folders' });
    view.close();
    expect(view.getState().overlays.map(({ kind }) => kind)).toEqual(['lineage']);
    view.closeAll();
    expect(view.getState().overlays).toEqual([]);
  });
});
