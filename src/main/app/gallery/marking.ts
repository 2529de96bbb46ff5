import { randomUUID } from 'node:crypto';
import { StudioError } from '../../../shared/errors';
import type { Board, Marks, MarksPatch } from '../../../shared/gallery';
import { BoardId, type ImageId } from '../../../shared/ids';
import type { BoardLookup } from './compile-search';
import type { MarksStore, OwnMarks, StoredBoard } from './marks-database';

/** The marks of a picture with a patch laid on them. */
export function patched(marks: OwnMarks, { rating, label, addTags, removeTags, name }: MarksPatch): OwnMarks {
  const removed = new Set(removeTags);
  const tags = addTags === undefined && removeTags === undefined ? marks.tags : [...new Set([...marks.tags, ...(addTags ?? [])])].filter((tag) => !removed.has(tag)).sort();
  return {
    rating: rating ?? marks.rating,
    label: label === undefined ? marks.label : label,
    tags,
    name: name === undefined ? marks.name : name === '' ? null : name,
  };
}

export const withoutBoards = ({ rating, label, tags, name }: Marks): OwnMarks => ({ rating, label, tags, name });

/** Boards, by hand and by search. */
export interface Boards extends BoardLookup {
  list(): readonly Board[];
  find(id: BoardId): StoredBoard;
  create(name: string, query: string | null): Board;
  rename(id: BoardId, name: string): void;
  remove(id: BoardId): void;
  setPictures(id: BoardId, change: { readonly add: readonly ImageId[]; readonly remove: readonly ImageId[] }): void;
}

export interface BoardsOptions {
  readonly marks: MarksStore;
  /** Pictures of a board that are there, and the first of them. */
  measure(board: StoredBoard): { readonly count: number; readonly coverId: ImageId | null };
  /** The pictures that meet a search text, for boards that are one. */
  search(text: string): readonly ImageId[];
}

export function createBoards({ marks, measure, search }: BoardsOptions): Boards {
  const find = (id: BoardId): StoredBoard => {
    const board = marks.boards().find((candidate) => candidate.id === id);
    if (board === undefined) throw new StudioError('invalid-request', 'This board does not exist any more; choose another one.', { details: { id } });
    return board;
  };
  const refuseTaken = (name: string, own: BoardId | null): void => {
    if (marks.boards().some((board) => board.id !== own && board.name.toLowerCase() === name.toLowerCase()))
      throw new StudioError('invalid-request', `There is a board called “${name}” already; choose another name.`);
  };
  return {
    list: () => marks.boards().map((board) => ({ ...board, ...measure(board) })),
    find,
    create: (name, query) => {
      refuseTaken(name, null);
      const board = { id: BoardId.parse(randomUUID()), name, query };
      marks.putBoard(board);
      return { ...board, ...measure(board) };
    },
    rename: (id, name) => {
      refuseTaken(name, id);
      marks.putBoard({ ...find(id), name });
    },
    remove: (id) => {
      find(id);
      marks.removeBoard(id);
    },
    setPictures: (id, change) => {
      if (find(id).query !== null) throw new StudioError('invalid-request', 'This board is a search; pictures come into it by themselves.');
      marks.setBoardPictures(id, change);
    },
    picturesIn: (name) => {
      if (name === null) return marks.picturesInBoards();
      const boards = marks.boards().filter((board) => board.name.toLowerCase().includes(name.toLowerCase()));
      // A board that is a search of boards would never end.
      return boards.flatMap((board) => (board.query === null ? marks.boardPictures(board.id) : /\bboard:/i.test(board.query) ? [] : search(board.query)));
    },
  };
}
