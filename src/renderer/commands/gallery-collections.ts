import type { Board } from '../../shared/gallery';
import type { BoardId, ImageId, RootId } from '../../shared/ids';
import type { GalleryDeps, Guard } from './gallery-deps';
import { inPortions } from './gallery-marking';

/** Boards and the folders that the gallery shows. */
export interface CollectionCommands {
  /** `query` makes a board that always shows what the search finds. */
  createBoard(name: string, content: { readonly query: string | null; readonly imageIds: readonly ImageId[] }): void;
  renameBoard(boardId: BoardId, name: string): void;
  /** The pictures stay where they are. */
  removeBoard(board: Board): void;
  addToBoard(board: Board, imageIds: readonly ImageId[]): void;
  removeFromBoard(board: Board, imageIds: readonly ImageId[]): void;
  addFolder(): void;
  moveFolder(rootId: RootId): void;
  removeFolder(rootId: RootId): void;
  rebuild(): void;
}

export function collectionCommands({ api, stores, toasts, t }: GalleryDeps, guard: Guard): CollectionCommands {
  const { window, library } = stores.browser;

  const change = async (boardId: BoardId, { add = [], remove = [] }: { readonly add?: readonly ImageId[]; readonly remove?: readonly ImageId[] }): Promise<void> => {
    for (const ids of inPortions(add)) await api.request('boards.setPictures', { boardId, add: ids, remove: [] });
    for (const ids of inPortions(remove)) await api.request('boards.setPictures', { boardId, add: [], remove: ids });
    await library.load();
    window.refresh();
  };

  const createBoard: CollectionCommands['createBoard'] = (name, { query, imageIds }) => {
    guard(api.request('boards.create', { name, query }).then((board) => change(board.id, { add: imageIds })));
  };

  const removeBoard = async (board: Board): Promise<void> => {
    await api.request('boards.remove', { boardId: board.id });
    const { query } = window.getState();
    if (query.boardId === board.id) window.show({ ...query, boardId: null });
    await library.load();
    toasts.show({ tone: 'plain', message: t('gallery.boards.removed', { name: board.name }) });
  };

  const addToBoard = async (board: Board, imageIds: readonly ImageId[]): Promise<void> => {
    await change(board.id, { add: imageIds });
    toasts.show({
      tone: 'plain',
      message: t('gallery.boards.added', { count: imageIds.length, name: board.name }),
      action: { label: t('actions.undo'), run: () => { guard(change(board.id, { remove: imageIds })); } },
    });
  };

  return {
    createBoard,
    renameBoard: (boardId, name) => { guard(api.request('boards.rename', { boardId, name }).then(library.load)); },
    removeBoard: (board) => { guard(removeBoard(board)); },
    addToBoard: (board, imageIds) => { guard(addToBoard(board, imageIds)); },
    removeFromBoard: (board, imageIds) => { guard(change(board.id, { remove: imageIds })); },
    addFolder: () => { guard(api.request('roots.add', null).then(library.load)); },
    moveFolder: (rootId) => { guard(api.request('roots.move', { rootId }).then(library.load)); },
    removeFolder: (rootId) => { guard(api.request('roots.remove', { rootId }).then(library.load)); },
    rebuild: () => { guard(api.request('gallery.rebuild', null)); },
  };
}
