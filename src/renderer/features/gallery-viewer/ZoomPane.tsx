import { useEffect, useRef, useState, type CSSProperties, type PointerEvent, type ReactNode } from 'react';
import { useSize } from '../../ui/use-size';
import { actualZoom, panned, placed, wheelFactor, WHOLE, zoomedAt, type Look } from './kernels/look';
import classes from './Viewer.module.css';

/** Zoomed in as far as this, one wants to see the pixels themselves. */
const PIXELATED = 3;

export interface ZoomPaneProps {
  /** Pixels of the picture. */
  readonly width: number;
  readonly height: number;
  readonly look: Look;
  onLook(look: Look): void;
  /** The picture, drawn from (0, 0) in its own pixels. */
  readonly children: ReactNode;
}

/** Wheel zooms to the cursor, dragging moves, a double click goes between the whole picture and its own pixels. */
export function ZoomPane({ width, height, look, onLook, children }: ZoomPaneProps) {
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const view = useSize(element);
  const picture = { width, height };
  const drag = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const latest = useRef<(event: WheelEvent) => void>(() => undefined);
  const pointIn = (event: { readonly clientX: number; readonly clientY: number }) => {
    const box = element?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };

  useEffect(() => {
    latest.current = (event) => {
      event.preventDefault();
      onLook(zoomedAt(look, wheelFactor(event.deltaY), { at: pointIn(event), picture, view }));
    };
  });
  useEffect(() => {
    if (element === null) return undefined;
    const onWheel = (event: WheelEvent): void => { latest.current(event); };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => { element.removeEventListener('wheel', onWheel); };
  }, [element]);

  const onPointerMove = (event: PointerEvent): void => {
    if (drag.current === null) return;
    const by = { x: event.clientX - drag.current.x, y: event.clientY - drag.current.y };
    drag.current = { x: event.clientX, y: event.clientY };
    onLook(panned(look, by, { picture, view }));
  };
  const place = view.width === 0 ? null : placed(look, picture, view);
  // What is drawn over the picture keeps its own thickness.
  const scale: CSSProperties & Record<'--scale', string> = { '--scale': String(place?.scale ?? 1) };
  return (
    <div
      ref={setElement}
      className={classes.pane}
      data-zoomed={look.zoom > 1}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => { drag.current = null; }}
      onDoubleClick={(event) => {
        const actual = actualZoom(picture, view);
        onLook(look.zoom === 1 ? zoomedAt(look, actual, { at: pointIn(event), picture, view }) : WHOLE);
      }}
    >
      {place !== null && (
        <div
          className={classes.placed}
          data-pixelated={look.zoom > 1 && place.scale >= PIXELATED}
          data-scale={Math.round(place.scale * 100)}
          style={{ ...scale, width, height, transform: `translate(${String(place.x)}px, ${String(place.y)}px) scale(${String(place.scale)})` }}
        >
          {children}
        </div>
      )}
    </div>
  );
}
