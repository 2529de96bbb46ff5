import { IconCheck, IconPointFilled, IconX, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { licenceRecord, type LicenceId } from '../../../shared/licences/licence-record';
import classes from './Licences.module.css';

function Terms({ title, words, icon: Glyph, tone }: { title: string; words: readonly string[]; icon: Icon; tone: 'may' | 'mayNot' | 'must' }) {
  if (words.length === 0) return null;
  return (
    <section>
      <h3 className={classes.heading}>{title}</h3>
      <ul className={classes.terms} data-tone={tone}>
        {words.map((word) => (
          <li key={word}>
            <Glyph size={15} stroke={2} aria-hidden="true" />
            <span>{word}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a licence allows, rules out and asks, in plain words. */
export function LicenceTerms({ licence }: { licence: LicenceId }) {
  const { t } = useTranslation();
  const { may, mayNot, must } = licenceRecord(licence);
  return (
    <div className={classes.columns}>
      <Terms title={t('licences.first.may')} words={may.map((term) => t(`licences.may.${term}`))} icon={IconCheck} tone="may" />
      <Terms title={t('licences.first.mayNot')} words={mayNot.map((term) => t(`licences.mayNot.${term}`))} icon={IconX} tone="mayNot" />
      <Terms title={t('licences.first.must')} words={must.map((term) => t(`licences.must.${term}`))} icon={IconPointFilled} tone="must" />
    </div>
  );
}
