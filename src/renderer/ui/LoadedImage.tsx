import { useCallback, type ComponentPropsWithoutRef, type SyntheticEvent } from 'react';

/** A thumbnail that too many later ones have overtaken is refused; asked again it comes. */
const TRIES = 4;
const PAUSE_MS = 250;

function onError({ currentTarget: image }: SyntheticEvent<HTMLImageElement>): void {
  // Until it is there its place is empty instead of showing a torn page.
  image.style.visibility = 'hidden';
  const tries = Number(image.dataset['tries'] ?? 0) + 1;
  image.dataset['tries'] = String(tries);
  if (tries >= TRIES) return;
  setTimeout(() => {
    const { src } = image;
    if (image.isConnected && src !== '') image.src = src;
  }, PAUSE_MS * tries);
}

function onLoad({ currentTarget: image }: SyntheticEvent<HTMLImageElement>): void {
  image.style.visibility = '';
}

/** A picture whose request ends with it: an `img` that only leaves the page would go on loading. */
export function LoadedImage({ alt, ...rest }: ComponentPropsWithoutRef<'img'>) {
  const ref = useCallback((image: HTMLImageElement | null) => {
    return () => { image?.removeAttribute('src'); };
  }, []);
  return <img ref={ref} alt={alt} draggable={false} decoding="async" onError={onError} onLoad={onLoad} {...rest} />;
}
