import { useTranslation } from 'react-i18next';
import type { ForeignSettings } from '../../shared/gallery';
import { formatNumber, formatSeed, formatSize } from '../i18n/format';
import { useLanguage } from '../studio-context';
import { FactList, type Fact } from './FactList';
import classes from './RecipeFacts.module.css';

function useForeignFacts(settings: ForeignSettings): readonly Fact[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const { prompt, negativePrompt, modelName, modelHash, seed, numInferenceSteps, guidanceScale, sampler, width, height, strength } = settings;
  const fact = (name: string, value: string | null, isLong = false): readonly Fact[] => (value === null || value === '' ? [] : [{ name, value, isLong }]);
  const number = (value: number | null): string | null => (value === null ? null : formatNumber(value, language));
  return [
    ...fact(t('recipe.prompt'), prompt, true),
    ...fact(t('recipe.negative'), negativePrompt, true),
    ...fact(t('recipe.model'), modelHash === null || modelName === null ? (modelName ?? modelHash) : `${modelName} (${modelHash})`, true),
    ...fact(t('recipe.size'), width === null || height === null ? null : formatSize(width, height)),
    ...fact(t('recipe.steps'), number(numInferenceSteps)),
    ...fact(t('recipe.guidance'), number(guidanceScale)),
    ...fact(t('gallery.details.sampler'), sampler),
    ...fact(t('recipe.seed'), seed === null ? null : formatSeed(seed)),
    ...fact(t('gallery.details.strength'), number(strength)),
  ];
}

/** What another program wrote into a picture, and everything of it that this studio has no field for. */
export function ForeignFacts({ settings }: { settings: ForeignSettings }) {
  const { t } = useTranslation();
  const facts = useForeignFacts(settings);
  return (
    <>
      <FactList facts={facts} />
      {settings.unknown.length > 0 && (
        <details className={classes.unknown}>
          <summary>{t('gallery.details.unknown', { count: settings.unknown.length })}</summary>
          <FactList facts={settings.unknown.map(({ key, value }) => ({ name: key, value, isLong: value.length > 24 }))} />
        </details>
      )}
    </>
  );
}
