import { useCallback, type ComponentPropsWithoutRef } from 'react';

/** A picture whose request ends with it: an `img` that only leaves the page would go on loading. */
export function LoadedImage({ alt, ...rest }: ComponentPropsWithoutRef<'img'>) {
  const ref = useCallback((image: HTMLImageElement | null) => {
    return () => { image?.removeAttribute('src'); };
  }, []);
  // A picture that cannot be loaded leaves its place empty instead of a torn page.
  return <img ref={ref} alt={alt} draggable={false} decoding="async" onError={({ currentTarget }) => { currentTarget.style.visibility = 'hidden'; }} {...rest} />;
}
