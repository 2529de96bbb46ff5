import { Button, Modal, NumberInput, SegmentedControl, Select, Switch } from '@mantine/core';
import { IconPackageExport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { unknownExportTokens } from '../../../shared/export-name';
import { EXPORT_FORMATS, type ExportPlan } from '../../../shared/gallery';
import type { ImageId } from '../../../shared/ids';
import { useStudio } from '../../studio-context';
import classes from './Export.module.css';
import { NamePattern } from './NamePattern';

const FIRST: ExportPlan = { as: 'zip', format: 'original', longestSide: null, withRecipe: true, namePattern: '{name}' };
const SIZES = ['keep', 'limit'] as const;
const USUAL_SIDE = 1024;

/** Pictures as files for elsewhere: in one zip or a folder, as they are or converted, with or without their recipe. */
export function ExportDialog({ imageIds, onClose }: { imageIds: readonly ImageId[]; onClose(): void }) {
  const { t } = useTranslation();
  const { browse, stores } = useStudio();
  const [plan, setPlan] = useState<ExportPlan>(FIRST);
  const { window } = stores.browser;
  const example = window.imageAt(imageIds.map((id) => window.indexOfLoaded(id)).find((index) => index >= 0) ?? -1);
  const change = (patch: Partial<ExportPlan>): void => { setPlan((before) => ({ ...before, ...patch })); };
  return (
    <Modal opened onClose={onClose} title={t('gallery.export.title', { count: imageIds.length })} size="32rem" centered lockScroll={false} closeButtonProps={{ 'aria-label': t('gallery.close') }}>
      <div className={classes.form}>
        <SegmentedControl fullWidth aria-label={t('gallery.export.as')} value={plan.as} data={(['zip', 'folder'] as const).map((value) => ({ value, label: t(`gallery.export.kinds.${value}`) }))} onChange={(as) => { change({ as }); }} />
        <Select
          label={t('gallery.export.format')}
          value={plan.format}
          data={EXPORT_FORMATS.map((value) => ({ value, label: t(`gallery.export.formats.${value}`) }))}
          onChange={(value) => { change({ format: EXPORT_FORMATS.find((format) => format === value) ?? 'original' }); }}
        />
        <div className={classes.size}>
          <SegmentedControl
            aria-label={t('gallery.export.size')}
            value={plan.longestSide === null ? 'keep' : 'limit'}
            data={SIZES.map((value) => ({ value, label: t(`gallery.export.sizes.${value}`) }))}
            onChange={(value) => { change({ longestSide: value === 'keep' ? null : USUAL_SIDE }); }}
          />
          {plan.longestSide !== null && (
            <NumberInput className={classes.side} aria-label={t('gallery.export.longestSide')} value={plan.longestSide} min={16} max={16_384} allowDecimal={false} suffix=" px" onChange={(value) => { if (typeof value === 'number' && value >= 16 && value <= 16_384) change({ longestSide: value }); }} />
          )}
        </div>
        <Switch label={t('gallery.export.withRecipe')} description={t(plan.withRecipe ? 'gallery.export.recipeKept' : 'gallery.export.recipeLeft')} checked={plan.withRecipe} onChange={({ currentTarget }) => { change({ withRecipe: currentTarget.checked }); }} />
        <NamePattern plan={plan} image={example} total={imageIds.length} onChange={(namePattern) => { change({ namePattern }); }} />
        <div className={classes.buttons}>
          <Button size="xs" variant="default" onClick={onClose}>{t('gallery.cancel')}</Button>
          <Button size="xs" leftSection={<IconPackageExport size={16} stroke={1.6} aria-hidden="true" />} disabled={plan.namePattern.trim() === '' || unknownExportTokens(plan.namePattern).length > 0} onClick={() => { browse.exportPictures(imageIds, plan); }}>
            {t('gallery.export.start')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
