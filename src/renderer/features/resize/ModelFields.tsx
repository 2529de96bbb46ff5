import { Button, Checkbox, Select, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '../../../shared/limits';
import { RESIZE_LIMITS } from '../../../shared/resize/size-target';
import { reportError } from '../../commands/commands';
import { pickUpscaler } from '../../stores/resize';
import { useActiveModel, useLanguage, useResize, useStudio } from '../../studio-context';
import { toasts } from '../../ui/notify';
import { SliderField } from '../../ui/SliderField';
import classes from './Resize.module.css';
import { UpscalerQuestions } from './UpscalerQuestions';

/** The second stage: image to image of low strength over the enlarged picture. */
function CreativeFields() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { resize } = useStudio().stores;
  const model = useActiveModel();
  const { isCreative, strength, prompt } = useResize((state) => state.form);
  if (model?.tasks.includes('img2img') !== true) return null;
  return (
    <>
      <Checkbox
        size="xs"
        label={t('resize.way.creative')}
        description={t('resize.way.creativeHint')}
        checked={isCreative}
        onChange={({ currentTarget }) => { resize.update({ isCreative: currentTarget.checked }); }}
      />
      {isCreative && (
        <>
          <SliderField
            label={t('resize.way.strength')}
            value={strength}
            {...RESIZE_LIMITS.strength}
            step={0.05}
            decimalSeparator={language === 'nl' ? ',' : '.'}
            error={null}
            onChange={(value) => { if (value !== null && value >= RESIZE_LIMITS.strength.min && value <= RESIZE_LIMITS.strength.max) resize.update({ strength: value }); }}
          />
          <Textarea label={t('resize.way.prompt')} autosize minRows={2} maxRows={4} maxLength={LIMITS.promptLength} value={prompt} onChange={({ currentTarget }) => { resize.update({ prompt: currentTarget.value }); }} />
        </>
      )}
    </>
  );
}

/** Which network enlarges. */
export function ModelFields() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { resize } = useStudio().stores;
  const upscalers = useResize((state) => state.upscalers);
  const chosen = useResize((state) => pickUpscaler(state.upscalers, state.form.upscalerId));
  const problems = upscalers.flatMap(({ problem }) => problem ?? []);
  const about = chosen?.description[language === 'nl' ? 'nl' : 'en'] ?? '';
  return (
    <>
      {chosen === null ? (
        <p className={classes.note}>{t('resize.way.noUpscaler')}</p>
      ) : (
        <Select
          label={t('resize.way.upscaler')}
          data={upscalers.filter(({ problem }) => problem === null).map(({ id, name, scale }) => ({ value: id, label: `${name} ×${String(scale)}` }))}
          value={chosen.id}
          allowDeselect={false}
          onChange={(value) => {
            const next = upscalers.find(({ id }) => id === value);
            if (next !== undefined) resize.update({ upscalerId: next.id });
          }}
        />
      )}
      {about !== '' && <p className={classes.note}>{about}</p>}
      {chosen !== null && chosen.questions.length > 0 && <UpscalerQuestions upscaler={chosen} />}
      {problems.map((problem) => <p key={problem} className={classes.problem}>{problem}</p>)}
      <Button className={classes.quiet ?? ''} size="compact-xs" variant="subtle" onClick={() => { resize.openUpscalersFolder().catch((caught: unknown) => { reportError({ toasts, t }, caught); }); }}>
        {t('resize.way.folder')}
      </Button>
      <CreativeFields />
    </>
  );
}
