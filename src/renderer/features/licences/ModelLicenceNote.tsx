import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LICENCE_IDS, LicenceId, licenceRecord } from '../../../shared/licences/licence-record';
import { verdict } from '../../../shared/licences/verdict';
import type { ModelSummary } from '../../../shared/model';
import { formatDate } from '../../i18n/format';
import { licenceTitle } from '../../i18n/licence-text';
import { useLanguage, useLicences, useSettings, useStudio } from '../../studio-context';
import classes from './Licences.module.css';

const AS_STATED = 'as-stated';

/** Under which licence a model comes, who says so, and what that means for this user. */
export function ModelLicenceNote({ model }: { model: ModelSummary }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { commands } = useStudio();
  const profile = useSettings((state) => state.userProfile);
  const known = useLicences((state) => state.licences.find(({ modelId }) => modelId === model.id));
  if (known === undefined) return null;
  const { licence, source, stated, usual, acceptedAt, needsAcceptance } = known;
  const { outcome, reason } = verdict(licenceRecord(licence), profile);
  const mayChoose = !model.builtin && (source === 'none' || source === 'chosen' || licence === 'other');

  return (
    <span className={classes.model}>
      <span>
        {licenceTitle(t, licence, stated)} <span className={classes.source}>({t(`licences.model.source.${source}`)})</span>
      </span>
      <span className={classes.answer} data-outcome={outcome}>{t(`licences.verdict.${reason}`)}</span>
      {usual !== null && <span className={classes.answer}>{t('licences.model.usual', { licence: licenceTitle(t, usual) })}</span>}
      {acceptedAt !== null && <span className={classes.answer}>{t('licences.model.accepted', { date: formatDate(Date.parse(acceptedAt), language) })}</span>}
      {needsAcceptance && outcome !== 'refused' && <span className={classes.answer}>{t('licences.model.notAccepted')}</span>}
      {mayChoose && (
        <Select
          className={classes.choice ?? ''}
          aria-label={t('licences.model.choose', { model: model.name })}
          data={[{ value: AS_STATED, label: t('licences.model.unset') }, ...LICENCE_IDS.filter((id) => id !== 'unknown' && id !== 'other').map((value) => ({ value, label: licenceTitle(t, value) }))]}
          value={source === 'chosen' ? licence : AS_STATED}
          onChange={(value) => {
            const chosen = LicenceId.safeParse(value);
            commands.chooseLicence(model.id, chosen.success ? chosen.data : null);
          }}
        />
      )}
    </span>
  );
}
