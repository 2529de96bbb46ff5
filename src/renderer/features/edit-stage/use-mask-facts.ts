import { useEffect, useState } from 'react';
import type { CanvasDocument, Rect } from '../../../shared/canvas-document';
import type { CanvasSources } from '../../canvas/canvas-sources';
import { measureCoverage } from '../../canvas/kernels/coverage';
import { union } from '../../canvas/kernels/geometry';
import { maskBounds } from '../../canvas/kernels/mask-bounds';
import { useStudio } from '../../studio-context';

export interface MaskFacts {
  /** 0..1 of the document under the active mask. */
  readonly coverage: number;
  /** Box of what the visible masks mark, document pixels. */
  readonly bounds: Rect | null;
}

const NOTHING: MaskFacts = { coverage: 0, bounds: null };

/** Long enough that a voice does not read every dab of a brush. */
const SETTLE_MS = 350;

function measure(document: CanvasDocument, sources: CanvasSources): MaskFacts {
  let [coverage, bounds]: [number, Rect | null] = [0, null];
  for (const mask of document.masks) {
    const tiles = sources.raster(mask.id)?.tiles;
    const box = tiles?.occupied() ?? null;
    if (tiles === undefined || box === null) continue;
    const plane = { ...box, data: tiles.read(box) };
    if (mask.visible && mask.strength > 0) bounds = union(bounds, maskBounds(plane));
    if (mask.id === document.activeMaskId) coverage = (measureCoverage(plane.data).fraction * box.width * box.height) / (document.width * document.height);
  }
  return { coverage, bounds };
}

/** What the masks cover, measured a moment after they changed. */
export function useMaskFacts(document: CanvasDocument | null): MaskFacts {
  const { sources } = useStudio();
  const [facts, setFacts] = useState(NOTHING);
  const masks = document?.masks;
  useEffect(() => {
    if (document === null) return;
    let timer = setTimeout(() => { setFacts(measure(document, sources)); }, SETTLE_MS);
    // A mask made of a picture is there only once the picture is.
    const stop = sources.onDirty(() => {
      clearTimeout(timer);
      timer = setTimeout(() => { setFacts(measure(document, sources)); }, SETTLE_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
    // The rest of the document has no part in it.
  }, [masks, document?.activeMaskId, document?.width, document?.height, sources]);
  return document === null ? NOTHING : facts;
}
