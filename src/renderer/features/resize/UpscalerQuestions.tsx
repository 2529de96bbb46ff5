import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { UpscalerTraits, type UpscalerQuestion, type UpscalerSummary } from '../../../shared/resize/upscaler';
import { reportError } from '../../commands/commands';
import { useStudio } from '../../studio-context';
import { toasts } from '../../ui/notify';
import classes from './Resize.module.css';

const ANSWERS: Readonly<Record<UpscalerQuestion, readonly string[]>> = { layout: ['nchw', 'nhwc'], range: ['1', '255'], order: ['rgb', 'bgr'] };

/** What neither the file nor a trial told: asked once, beside the preview that shows the answer. */
export function UpscalerQuestions({ upscaler }: { readonly upscaler: UpscalerSummary }) {
  const { t } = useTranslation();
  const { resize } = useStudio().stores;
  const answer = (question: UpscalerQuestion, value: string): void => {
    const traits = UpscalerTraits.parse({ ...upscaler.traits, [question]: question === 'range' ? Number(value) : value });
    resize.answer(upscaler.id, traits).catch((caught: unknown) => { reportError({ toasts, t }, caught); });
  };
  return (
    <fieldset className={classes.questions}>
      <legend>{t('resize.ask.title', { name: upscaler.name })}</legend>
      <p className={classes.note}>{t('resize.ask.lead')}</p>
      {upscaler.questions.map((question) => (
        <Select
          key={question}
          label={t(`resize.ask.${question}`)}
          data={ANSWERS[question].map((value) => ({ value, label: value.toUpperCase() }))}
          value={String(upscaler.traits[question])}
          allowDeselect={false}
          onChange={(value) => { if (value !== null) answer(question, value); }}
        />
      ))}
    </fieldset>
  );
}
