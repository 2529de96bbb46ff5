import type { TFunction } from 'i18next';
import type { CanvasDocument } from '../../shared/canvas-document';
import type { CanvasSources } from '../canvas/canvas-sources';
import type { Stores } from '../stores/stores';
import type { StudioApi } from '../studio-api';
import type { Toasts } from './toasts';

/** What the commands of the Edit screen work with. */
export interface EditDeps {
  readonly api: StudioApi;
  readonly stores: Stores;
  readonly sources: CanvasSources;
  readonly toasts: Toasts;
  readonly t: TFunction;
}

/** As many letters as a document, layer or file is named with. */
export const LONGEST_NAME = 80;

export const documentOf = ({ stores }: Pick<EditDeps, 'stores'>): CanvasDocument | null => stores.canvas.getState().edited?.document ?? null;
