import { SegmentedControl, Select, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FILLS, type CanvasDocument } from '../../../shared/canvas-document';
import { formatPercent } from '../../i18n/format';
import { useLanguage } from '../../studio-context';
import { Section } from '../../ui/Section';
import { SliderField } from '../../ui/SliderField';
import { useEditSettings } from './use-edit-settings';
import form from '../../ui/Form.module.css';

const MAX_PADDING = 1024;
const SLIDER_PADDING = 256;
const MAX_GROW = 256;
const SLIDER_GROW = 64;

/** How strongly the marked part changes, what it starts from, and how much around it the model sees. */
export function AreaSection({ document }: { document: CanvasDocument }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { set } = useEditSettings();
  const { strength, fill, area, padding, grow, colourMatch } = document.settings;
  const decimalSeparator = t('sampling.decimal');

  return (
    <Section title={t('edit.form.how')} summary={`${formatPercent(strength, language)} · ${t(`edit.fills.${fill}`)}`}>
      <SliderField
        label={t('edit.form.strength')}
        value={strength}
        min={0}
        max={1}
        step={0.05}
        decimalSeparator={decimalSeparator}
        error={null}
        onChange={(value) => { if (value !== null) set({ strength: Math.min(1, value) }); }}
      />
      <div className={form.field}>
        <span className={form.label}>{t('edit.form.fill')}</span>
        <Select
          aria-label={t('edit.form.fill')}
          data={FILLS.map((name) => ({ value: name, label: t(`edit.fills.${name}`) }))}
          value={fill}
          onChange={(value) => {
            const chosen = FILLS.find((name) => name === value);
            if (chosen !== undefined) set({ fill: chosen });
          }}
        />
      </div>
      <SegmentedControl
        aria-label={t('edit.form.area')}
        fullWidth
        data={[
          { value: 'masked', label: t('edit.form.masked') },
          { value: 'whole', label: t('edit.form.whole') },
        ]}
        value={area}
        onChange={(value) => { set({ area: value === 'whole' ? 'whole' : 'masked' }); }}
      />
      {area === 'masked' && (
        <SliderField
          label={t('edit.form.padding')}
          value={padding}
          min={0}
          max={MAX_PADDING}
          sliderMax={SLIDER_PADDING}
          step={1}
          decimalSeparator={decimalSeparator}
          error={null}
          onChange={(value) => { if (value !== null) set({ padding: Math.min(MAX_PADDING, Math.round(value)) }); }}
        />
      )}
      <SliderField
        label={t('edit.form.grow')}
        value={grow}
        min={0}
        max={MAX_GROW}
        sliderMax={SLIDER_GROW}
        step={1}
        decimalSeparator={decimalSeparator}
        error={null}
        onChange={(value) => { if (value !== null) set({ grow: Math.min(MAX_GROW, Math.round(value)) }); }}
      />
      <Switch label={t('edit.form.colourMatch')} checked={colourMatch} onChange={(event) => { set({ colourMatch: event.currentTarget.checked }); }} />
    </Section>
  );
}
