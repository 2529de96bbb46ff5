import { Button } from '@mantine/core';
import { IconClockPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { pausedJobs } from '../../stores/jobs';
import { useJobs, useStudio } from '../../studio-context';
import classes from './KeptJobs.module.css';

/** What was still to be made when the studio closed or fell over: nothing of it runs before the person says so. */
export function KeptJobs() {
  const { t } = useTranslation();
  const { commands } = useStudio();
  const count = useJobs((state) => pausedJobs(state.jobs).length);
  if (count === 0) return null;
  return (
    <section className={classes.bar} aria-label={t('kept.label')}>
      <IconClockPause size={18} stroke={1.6} aria-hidden="true" />
      <span role="status">{t('kept.waiting', { count })}</span>
      <span className={classes.spring} />
      <Button size="xs" onClick={() => { commands.resumeKept(); }}>{t('kept.run', { count })}</Button>
      <Button size="xs" variant="default" onClick={() => { commands.removeKept(); }}>{t('kept.remove', { count })}</Button>
    </section>
  );
}
