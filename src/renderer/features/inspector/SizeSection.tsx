import { NumberInput } from '@mantine/core';
import { IconArrowsLeftRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatSize } from '../../i18n/format';
import { problemText } from '../../i18n/problem-text';
import { effectiveValues, type DraftField } from '../../stores/draft-request';
import { aspectOf, aspectsFor, hasFixedSize, sizeFor } from '../../stores/sizes';
import { useActiveModel, useDraft, useStudio } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import { Section } from '../../ui/Section';
import { ShapePicker } from './ShapePicker';
import form from '../../ui/Form.module.css';

export function SizeSection() {
  const { t } = useTranslation();
  const { draft: store } = useStudio().stores;
  const draft = useDraft((state) => state.draft);
  const problems = useDraft((state) => state.problems);
  const model = useActiveModel();
  if (model === null) return null;

  const size = effectiveValues(draft, model);

  const side = (field: Extract<DraftField, 'width' | 'height'>) => (
    <NumberInput
      aria-label={t(`size.${field}`)}
      leftSection={<span aria-hidden="true">{t(`size.${field}Short`)}</span>}
      value={size[field]}
      min={model.size.min}
      max={model.size.max}
      step={model.size.multipleOf}
      clampBehavior="none"
      allowDecimal={false}
      allowNegative={false}
      error={problemText(t, problems[field])}
      errorProps={{ role: 'alert' }}
      onChange={(next) => { store.update({ [field]: typeof next === 'number' ? next : null }); }}
    />
  );

  return (
    <Section title={t('size.section')} summary={formatSize(size.width, size.height)} hasProblem={problems.width !== undefined || problems.height !== undefined}>
      {hasFixedSize(model) ? (
        <p className={form.note}>{t('size.fixed', { size: formatSize(size.width, size.height) })}</p>
      ) : (
        <>
          <ShapePicker
            label={t('size.aspect')}
            options={aspectsFor(model)}
            value={aspectOf(size, model)}
            onChange={(aspect) => { store.update(sizeFor(aspect, model)); }}
          />
          <div className={form.row}>
            {side('width')}
            <IconButton
              label={t('size.swap')}
              icon={IconArrowsLeftRight}
              onClick={() => { store.update({ width: size.height, height: size.width }); }}
            />
            {side('height')}
          </div>
        </>
      )}
    </Section>
  );
}
