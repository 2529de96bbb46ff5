import { useEffect, useState } from 'react';
import type { CanvasDocument, Rect } from '../../../shared/canvas-document';
import type { CanvasSources } from '../../canvas/canvas-sources';
import { measureCoverage } from '../../canvas/kernels/coverage';
import { markedBounds } from '../../commands/edit-region';
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
  const bounds = markedBounds(document, sources);
  const tiles = document.activeMaskId === null ? undefined : sources.raster(document.activeMaskId)?.tiles;
  const box = tiles?.occupied() ?? null;
  if (tiles === undefined || box === null) return { coverage: 0, bounds };
  const { fraction } = measureCoverage(tiles.read(box));
  return { coverage: (fraction * box.width * box.height) / (document.width * document.height), bounds };
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
