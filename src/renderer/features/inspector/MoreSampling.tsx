import { SegmentedControl } from '@mantine/core';
import type { ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';
import { NOISE_SOURCES } from '../../../shared/generation';
import { formatPercent } from '../../i18n/format';
import { effectiveValues } from '../../stores/draft-request';
import { useActiveModel, useDraft, useLanguage, useStudio } from '../../studio-context';
import { Disclosure } from '../../ui/Disclosure';
import { SliderField } from '../../ui/SliderField';
import form from '../../ui/Form.module.css';

type NoiseSource = (typeof NOISE_SOURCES)[number];

const PERCENT = 100;
const NOISE_KEYS = { cpu: 'sampling.noiseCpu', gpu: 'sampling.noiseGpu' } as const satisfies Record<NoiseSource, ParseKeys>;

const clamped = (value: number | null, fallback: number, max: number): number => Math.min(max, Math.max(0, value ?? fallback));

/** Where guidance ends, clip skip and whose noise: left alone by most, needed to make another program's picture again. */
export function MoreSampling() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { draft: store } = useStudio().stores;
  const draft = useDraft((state) => state.draft);
  const model = useActiveModel();
  if (model === null) return null;

  const hasCutoff = model.usesNegativePrompt && effectiveValues(draft, model).guidanceScale > 1;
  const clipSkip = Math.min(draft.clipSkip, model.maxClipSkip);
  const summary = [
    ...(hasCutoff && draft.guidanceCutoff < 1 ? [t('sampling.cutoffShort', { share: formatPercent(draft.guidanceCutoff, language) })] : []),
    ...(clipSkip > 0 ? [t('sampling.clipSkipShort', { count: clipSkip })] : []),
    ...(draft.noiseSource === 'cpu' ? [] : [t(NOISE_KEYS[draft.noiseSource])]),
  ].join(' · ');

  return (
    <Disclosure label={t('sampling.more')} summary={summary}>
      {hasCutoff && (
        <>
          <SliderField
            label={t('sampling.cutoff')}
            value={Math.round(draft.guidanceCutoff * PERCENT)}
            min={0}
            max={PERCENT}
            step={5}
            decimalSeparator={t('sampling.decimal')}
            error={null}
            onChange={(value) => { store.update({ guidanceCutoff: clamped(value, PERCENT, PERCENT) / PERCENT }); }}
          />
          <p className={form.note}>{t('sampling.cutoffNote')}</p>
        </>
      )}
      {model.maxClipSkip > 0 && (
        <SliderField
          label={t('sampling.clipSkip')}
          value={clipSkip}
          min={0}
          max={model.maxClipSkip}
          step={1}
          decimalSeparator={t('sampling.decimal')}
          error={null}
          onChange={(value) => { store.update({ clipSkip: clamped(value, 0, model.maxClipSkip) }); }}
        />
      )}
      <div className={form.field}>
        <span className={form.label}>{t('sampling.noise')}</span>
        <SegmentedControl
          aria-label={t('sampling.noise')}
          data={NOISE_SOURCES.map((value) => ({ value, label: t(NOISE_KEYS[value]) }))}
          value={draft.noiseSource}
          onChange={(noiseSource) => { store.update({ noiseSource }); }}
        />
      </div>
      <p className={form.note}>{t('sampling.noiseNote')}</p>
    </Disclosure>
  );
}
