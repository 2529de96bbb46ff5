import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reportError } from '../../commands/commands';
import { formatPercent } from '../../i18n/format';
import { newsBetween, type JobNews } from '../../stores/job-news';
import { StudioError } from '../../../shared/errors';
import { useLanguage, useStudio } from '../../studio-context';
import { toasts } from '../../ui/notify';

function sentence(t: TFunction, news: JobNews, language: string): string {
  const { prompt } = news.job.request;
  switch (news.type) {
    case 'started':
      return t('live.started', { prompt });
    case 'progress':
      return t('live.progress', { percent: formatPercent(news.fraction, language) });
    case 'finished':
      return t('live.finished', { prompt });
    case 'failed':
      return t('live.failed', { message: news.job.error?.message ?? '' });
    case 'cancelled':
      return t('live.cancelled');
  }
}

/** Says aloud what the eye sees happening, and shows a failure as a toast when its job is not on the stage. */
export function LiveRegion() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { stores } = useStudio();
  const [text, setText] = useState('');

  useEffect(
    () =>
      stores.jobs.subscribe((state, previous) => {
        if (!previous.isLoaded) return;
        for (const news of newsBetween(previous.jobs, state.jobs)) {
          setText(sentence(t, news, language));
          const { selection, screen } = stores.view.getState();
          const isSeen = screen === 'create' && selection?.kind === 'job' && selection.id === news.job.id;
          if (news.type === 'failed' && news.job.error !== null && !isSeen)
            reportError({ toasts, t }, StudioError.fromData(news.job.error));
        }
      }),
    [stores, t, language],
  );

  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {text}
    </div>
  );
}
