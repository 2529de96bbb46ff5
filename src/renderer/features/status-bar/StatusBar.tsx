import { Tooltip } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../i18n/format';
import { activeJobs } from '../../stores/jobs';
import { useEngine, useJobs, useLanguage } from '../../studio-context';
import classes from './StatusBar.module.css';

export function StatusBar() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { state, memoryBytes } = useEngine((status) => status);
  const queued = useJobs((jobs) => activeJobs(jobs.jobs).length);

  return (
    <footer className={`${classes.bar ?? ''} tabular`} aria-label={t('status.label')}>
      <span className={classes.item}>
        <span className={classes.lamp} data-state={state} aria-hidden="true" />
        {t(`status.engine.${state}`)}
      </span>
      {memoryBytes > 0 && <span className={classes.item}>{t('status.memory', { size: formatBytes(memoryBytes, language) })}</span>}
      <span className={classes.item}>{t('status.queue', { count: queued })}</span>
      <span className={classes.spring} />
      <Tooltip label={t('status.offlineHint')}>
        <span className={classes.item}>
          <IconShieldLock size={14} stroke={1.75} aria-hidden="true" className={classes.good} />
          {t('status.offline')}
        </span>
      </Tooltip>
    </footer>
  );
}
