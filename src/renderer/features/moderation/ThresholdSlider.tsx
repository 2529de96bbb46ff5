import { Slider } from '@mantine/core';
import { useState } from 'react';
import { formatNumber } from '../../i18n/format';
import { useLanguage } from '../../studio-context';
import classes from './Moderation.module.css';

export interface ThresholdSliderProps {
  readonly label: string;
  /** 0..1. */
  readonly share: number;
  /** Called when the hand lets go, not on the way. */
  readonly onChange: (share: number) => void;
}

export function ThresholdSlider({ label, share, onChange }: ThresholdSliderProps) {
  const language = useLanguage();
  const [percent, setPercent] = useState(Math.round(share * 100));
  return (
    <div className={classes.threshold}>
      <span>{label}</span>
      <Slider
        size={3}
        label={null}
        thumbLabel={label}
        min={1}
        max={99}
        value={percent}
        onChange={setPercent}
        onChangeEnd={(value) => { onChange(value / 100); }}
      />
      <span className={`${classes.percent ?? ''} tabular`}>{formatNumber(percent, language)} %</span>
    </div>
  );
}
