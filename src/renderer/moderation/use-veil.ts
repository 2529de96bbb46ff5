import { useStore } from 'zustand';
import type { GalleryImage } from '../../shared/gallery';
import type { PictureRule } from '../../shared/moderation/moderation';
import { veilingRules } from '../stores/veil';
import { useSettings, useStudio } from '../studio-context';

export interface Veil {
  /** The rules of the picture check that ask for a blur; empty for an ordinary picture. */
  readonly rules: readonly PictureRule[];
  /** True while the picture is to be blurred: its rules fired, and nobody has asked to see it. */
  readonly isVeiled: boolean;
}

/** Whether a picture is shown blurred. The file itself is always whole. */
export function useVeil({ id, recipe }: Pick<GalleryImage, 'id' | 'recipe'>): Veil {
  const settings = useSettings((state) => state);
  const isShown = useStore(useStudio().stores.veil, ({ shown }) => shown.has(id));
  const rules = veilingRules(recipe, settings);
  return { rules, isVeiled: rules.length > 0 && !isShown };
}
