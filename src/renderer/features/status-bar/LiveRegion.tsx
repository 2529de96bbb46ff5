import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reportError } from '../../commands/commands';
import { formatPercent } from '../../i18n/format';
import { formatAmount } from '../../i18n/format-credits';
import { refusalText } from '../../i18n/licence-text';
import { refusedFor, shortageText } from '../../price/shortage';
import type { CreditsStoreState } from '../../stores/credits';
import { newsBetween, type JobNews } from '../../stores/job-news';
import { StudioError } from '../../../shared/errors';
import { useLanguage, useStudio, type StudioContextValue } from '../../studio-context';
import { toasts } from '../../ui/notify';

interface Voice {
  readonly t: TFunction;
  readonly language: string;
}

function sentence({ t, language }: Voice, news: JobNews): string {
  const { prompt } = news.job.request;
  switch (news.type) {
    case 'started':
      return t('live.started', { prompt });
    case 'progress':
      return t('live.progress', { percent: formatPercent(news.fraction, language) });
    case 'finished':
      return t('live.finished', { prompt });
    case 'failed': {
      const shortage = refusedFor(news.job.error);
      return t('live.failed', { message: shortage === null ? (refusalText(t, news.job.error) ?? news.job.error?.message ?? '') : shortageText(t, language, shortage) });
    }
    case 'cancelled':
      return t('live.cancelled');
  }
}

function priceSentence({ t, language }: Voice, { pictures, price, charged }: NonNullable<CreditsStoreState['lastClosed']>): string {
  if (charged === 0) return t('credits.live.free', { amount: formatAmount(price, language) });
  return t('credits.live.charged', { count: pictures, amount: formatAmount(charged, language) });
}

/** A failure as a toast, when its job is not on the stage; what was too dear comes with the way to the plan. */
function showFailure({ stores, commands }: StudioContextValue, { job }: JobNews, { t, language }: Voice): void {
  const { selection, screen } = stores.view.getState();
  const isSeen = screen === 'create' && selection?.kind === 'job' && selection.id === job.id;
  if (job.error === null || isSeen) return;
  const shortage = refusedFor(job.error);
  if (shortage === null) reportError({ toasts, t }, StudioError.fromData(job.error));
  else
    toasts.show({
      tone: 'error',
      title: t(`errors.title.${job.error.code}`),
      message: shortageText(t, language, shortage),
      action: { label: t('credits.fit.change'), run: commands.showPlan },
    });
}

/** Says aloud what the eye sees happening: how far a picture is, and what it cost. */
export function LiveRegion() {
  const { t } = useTranslation();
  const language = useLanguage();
  const studio = useStudio();
  const [text, setText] = useState('');

  useEffect(
    () =>
      studio.stores.jobs.subscribe((state, previous) => {
        if (!previous.isLoaded) return;
        for (const news of newsBetween(previous.jobs, state.jobs)) {
          setText(sentence({ t, language }, news));
          if (news.type === 'failed') showFailure(studio, news, { t, language });
        }
      }),
    [studio, t, language],
  );

  useEffect(
    () =>
      studio.stores.credits.subscribe(({ lastClosed }, previous) => {
        // Comes right behind the end of its job, and is said with it.
        if (lastClosed === null || lastClosed === previous.lastClosed || lastClosed.pictures === 0) return;
        setText((said) => `${said}. ${priceSentence({ t, language }, lastClosed)}`);
      }),
    [studio, t, language],
  );

  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {text}
    </div>
  );
}
