import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCoins } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/job';
import { ChangePlanButton } from '../../price/ChangePlanButton';
import { refusalText } from '../../i18n/licence-text';
import { refusedFor, shortageText } from '../../price/shortage';
import { useLanguage, useStudio } from '../../studio-context';
import classes from './Stage.module.css';

/** Why there is no picture, and the way out. */
export function FailedJob({ job }: { job: Job }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { commands } = useStudio();
  const shortage = refusedFor(job.error);
  const Glyph = shortage === null ? IconAlertTriangle : IconCoins;
  return (
    <div className={classes.message}>
      <Glyph size={28} stroke={1.5} aria-hidden="true" />
      <h1>{job.error === null ? t('stage.failedTitle') : t(`errors.title.${job.error.code}`)}</h1>
      <p>{shortage === null ? (refusalText(t, job.error) ?? job.error?.message) : shortageText(t, language, shortage)}</p>
      <div className={classes.buttons}>
        {shortage !== null && shortage.fits > 0 && (
          <Button size="sm" variant="default" onClick={() => { commands.retry(job, shortage.fits); }}>
            {t('credits.fit.make', { count: shortage.fits })}
          </Button>
        )}
        {shortage !== null && <ChangePlanButton size="sm" variant="default" />}
        <Button size="sm" variant={shortage === null ? 'default' : 'subtle'} onClick={() => { commands.retry(job); }}>
          {t('stage.tryAgain')}
        </Button>
        <Button size="sm" variant="subtle" onClick={() => { commands.dismiss(job); }}>
          {t('stage.dismiss')}
        </Button>
      </div>
    </div>
  );
}
