import { Tooltip } from '@mantine/core';
import { IconCoins, IconShieldLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../i18n/format';
import { formatAmount } from '../../i18n/format-credits';
import { activeJobs } from '../../stores/jobs';
import { useCredits, useEngine, useJobs, useLanguage, useStudio } from '../../studio-context';
import classes from './StatusBar.module.css';

/** What is left to spend; the way to the account. */
function Balance() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { stores } = useStudio();
  const overview = useCredits((state) => state.overview);
  if (overview === null) return null;
  const { balance } = overview.state;
  return (
    <Tooltip label={t('credits.status.hint')}>
      <button type="button" className={classes.link} onClick={() => { stores.view.show('credits'); }}>
        <IconCoins size={14} stroke={1.75} aria-hidden="true" />
        {balance === null ? t('credits.status.unlimited') : t('credits.status.balance', { amount: formatAmount(balance, language) })}
      </button>
    </Tooltip>
  );
}

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
      <Balance />
      <Tooltip label={t('status.offlineHint')}>
        <span className={classes.item}>
          <IconShieldLock size={14} stroke={1.75} aria-hidden="true" className={classes.good} />
          {t('status.offline')}
        </span>
      </Tooltip>
    </footer>
  );
}
