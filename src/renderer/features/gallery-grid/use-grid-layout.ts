import { useMemo } from 'react';
import { useGalleryView, useGalleryWindow } from '../../studio-context';
import type { GridLayout } from './kernels/grid-layout';
import { justifiedLayout } from './kernels/justified-layout';
import { squareLayout } from './kernels/square-layout';
import { PADDING } from './scroller';

/** Many small pictures stand closer together. */
const gapFor = (columns: number): number => (columns >= 8 ? 3 : 6);
/** A justified row of landscape and portrait pictures looks about as large as a row of squares at this share of their side. */
const JUSTIFIED_SHARE = 0.8;

/** The grid of the whole search for an area of `width` pixels; `width` 0 = not on the screen yet. */
export function useGridLayout(width: number): GridLayout {
  const columns = useGalleryView((state) => state.columns);
  const isJustified = useGalleryView((state) => state.layout === 'justified');
  const total = useGalleryWindow((state) => state.total) ?? 0;
  const aspects = useGalleryWindow((state) => state.aspects);
  return useMemo(() => {
    const gap = gapFor(columns);
    const room = Math.max(1, width - 2 * PADDING);
    if (width === 0) return squareLayout({ count: 0, width: 1, columns, gap });
    if (!isJustified || aspects === null) return squareLayout({ count: total, width: room, columns, gap });
    return justifiedLayout({ aspects, width: room, rowHeight: (room / columns) * JUSTIFIED_SHARE, gap });
  }, [width, columns, isJustified, total, aspects]);
}
