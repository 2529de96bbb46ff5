import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreviewRegion } from '../../../shared/resize/requests';
import type { PixelSize } from '../../../shared/resize/size-target';
import { movedRegion } from './kernels';
import classes from './Stage.module.css';

export interface RegionBoxProps {
  readonly region: PreviewRegion;
  readonly picture: PixelSize;
  onMove(region: PreviewRegion): void;
}

const KEY_STEP = 16;
const STEPS: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowLeft: { x: -KEY_STEP, y: 0 },
  ArrowRight: { x: KEY_STEP, y: 0 },
  ArrowUp: { x: 0, y: -KEY_STEP },
  ArrowDown: { x: 0, y: KEY_STEP },
};

const share = (part: number, whole: number): string => `${String((100 * part) / whole)}%`;

/** The part that the preview shows: dragged, or moved by arrow keys. */
export function RegionBox({ region, picture, onMove }: RegionBoxProps) {
  const { t } = useTranslation();
  const last = useRef<{ readonly x: number; readonly y: number } | null>(null);

  const drag = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLButtonElement>): void => {
    const frame = currentTarget.parentElement?.getBoundingClientRect();
    if (last.current === null || frame === undefined || frame.width === 0) return;
    const scale = picture.width / frame.width;
    onMove(movedRegion(region, { x: (clientX - last.current.x) * scale, y: (clientY - last.current.y) * scale }, picture));
    last.current = { x: clientX, y: clientY };
  };
  const step = (event: KeyboardEvent): void => {
    const by = STEPS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onMove(movedRegion(region, by, picture));
  };

  return (
    <button
      type="button"
      className={classes.region}
      aria-label={`${t('resize.preview.label')}: ${String(region.left)}, ${String(region.top)}`}
      title={t('resize.preview.hint')}
      style={{ left: share(region.left, picture.width), top: share(region.top, picture.height), width: share(region.width, picture.width), height: share(region.height, picture.height) }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        last.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerMove={drag}
      onPointerUp={() => { last.current = null; }}
      onKeyDown={step}
    />
  );
}
