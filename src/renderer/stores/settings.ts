import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppInfo } from '../../shared/contract';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings';
import type { StudioApi } from '../studio-api';

/** The draft and the gallery's look are kept by stores of their own. */
type Choices = Omit<Settings, 'draft' | 'gallery'>;

export interface SettingsState extends Choices {
  readonly info: AppInfo | null;
}

export interface SettingsStore extends StoreApi<SettingsState> {
  /** Reads settings and app facts; the draft is returned because another store keeps it. */
  load(): Promise<Settings>;
  /** Shown at once, then written. @throws StudioError when it could not be written; the screen then shows the old value. */
  set(patch: Partial<Choices>): Promise<void>;
}

const choicesOf = ({ theme, language, userProfile, moderation, provenance }: Settings): Choices => ({ theme, language, userProfile, moderation, provenance });

export function createSettingsStore(api: StudioApi): SettingsStore {
  const store = createStore<SettingsState>(() => ({ ...choicesOf(DEFAULT_SETTINGS), info: null }));
  return {
    ...store,
    async load() {
      const [settings, info] = await Promise.all([api.request('settings.get', null), api.request('app.info', null)]);
      store.setState({ ...choicesOf(settings), info });
      return settings;
    },
    async set(patch) {
      const before = store.getState();
      store.setState(patch);
      try {
        await api.request('settings.set', patch);
      } catch (caught) {
        store.setState({ ...before, info: store.getState().info });
        throw caught;
      }
    },
  };
}
