import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/job';
import { useStudio } from '../../studio-context';
import classes from './Stage.module.css';

export function FailedJob({ job }: { job: Job }) {
  const { t } = useTranslation();
  const { commands } = useStudio();
  return (
    <div className={classes.message}>
      <IconAlertTriangle size={28} stroke={1.5} aria-hidden="true" />
      <h1>{job.error === null ? t('stage.failedTitle') : t(`errors.title.${job.error.code}`)}</h1>
      <p>{job.error?.message}</p>
      <div className={classes.buttons}>
        <Button size="sm" variant="default" onClick={() => { commands.retry(job); }}>
          {t('stage.tryAgain')}
        </Button>
        <Button size="sm" variant="subtle" onClick={() => { commands.dismiss(job); }}>
          {t('stage.dismiss')}
        </Button>
      </div>
    </div>
  );
}
