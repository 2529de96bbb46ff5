import { useTranslation } from 'react-i18next';
import type { PlannedResize } from '../../../shared/resize/contract';
import { formatDuration, formatSize } from '../../i18n/format';
import { useLanguage } from '../../studio-context';
import { Section } from '../../ui/Section';
import { planText, resizeProblemText } from './plan-text';
import classes from './Resize.module.css';

/** What will be done, how long it takes here, and what stands in the way. */
export function PlanSection({ planned }: { readonly planned: PlannedResize | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Section title={t('resize.plan.section')}>
      <div role="status" className={classes.plan}>
        {planned === null ? (
          <p className={classes.note}>{t('resize.plan.fill')}</p>
        ) : (
          <>
            <p className={classes.sentence}>{planText(t, planned.plan, language)}</p>
            <p className={`${classes.note ?? ''} tabular`}>
              {t('resize.plan.size', { from: formatSize(planned.source.width, planned.source.height), to: formatSize(planned.plan.outputSize.width, planned.plan.outputSize.height) })}
              {' · '}
              {planned.seconds === null ? t('resize.plan.unknownTime') : t('resize.plan.time', { time: formatDuration(planned.seconds, language) })}
            </p>
            {planned.plan.problems.map((problem) => (
              <p key={problem.code} className={problem.isBlocking ? classes.problem : classes.hint}>
                {resizeProblemText(t, problem)}
              </p>
            ))}
          </>
        )}
      </div>
    </Section>
  );
}
