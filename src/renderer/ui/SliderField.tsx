import { NumberInput, Slider } from '@mantine/core';
import { useId } from 'react';
import classes from './SliderField.module.css';

export interface SliderFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Where the slider ends; typing may go up to `max`. */
  readonly sliderMax?: number;
  readonly decimalSeparator: string;
  readonly error: string | null;
  /** `null` = the field was emptied. */
  onChange(value: number | null): void;
}

/** A slider for the hand and a number field for exact values, bound to one number. */
export function SliderField({ label, value, min, max, step, sliderMax = max, decimalSeparator, error, onChange }: SliderFieldProps) {
  const id = useId();
  const errorId = `${id}-error`;
  return (
    <div className={classes.field}>
      <label htmlFor={id} className={classes.label}>
        {label}
      </label>
      <Slider
        className={classes.slider}
        size={3}
        label={null}
        thumbLabel={label}
        min={min}
        max={sliderMax}
        step={step}
        value={Math.min(sliderMax, Math.max(min, value))}
        onChange={onChange}
      />
      <NumberInput
        id={id}
        className={classes.number}
        value={value}
        min={min}
        max={max}
        step={step}
        clampBehavior="none"
        allowNegative={false}
        allowDecimal={!Number.isInteger(step)}
        decimalScale={2}
        hideControls
        decimalSeparator={decimalSeparator}
        allowedDecimalSeparators={['.', ',']}
        error={error !== null}
        aria-describedby={error === null ? undefined : errorId}
        onChange={(next) => { onChange(typeof next === 'number' ? next : null); }}
      />
      {error !== null && (
        <p id={errorId} role="alert" className={classes.error}>
          {error}
        </p>
      )}
    </div>
  );
}
