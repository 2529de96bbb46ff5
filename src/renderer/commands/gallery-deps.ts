import type { TFunction } from 'i18next';
import type { Stores } from '../stores/stores';
import type { StudioApi } from '../studio-api';
import type { Toasts } from './toasts';

/** What the commands of the gallery work with. */
export interface GalleryDeps {
  readonly api: StudioApi;
  readonly stores: Stores;
  readonly toasts: Toasts;
  readonly t: TFunction;
}

/** Runs work whose failure is shown and not thrown. */
export type Guard = (work: Promise<unknown>) => void;
