import { IconArrowsDiff, IconColumns2, IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { editKeys } from '../../commands/edit-shortcuts';
import { formatNumber, formatPercent } from '../../i18n/format';
import { useCanvasView, useLanguage, useStudio } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import classes from './Staging.module.css';

/** A result against what it came from: hold to see the original, a divider to drag, and the pixels that differ. */
export function CompareButtons() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { stores, isMac } = useStudio();
  const { canvasView } = stores;
  const { divider, isHoldingBefore, isChangedShown, measured } = useCanvasView((state) => state);
  const hold = (isHoldingBefore: boolean) => () => { canvasView.update({ isHoldingBefore }); };

  return (
    <div className={classes.compare}>
      <IconButton
        label={t('edit.staging.hold')}
        icon={IconHistory}
        variant={isHoldingBefore ? 'light' : 'subtle'}
        {...editKeys('compare', isMac)}
        onPointerDown={hold(true)}
        onPointerUp={hold(false)}
        onPointerLeave={hold(false)}
        // From the keyboard a press switches, because it cannot be held there.
        onClick={(event) => { if (event.detail === 0) canvasView.update({ isHoldingBefore: !isHoldingBefore }); }}
        aria-pressed={isHoldingBefore}
      />
      <IconButton
        label={t('edit.staging.divider')}
        icon={IconColumns2}
        variant={divider === null ? 'subtle' : 'light'}
        aria-pressed={divider !== null}
        onClick={() => { canvasView.update({ divider: divider === null ? 0.5 : null }); }}
      />
      {divider !== null && (
        <input
          type="range"
          className={classes.range}
          aria-label={t('edit.staging.position')}
          min={0}
          max={1}
          step={0.01}
          value={divider}
          onChange={(event) => { canvasView.update({ divider: event.currentTarget.valueAsNumber }); }}
        />
      )}
      <IconButton
        label={t('edit.staging.changed')}
        icon={IconArrowsDiff}
        variant={isChangedShown ? 'light' : 'subtle'}
        aria-pressed={isChangedShown}
        {...editKeys('changed', isMac)}
        onClick={() => { canvasView.update({ isChangedShown: !isChangedShown, measured: null }); }}
      />
      {isChangedShown && measured !== null && (
        <span className={`${classes.measured ?? ''} tabular`} role="status">
          {t('edit.staging.measured', { percent: formatPercent(measured.changed / Math.max(1, measured.total), language), pixels: formatNumber(measured.changed, language) })}
        </span>
      )}
    </div>
  );
}
