import { NumberInput, SegmentedControl, Slider } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BRUSH_WIDTH } from '../../canvas/canvas-view';
import { useCanvasView, useStudio } from '../../studio-context';
import classes from './Tools.module.css';

/** Where the slider ends; larger brushes can be typed. */
const SLIDER_WIDTH = 300;

interface BrushSliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly sliderMax: number;
  onChange(value: number): void;
}

function BrushSlider({ label, value, min, max, sliderMax, onChange }: BrushSliderProps) {
  return (
    <div className={classes.slider}>
      <span className={classes.label}>{label}</span>
      <Slider size={3} label={null} thumbLabel={label} min={min} max={sliderMax} value={Math.min(sliderMax, value)} onChange={onChange} />
      <NumberInput
        className={classes.number}
        aria-label={label}
        value={value}
        min={min}
        max={max}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        onChange={(next) => { if (typeof next === 'number' && next >= min && next <= max) onChange(next); }}
      />
    </div>
  );
}

/** What the tool in the hand can be set to. */
export function ToolOptions({ isChoosing }: { readonly isChoosing: boolean }) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const { tool, brush } = useCanvasView((state) => state);
  const isBrush = tool === 'brush' || tool === 'sketch';
  const paints = tool !== 'pan' && tool !== 'frame';

  if (isChoosing) return <div className={classes.options}><span className={classes.hint}>{t('edit.tools.chooseFirst')}</span></div>;
  return (
    <div className={classes.options}>
      {!paints && <span className={classes.hint}>{t(tool === 'frame' ? 'edit.tools.frameHint' : 'edit.tools.panHint')}</span>}
      {tool === 'sketch' && (
        <label className={classes.colour}>
          <span className={classes.label}>{t('edit.tools.colour')}</span>
          <input type="color" value={brush.colour} onChange={(event) => { stores.canvasView.setBrush({ colour: event.currentTarget.value }); }} />
        </label>
      )}
      {isBrush && (
        <>
          <BrushSlider label={t('edit.tools.size')} value={Math.round(brush.width)} {...BRUSH_WIDTH} sliderMax={SLIDER_WIDTH} onChange={(width) => { stores.canvasView.setBrush({ width }); }} />
          <BrushSlider label={t('edit.tools.hardness')} value={Math.round(brush.hardness * 100)} min={0} max={100} sliderMax={100} onChange={(percent) => { stores.canvasView.setBrush({ hardness: percent / 100 }); }} />
        </>
      )}
      {paints && (
        <SegmentedControl
          aria-label={t('edit.tools.mode')}
          data={[
            { value: 'paint', label: t('edit.tools.paint') },
            { value: 'erase', label: t('edit.tools.erase') },
          ]}
          value={brush.mode}
          onChange={(mode) => { stores.canvasView.setBrush({ mode: mode === 'erase' ? 'erase' : 'paint' }); }}
        />
      )}
    </div>
  );
}
