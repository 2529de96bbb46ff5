import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelSummary } from '../../../shared/model';
import { formatBytes, formatNumber } from '../../i18n/format';
import { useLanguage, useStudio } from '../../studio-context';
import classes from './Models.module.css';

function useFacts(model: ModelSummary): readonly (readonly [string, string])[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const { min, max, multipleOf } = model.size;
  return [
    [t('models.tasks'), model.tasks.map((task) => t(`models.task.${task}`)).join(', ')],
    [t('models.size'), min === max ? t('models.sizeFixed', { size: min }) : t('models.sizeRange', { min, max, multipleOf })],
    [t('models.memory'), formatBytes(model.estimatedMemoryBytes, language)],
    [t('models.disk'), formatBytes(model.diskBytes, language)],
  ];
}

export interface ModelCardProps {
  readonly model: ModelSummary;
  readonly isActive: boolean;
  readonly licence: ReactNode;
}

export function ModelCard({ model, isActive, licence }: ModelCardProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { commands } = useStudio();
  const headingId = useId();
  const facts = useFacts(model);
  const description = model.description[language === 'nl' ? 'nl' : 'en'];

  return (
    <li className={classes.model} aria-labelledby={headingId}>
      <div className={classes.about}>
        <h2 id={headingId} className={classes.name}>
          {model.name}
        </h2>
        <p className={classes.family}>{[model.family, ...(model.builtin ? [t('models.builtin')] : [])].join(' · ')}</p>
        {description !== '' && <p className={classes.description}>{description}</p>}
        {model.hires !== null && (
          <p className={classes.description}>
            {t('models.enlarges', { scale: formatNumber(model.hires.scale, language), upscaler: model.hires.upscaler })}.
          </p>
        )}
        {model.problem !== null && (
          <p className={classes.problem}>
            <IconAlertTriangle size={15} stroke={1.75} aria-hidden="true" />
            <span>
              <b>{t('models.unusable')}.</b> {model.problem}
            </span>
          </p>
        )}
      </div>
      {model.problem === null && (
        <dl className={classes.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          <div>
            <dt>{t('models.licence')}</dt>
            <dd>{licence}</dd>
          </div>
        </dl>
      )}
      <div className={classes.choice}>
        {model.problem === null &&
          (isActive ? (
            <span className={classes.inUse}>
              <IconCheck size={16} stroke={2} aria-hidden="true" /> {t('models.inUse')}
            </span>
          ) : (
            <Button
              size="xs"
              variant="default"
              aria-describedby={headingId}
              onClick={() => { commands.useModel(model); }}
            >
              {t('models.use')}
            </Button>
          ))}
      </div>
    </li>
  );
}
