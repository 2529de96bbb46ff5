import { useRef, type CSSProperties, type KeyboardEvent } from 'react';
import type { Aspect } from '../../stores/sizes';
import classes from './Inspector.module.css';

export interface ShapePickerProps {
  readonly label: string;
  readonly options: readonly Aspect[];
  /** null = a size of the user's own, so that no shape is marked. */
  readonly value: Aspect | null;
  onChange(aspect: Aspect): void;
}

/** The longer side of every little outline, in pixels. */
const OUTLINE = 18;

function outlineOf(aspect: Aspect): CSSProperties {
  const [across = 1, down = 1] = aspect.split(':').map(Number);
  const longest = Math.max(across, down);
  return { width: (OUTLINE * across) / longest, height: (OUTLINE * down) / longest };
}

/** Shapes as a radio group: one tab stop, arrows choose. */
export function ShapePicker({ label, options, value, onChange }: ShapePickerProps) {
  const group = useRef<HTMLDivElement>(null);
  const tabStop = value ?? options[0];

  const move = (event: KeyboardEvent, index: number): void => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = (index + by + options.length) % options.length;
    const next = options[at];
    if (next === undefined) return;
    onChange(next);
    const button = group.current?.children[at];
    if (button instanceof HTMLElement) button.focus();
  };

  return (
    <div ref={group} className={classes.shapes} role="radiogroup" aria-label={label}>
      {options.map((aspect, index) => (
        <button
          key={aspect}
          type="button"
          role="radio"
          aria-checked={aspect === value}
          tabIndex={aspect === tabStop ? 0 : -1}
          className={classes.shape}
          onClick={() => { onChange(aspect); }}
          onKeyDown={(event) => { move(event, index); }}
        >
          <span className={classes.outline} aria-hidden="true">
            <span style={outlineOf(aspect)} />
          </span>
          {aspect}
        </button>
      ))}
    </div>
  );
}
