import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { GalleryImage } from '../../../shared/gallery';
import { nameOf } from '../../recipe/picture-name';
import { veilingRules } from '../../stores/veil';
import { useSettings, useStudio } from '../../studio-context';
import type { GridTileProps } from './GridTile';

/** What a tile says and whether it is blurred, asked once for the whole grid. */
export function useTileFacts(): (image: GalleryImage | null) => Pick<GridTileProps, 'label' | 'isVeiled'> {
  const { t } = useTranslation();
  const settings = useSettings((state) => state);
  const shown = useStore(useStudio().stores.veil, (state) => state.shown);
  return (image) => {
    if (image === null) return { label: t('gallery.grid.loading'), isVeiled: false };
    const { rating, label } = image.marks;
    const parts = [nameOf(image), ...(rating > 0 ? [t('gallery.marks.stars', { count: rating })] : []), ...(label === null ? [] : [t(`gallery.marks.labels.${label}`)])];
    return { label: parts.join(', '), isVeiled: !shown.has(image.id) && veilingRules(image.recipe, settings).length > 0 };
  };
}
