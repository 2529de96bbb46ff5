import { useMemo } from 'react';
import type { CanvasDocument, Rect } from '../../../shared/canvas-document';
import { DEFAULT_VIEW, type CanvasView } from '../../canvas/canvas-view';
import type { StepTarget } from '../../canvas/edits/document-edits';
import { passesOfFrame } from '../../canvas/kernels/extend-passes';
import { overhang, type FrameRules } from '../../canvas/kernels/frame';
import { inflate, intersect, union, type Size } from '../../canvas/kernels/geometry';
import { assetUrl, pictureUrl } from '../../picture-urls';
import { pickEditModel } from '../../stores/canvas-form';
import { candidatesOf, shownCandidate, type StagedCandidate } from '../../stores/canvas-staging';
import { useCanvasView, useJobs, useModels, useStaging } from '../../studio-context';

/** A frame that is scaled to the model's own size may be as large as memory allows. */
const LARGEST_FRAME = 8192;
const SMALLEST_FRAME = 64;

/** The result on the canvas, or null while there is none to choose from. */
export function useCandidate(documentId: CanvasDocument['id']): StagedCandidate | null {
  const staging = useStaging((state) => state);
  const jobs = useJobs((state) => state.jobs);
  return useMemo(() => shownCandidate(staging, candidatesOf(staging, jobs, documentId)), [staging, jobs, documentId]);
}

/** Whether what is new is made in passes, each with a window of its own around it. */
const useIsInPasses = ({ frame, width, height, settings }: CanvasDocument): boolean =>
  useModels((state) => {
    const model = pickEditModel(state.models, settings.modelId);
    return model !== null && settings.intent === 'extend' && passesOfFrame(frame, { width, height }, model) !== null;
  });

function useFrameRules(document: CanvasDocument): FrameRules {
  const { area, modelId } = document.settings;
  const size = useModels((state) => pickEditModel(state.models, modelId)?.size ?? null);
  return useMemo(() => {
    const isWhole = area === 'whole' && size !== null;
    return { grid: size?.multipleOf ?? 8, minSide: isWhole ? size.min : SMALLEST_FRAME, maxSide: isWhole ? size.max : LARGEST_FRAME, aspect: null };
  }, [area, size]);
}

/** The box around what the frame adds to the picture; null while it stays inside. */
function newArea(frame: Rect, size: Size): Rect | null {
  const { left, top, right, bottom } = overhang(frame, size);
  const strips: Rect[] = [
    { ...frame, width: left },
    { ...frame, height: top },
    { ...frame, x: frame.x + frame.width - right, width: right },
    { ...frame, y: frame.y + frame.height - bottom, height: bottom },
  ];
  return strips.reduce<Rect | null>((box, strip) => (strip.width > 0 && strip.height > 0 ? union(box, strip) : box), null);
}

/** What paint goes on: the sketch in the hand with the colour brush, else the active mask. */
function targetOf(document: CanvasDocument, tool: CanvasView['tool'], sketchId: string | null): StepTarget | null {
  if (tool !== 'sketch') return document.activeMaskId === null ? null : { kind: 'mask', id: document.activeMaskId };
  const sketches = document.layers.filter((layer) => layer.kind === 'sketch');
  const sketch = sketches.find(({ id }) => id === sketchId) ?? sketches.at(-1);
  return sketch === undefined ? null : { kind: 'sketch', id: sketch.id };
}

/** Everything the canvas shows besides the document, put together from the stores. `bounds` = box of the visible masks. */
export function useComposedView(document: CanvasDocument, bounds: Rect | null): CanvasView {
  const { tool, brush, areMasksShown, sketchId, divider, isHoldingBefore, isChangedShown } = useCanvasView((state) => state);
  const candidate = useCandidate(document.id);
  const rules = useFrameRules(document);
  const isInPasses = useIsInPasses(document);
  const { frame, settings, width, height } = document;

  const context = useMemo(() => {
    if (candidate !== null || settings.area !== 'masked' || isInPasses) return null;
    const fresh = newArea(frame, { width, height });
    const marked = fresh !== null && settings.intent === 'extend' ? fresh : union(bounds, fresh);
    return marked === null ? null : intersect(inflate(marked, settings.padding + settings.grow), frame);
  }, [candidate, bounds, isInPasses, settings.area, settings.intent, settings.padding, settings.grow, frame, width, height]);

  return useMemo(() => {
    const after = candidate === null ? null : { url: pictureUrl(candidate.imageId), rect: candidate.rect };
    return {
      tool,
      brush,
      // A stroke under a result would not be seen.
      target: candidate === null ? targetOf(document, tool, sketchId) : null,
      // Under the overlay a result could not be judged.
      masks: { ...DEFAULT_VIEW.masks, visible: areMasksShown && candidate === null },
      frame: { visible: candidate === null, rules },
      context,
      candidate: after,
      divider,
      holdBefore: isHoldingBefore,
      changed: isChangedShown && candidate !== null && after !== null ? { before: assetUrl(candidate.sourceAssetId), after: after.url, rect: candidate.rect } : null,
    };
  }, [document, tool, brush, sketchId, areMasksShown, candidate, rules, context, divider, isHoldingBefore, isChangedShown]);
}
