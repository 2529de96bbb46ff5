import type { GalleryImage } from '../../../shared/gallery';
import { useGallerySelection, useGalleryWindow, useStudio } from '../../studio-context';

/** The picture in focus; null while it is not loaded or there is none. */
export function useFocusedImage(): GalleryImage | null {
  const { window } = useStudio().stores.browser;
  const focusIndex = useGallerySelection((state) => state.focusIndex);
  return useGalleryWindow(() => window.imageAt(focusIndex));
}
