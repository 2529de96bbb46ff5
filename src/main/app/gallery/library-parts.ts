import type { ImageId } from '../../../shared/ids';
import type { StudioDatabase } from '../database/open-sqlite';
import type { IndexWriter } from './index-writer';
import type { Boards } from './marking';
import type { MarksStore } from './marks-database';
import type { PictureRows } from './picture-rows';
import type { ResultSets } from './result-sets';
import type { Roots } from './roots';

/** What every part of the library works with. */
export interface LibraryParts {
  readonly database: StudioDatabase;
  readonly store: MarksStore;
  readonly writer: IndexWriter;
  readonly rows: PictureRows;
  readonly results: ResultSets;
  readonly boards: Boards;
  readonly roots: Roots;
  /** Something changed: queries are answered anew, and windows hear of it. */
  touch(imageIds: readonly ImageId[] | 'all'): void;
  /** Pictures are gone. */
  went(imageIds: readonly ImageId[]): void;
  revision(): number;
}
