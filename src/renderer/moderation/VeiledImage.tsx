import type { ComponentPropsWithoutRef } from 'react';
import type { GalleryImage } from '../../shared/gallery';
import { LoadedImage } from '../ui/LoadedImage';
import { useVeil } from './use-veil';
import veil from './Veil.module.css';

export interface VeiledImageProps extends Omit<ComponentPropsWithoutRef<'img'>, 'alt' | 'className'> {
  readonly image: GalleryImage;
  readonly alt: string;
  /** Drawn so small that a weaker blur hides it. */
  readonly isSmall?: boolean;
}

/** A picture of the gallery, blurred while its rules ask for that. Whatever frames it must cut what the blur spreads. */
export function VeiledImage({ image, isSmall = false, ...rest }: VeiledImageProps) {
  const { isVeiled } = useVeil(image);
  return <LoadedImage className={isVeiled ? (isSmall ? veil.veiledSmall : veil.veiled) : undefined} {...rest} />;
}
