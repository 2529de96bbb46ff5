import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CanvasDocument, Rect } from '../../../shared/canvas-document';
import { CanvasController } from '../../canvas/canvas-controller';
import type { CanvasCallbacks, CanvasView } from '../../canvas/canvas-view';
import { everything } from '../../canvas/kernels/document-boxes';
import { addStep, setFrame } from '../../canvas/edits/document-edits';
import { fitRect } from '../../canvas/kernels/viewport';
import { reportError } from '../../commands/commands';
import { useStudio, type StudioContextValue } from '../../studio-context';
import { toasts } from '../../ui/notify';
import classes from './EditScreen.module.css';
import { useComposedView } from './use-canvas-view';

export interface CanvasHostProps {
  readonly document: CanvasDocument;
  /** Box of what the visible masks mark; null = nothing. */
  readonly bounds: Rect | null;
}

function callbacksOf({ stores }: StudioContextValue, told: Pick<CanvasCallbacks, 'onProblem' | 'onViewportChange'>): CanvasCallbacks {
  const { canvas, canvasView, editForm } = stores;
  const ignore = (): void => undefined;
  return {
    onStep: (target, step) => {
      canvas.edit(step.kind === 'stroke' ? 'stroke' : 'shape', addStep(target, step));
      editForm.touched(['mask']);
    },
    onFrameChange: (rect) => {
      canvas.adjust(setFrame(rect));
      editForm.touched(['frame', 'mask']);
    },
    onFramePreview: ignore,
    onPickColour: (colour) => { canvasView.setBrush({ colour }); },
    onBrushChange: (brush) => { canvasView.setBrush(brush); },
    onDividerChange: (divider) => { canvasView.update({ divider }); },
    onPointer: ignore,
    onChangedMeasured: (measured) => { canvasView.update({ measured }); },
    ...told,
  };
}

/** The element the canvas lives in. The controller draws; React only hands it the newest document and view. */
export function CanvasHost({ document, bounds }: CanvasHostProps) {
  const { t } = useTranslation();
  const studio = useStudio();
  const view = useComposedView(document, bounds);
  const element = useRef<HTMLDivElement>(null);
  const controller = useRef<CanvasController | null>(null);
  const latest = useRef<{ document: CanvasDocument; view: CanvasView }>({ document, view });

  useEffect(() => {
    latest.current = { document, view };
    controller.current?.update(document, view);
  }, [document, view]);

  useEffect(() => {
    const place = element.current;
    if (place === null) return;
    // While the view is fitted it stays so, also when the strip of results takes some of its room.
    let isFitted = true;
    const callbacks = callbacksOf(studio, {
      onProblem: (problem) => { reportError({ toasts, t }, problem); },
      onViewportChange: ({ x, y, scale }) => {
        const fitted = fitRect(everything(latest.current.document), { width: place.clientWidth, height: place.clientHeight });
        isFitted = fitted.x === x && fitted.y === y && fitted.scale === scale;
        studio.stores.canvasView.update({ scale });
      },
    });
    const made = new CanvasController(place, { sources: studio.sources, callbacks }, latest.current);
    const fit = (): void => { made.fitTo(everything(latest.current.document)); };
    const resizing = new ResizeObserver(() => { if (isFitted) fit(); });
    resizing.observe(place);
    fit();
    controller.current = made;
    studio.edit.view.attach(made);
    return () => {
      controller.current = null;
      studio.edit.view.attach(null);
      resizing.disconnect();
      made.destroy();
    };
  }, [studio, t]);

  return <div ref={element} className={classes.canvas} role="application" aria-label={t('edit.canvas.label', { name: document.name })} aria-description={t('edit.canvas.hint')} data-canvas-keys />;
}
