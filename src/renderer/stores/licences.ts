import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ModelId } from '../../shared/ids';
import type { ModelLicence, Notice } from '../../shared/licences/licence-contract';
import type { LicenceId } from '../../shared/licences/licence-record';
import type { StudioApi } from '../studio-api';

export interface LicencesState {
  readonly licences: readonly ModelLicence[];
}

export interface LicencesStore extends StoreApi<LicencesState> {
  load(): Promise<void>;
  /** @throws StudioError when the text has changed since `licence` was read. */
  accept(licence: ModelLicence): Promise<void>;
  /** Sets a licence by hand; null goes back to what the model's files say. */
  choose(modelId: ModelId, licence: LicenceId | null): Promise<void>;
  /** The text that is agreed to. */
  textOf(modelId: ModelId): Promise<string>;
  notices(): Promise<readonly Notice[]>;
}

export function createLicencesStore(api: StudioApi): LicencesStore {
  const store = createStore<LicencesState>(() => ({ licences: [] }));
  const put = (changed: ModelLicence): void => {
    store.setState(({ licences }) => ({ licences: licences.map((known) => (known.modelId === changed.modelId ? changed : known)) }));
  };
  return {
    ...store,
    async load() {
      store.setState({ licences: await api.request('licences.list', null) });
    },
    async accept({ modelId, textHash }) {
      put(await api.request('licences.accept', { modelId, textHash }));
    },
    async choose(modelId, licence) {
      put(await api.request('licences.choose', { modelId, licence }));
    },
    async textOf(modelId) {
      return (await api.request('licences.text', { modelId })).text;
    },
    notices: () => api.request('about.notices', null),
  };
}
