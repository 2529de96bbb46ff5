import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ModelId } from '../../shared/ids';
import type { ModelSummary } from '../../shared/model';
import type { StudioApi } from '../studio-api';

export interface ModelsState {
  readonly models: readonly ModelSummary[];
  readonly isLoaded: boolean;
}

export interface ModelsStore extends StoreApi<ModelsState> {
  load(): Promise<void>;
  openFolder(): Promise<void>;
  apply(models: readonly ModelSummary[]): void;
}

/** Models that can make a picture from words. */
export const usableModels = (models: readonly ModelSummary[]): readonly ModelSummary[] =>
  models.filter((model) => model.problem === null && model.tasks.includes('txt2img'));

/** The chosen model while it is usable, else the built-in one, else the first that works. */
export function pickModel(models: readonly ModelSummary[], wanted: ModelId | null): ModelSummary | null {
  const usable = usableModels(models);
  return usable.find((model) => model.id === wanted) ?? usable.find((model) => model.builtin) ?? usable[0] ?? null;
}

export function createModelsStore(api: StudioApi): ModelsStore {
  const store = createStore<ModelsState>(() => ({ models: [], isLoaded: false }));
  return {
    ...store,
    async load() {
      store.setState({ models: await api.request('models.list', null), isLoaded: true });
    },
    async openFolder() {
      await api.request('models.openFolder', null);
    },
    apply(models) {
      store.setState({ models, isLoaded: true });
    },
  };
}
