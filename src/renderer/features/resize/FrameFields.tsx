import { ColorInput, Select, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '../../../shared/limits';
import { GRAVITIES } from '../../../shared/resize/settings';
import type { Fill, Fit } from '../../stores/resize-form';
import { useResize, useStudio } from '../../studio-context';

const FITS = ['cover', 'contain', 'canvas'] as const satisfies readonly Fit[];
const FILLS = ['blur', 'colour', 'transparent'] as const satisfies readonly Fill[];

/** Where the picture lies in its new frame, and what the rest of the frame holds. */
export function FrameFields({ hasFit }: { readonly hasFit: boolean }) {
  const { t } = useTranslation();
  const { resize } = useStudio().stores;
  const { fit, gravity, fill, colour, prompt } = useResize((state) => state.form);
  return (
    <>
      {hasFit && (
        <Select
          label={t('resize.way.fit')}
          data={FITS.map((value) => ({ value, label: t(`resize.way.fits.${value}`) }))}
          value={fit}
          allowDeselect={false}
          onChange={(value) => {
            const next = FITS.find((known) => known === value);
            if (next !== undefined) resize.update({ fit: next });
          }}
        />
      )}
      <Select
        label={t('resize.way.place')}
        data={GRAVITIES.map((value) => ({ value, label: t(`resize.way.places.${value}`) }))}
        value={gravity}
        allowDeselect={false}
        onChange={(value) => {
          const next = GRAVITIES.find((known) => known === value);
          if (next !== undefined) resize.update({ gravity: next });
        }}
      />
      {hasFit && fit !== 'cover' && (
        <Select
          label={t('resize.way.fill')}
          data={FILLS.map((value) => ({ value, label: t(`resize.way.fills.${value}`) }))}
          value={fill}
          allowDeselect={false}
          onChange={(value) => {
            const next = FILLS.find((known) => known === value);
            if (next !== undefined) resize.update({ fill: next });
          }}
        />
      )}
      {hasFit && fit !== 'cover' && fill === 'colour' && (
        <ColorInput
          label={t('resize.way.colour')}
          format="hex"
          value={colour}
          onChange={(value) => { if (/^#[0-9a-f]{6}$/i.test(value)) resize.update({ colour: value.toLowerCase() }); }}
        />
      )}
      {!hasFit && (
        <Textarea label={t('resize.way.prompt')} autosize minRows={2} maxRows={4} maxLength={LIMITS.promptLength} value={prompt} onChange={({ currentTarget }) => { resize.update({ prompt: currentTarget.value }); }} />
      )}
    </>
  );
}
