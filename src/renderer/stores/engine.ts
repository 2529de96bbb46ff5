import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineStatus } from '../../shared/contract';
import type { StudioApi } from '../studio-api';

export interface EngineStore extends StoreApi<EngineStatus> {
  load(): Promise<void>;
  apply(status: EngineStatus): void;
}

export function createEngineStore(api: StudioApi): EngineStore {
  const store = createStore<EngineStatus>(() => ({ state: 'stopped', memoryBytes: 0 }));
  return {
    ...store,
    async load() {
      store.setState(await api.request('engine.status', null));
    },
    apply: (status) => { store.setState(status); },
  };
}
