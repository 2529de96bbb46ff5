import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ImageId } from '../../shared/ids';
import { choiceOf, type PictureRule } from '../../shared/moderation/moderation';
import type { Recipe } from '../../shared/recipe';
import type { SettingsState } from './settings';

/** Pictures that the user has asked to see in this session, although their check would blur them. */
export interface VeilState {
  readonly shown: ReadonlySet<ImageId>;
}

export interface VeilStore extends StoreApi<VeilState> {
  show(id: ImageId): void;
  cover(id: ImageId): void;
}

/** The rules that a picture's check fired and that are to be blurred by what is set now; empty = shown as it is. */
export function veilingRules(recipe: Recipe | null, settings: Pick<SettingsState, 'moderation' | 'userProfile'>): readonly PictureRule[] {
  const fired = recipe?.moderation?.picture?.fired ?? [];
  return choiceOf(settings.moderation, settings.userProfile).picture === 'blur' ? fired : [];
}

export function createVeilStore(): VeilStore {
  const store = createStore<VeilState>(() => ({ shown: new Set() }));
  return {
    ...store,
    show: (id) => { store.setState(({ shown }) => ({ shown: new Set(shown).add(id) })); },
    cover: (id) => { store.setState(({ shown }) => ({ shown: new Set([...shown].filter((other) => other !== id)) })); },
  };
}
