import type { TFunction } from 'i18next';
import type { MenuAction } from './menu-actions';
import type { Actors } from './runs';

/** What the gallery can do without a key. */
export function galleryMenu({ stores, browse }: Actors, t: TFunction): readonly MenuAction[] {
  const { selection, view, window, library } = stores.browser;
  const { total } = window.getState();
  const image = window.imageAt(selection.getState().focusIndex);
  const targets = selection.targets();
  const { layout } = view.getState();
  const boards = library.getState().boards;
  const forImage = (id: string, name: string, run: (found: NonNullable<typeof image>) => void): MenuAction => ({ id: `gallery.${id}`, group: 'gallery', name, run: image === null ? null : () => { run(image); } });
  const action = (id: string, name: string, run: MenuAction['run']): MenuAction => ({ id: `gallery.${id}`, group: 'gallery', name, run });
  const resize = targets.length > 1 ? () => { browse.resizeAll(targets); } : image === null ? null : () => { browse.resize(image); };
  return [
    forImage('similar', t('gallery.actions.similar'), ({ id }) => { browse.showSimilar({ imageId: id }); }),
    forImage('lineage', t('gallery.actions.lineage'), (found) => { view.open({ kind: 'lineage', image: found }); }),
    forImage('slideshow', t('gallery.viewer.play'), () => { browse.view(selection.getState().focusIndex, true); }),
    action('resize', t('resize.palette.chosen'), resize),
    action('export', t('gallery.actions.export'), targets.length === 0 ? null : () => { view.open({ kind: 'export', imageIds: targets }); }),
    action('layout', t('palette.layout', { name: t(layout === 'square' ? 'gallery.look.justified' : 'gallery.look.square') }), total === null ? null : () => { view.update({ layout: layout === 'square' ? 'justified' : 'square' }); }),
    action('all', t('gallery.sidebar.all'), total === null ? null : () => { browse.openBoard(null); }),
    ...boards.map((board) => action(`board.${board.id}`, t('palette.board', { name: board.name }), () => { browse.openBoard(board.id); })),
    action('trash', t('gallery.sidebar.trash'), total === null ? null : () => { view.goTo('trash'); }),
    action('folders', t('gallery.folders.title'), total === null ? null : () => { view.open({ kind: 'folders' }); }),
    action('addFolder', t('gallery.folders.add'), () => { browse.addFolder(); }),
  ];
}
