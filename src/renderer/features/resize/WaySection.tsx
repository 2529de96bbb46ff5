import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { WAYS, type Way } from '../../stores/resize-form';
import { useResize, useStudio } from '../../studio-context';
import { Section } from '../../ui/Section';
import { FrameFields } from './FrameFields';
import { ModelFields } from './ModelFields';
import classes from './Resize.module.css';
import { ResampleFields } from './ResampleFields';

function Fields({ way }: { readonly way: Way }) {
  switch (way) {
    case 'model':
      return <ModelFields />;
    case 'resample':
      return <ResampleFields />;
    case 'crop':
      return <FrameFields hasFit />;
    case 'extend':
      return <FrameFields hasFit={false} />;
  }
}

/** The four ways to another size, each with its own few choices. */
export function WaySection() {
  const { t } = useTranslation();
  const { resize } = useStudio().stores;
  const way = useResize((state) => state.form.way);
  const choose = (value: string): void => {
    const next = WAYS.find((known) => known === value);
    if (next !== undefined) resize.update({ way: next });
  };
  return (
    <Section title={t('resize.way.section')}>
      <Radio.Group aria-label={t('resize.way.label')} value={way} onChange={choose}>
        <div className={classes.ways}>
          {WAYS.map((id) => (
            <Radio.Card key={id} value={id} className={classes.way} aria-label={`${t(`resize.way.${id}`)}: ${t(`resize.way.${id}Hint`)}`}>
              <Radio.Indicator size="xs" />
              <b>{t(`resize.way.${id}`)}</b>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      <p className={classes.note}>{t(`resize.way.${way}Hint`)}</p>
      <Fields way={way} />
    </Section>
  );
}
