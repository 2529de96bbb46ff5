import { IconAlertTriangle } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { GalleryImage } from '../../shared/gallery';
import type { Recipe } from '../../shared/recipe';
import { formatBytes, formatDate, formatNumber, formatPercent, formatSeconds, formatSeed, formatSize } from '../i18n/format';
import { useLanguage } from '../studio-context';
import { FactList, type Fact } from './FactList';
import classes from './RecipeFacts.module.css';
import { useJudgementFacts } from './use-judgement-facts';

/** Settings that most recipes leave alone. */
function rareFacts({ guidanceCutoff, clipSkip, noiseSource, embeddings }: Recipe, t: TFunction, language: string): readonly Fact[] {
  return [
    ...(guidanceCutoff === undefined ? [] : [{ name: t('recipe.cutoff'), value: formatPercent(guidanceCutoff, language) }]),
    ...(clipSkip === undefined ? [] : [{ name: t('recipe.clipSkip'), value: formatNumber(clipSkip, language) }]),
    ...(noiseSource === 'gpu' ? [{ name: t('recipe.noise'), value: t('sampling.noiseGpu') }] : []),
    ...(embeddings === undefined ? [] : [{ name: t('recipe.embeddings'), value: embeddings.join(', '), isLong: true }]),
  ];
}

function useFacts(image: GalleryImage, recipe: Recipe): readonly Fact[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const { width, height, hires } = recipe;
  const judgement = useJudgementFacts(recipe);
  const seconds = Object.values(recipe.secondsByStage).reduce((sum, part) => sum + part, 0);
  const size = hires === undefined ? formatSize(image.width, image.height) : t('recipe.drawnAt', { width, height, scale: hires.scale });
  return [
    { name: t('recipe.prompt'), value: recipe.prompt, isLong: true },
    ...(recipe.negativePrompt === '' ? [] : [{ name: t('recipe.negative'), value: recipe.negativePrompt, isLong: true }]),
    { name: t('recipe.model'), value: recipe.model.name, isLong: true },
    { name: t('recipe.size'), value: size, isLong: hires !== undefined },
    { name: t('recipe.steps'), value: formatNumber(recipe.numInferenceSteps, language) },
    { name: t('recipe.guidance'), value: formatNumber(recipe.guidanceScale, language) },
    { name: t('recipe.scheduler'), value: recipe.scheduler.label },
    { name: t('recipe.seed'), value: formatSeed(recipe.seed) },
    ...rareFacts(recipe, t, language),
    { name: t('recipe.time'), value: formatSeconds(seconds, language) },
    ...(recipe.peakMemoryBytes > 0 ? [{ name: t('recipe.memory'), value: formatBytes(recipe.peakMemoryBytes, language) }] : []),
    { name: t('recipe.made'), value: formatDate(image.createdAt, language) },
    { name: t('recipe.file'), value: image.fileName, isLong: true },
    ...judgement.map((fact) => ({ ...fact, isLong: true })),
  ];
}

function Facts({ image, recipe }: { image: GalleryImage; recipe: Recipe }) {
  const { t } = useTranslation();
  const facts = useFacts(image, recipe);
  return (
    <>
      {recipe.warnings.length > 0 && (
        <ul className={classes.notes} aria-label={t('recipe.notes')}>
          {recipe.warnings.map((warning) => (
            <li key={warning}>
              <IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />
              <span>{warning}</span>
            </li>
          ))}
        </ul>
      )}
      <FactList facts={facts} />
    </>
  );
}

/** How a picture was made, in the order one would make it again. */
export function RecipeFacts({ image }: { image: GalleryImage }) {
  const { t } = useTranslation();
  return image.recipe === null ? <p className={classes.none}>{t('recipe.none')}</p> : <Facts image={image} recipe={image.recipe} />;
}
