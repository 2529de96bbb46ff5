import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppInfo } from '../../shared/contract';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings';
import type { StudioApi } from '../studio-api';

export interface SettingsState {
  readonly theme: Settings['theme'];
  readonly language: Settings['language'];
  readonly info: AppInfo | null;
}

export interface SettingsStore extends StoreApi<SettingsState> {
  /** Reads settings and app facts; the draft is returned because another store keeps it. */
  load(): Promise<Settings>;
  /** Shown at once, then written. @throws StudioError when it could not be written; the screen then shows the old value. */
  set(patch: { theme?: Settings['theme']; language?: Settings['language'] }): Promise<void>;
}

export function createSettingsStore(api: StudioApi): SettingsStore {
  const store = createStore<SettingsState>(() => ({
    theme: DEFAULT_SETTINGS.theme,
    language: DEFAULT_SETTINGS.language,
    info: null,
  }));
  return {
    ...store,
    async load() {
      const [settings, info] = await Promise.all([api.request('settings.get', null), api.request('app.info', null)]);
      store.setState({ theme: settings.theme, language: settings.language, info });
      return settings;
    },
    async set(patch) {
      const { theme, language } = store.getState();
      store.setState(patch);
      try {
        await api.request('settings.set', patch);
      } catch (caught) {
        store.setState({ theme, language });
        throw caught;
      }
    },
  };
}
