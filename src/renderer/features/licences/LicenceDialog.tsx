import { Button, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { modelOfRequest, type Job } from '../../../shared/job';
import type { ModelLicence } from '../../../shared/licences/licence-contract';
import { licenceRecord } from '../../../shared/licences/licence-record';
import { jobsToAgree } from '../../commands/licence-commands';
import { licenceTitle, verdictText } from '../../i18n/licence-text';
import { useJobs, useLicences, useModels, useSettings, useStudio } from '../../studio-context';
import { LicenceTerms } from './LicenceTerms';
import classes from './Licences.module.css';

/** The licence's own words, read when they are asked for. */
function FullText({ licence }: { licence: ModelLicence }) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const [text, setText] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const { link } = licenceRecord(licence.licence);

  useEffect(() => {
    if (!isOpen) return;
    void stores.licences.textOf(licence.modelId).then(setText, () => { setText(''); });
  }, [isOpen, licence, stores.licences]);

  return (
    <>
      <div className={classes.more}>
        {licence.hasOwnText && (
          <Button className={classes.toggle ?? ''} size="compact-sm" variant="subtle" aria-expanded={isOpen} onClick={() => { setOpen(!isOpen); }}>
            {t(isOpen ? 'licences.first.hideText' : 'licences.first.text')}
          </Button>
        )}
        {link !== null && <span className={classes.link}>{t('licences.first.link', { link: link.replace('https://', '') })}</span>}
      </div>
      {isOpen && <pre className={classes.text} tabIndex={0}>{text ?? t('licences.first.loading')}</pre>}
    </>
  );
}

function Question({ job, licence, onDecline }: { job: Job; licence: ModelLicence; onDecline: () => void }) {
  const { t } = useTranslation();
  const { commands } = useStudio();
  const profile = useSettings((state) => state.userProfile);
  return (
    <div className={classes.question}>
      <p className={classes.lead}>{t('licences.first.lead', { licence: licenceTitle(t, licence.licence, licence.stated) })}</p>
      <LicenceTerms licence={licence.licence} />
      <p className={classes.verdict}>
        <b>{t('licences.first.profile', { profile: t(`licences.profile.${profile}`) })}</b> {verdictText(t, licence.licence, profile)}
      </p>
      <p className={classes.yours}>{t('licences.first.yours')}</p>
      <FullText key={job.id} licence={licence} />
      <p className={classes.plain}>{t('licences.first.plain')}</p>
      <div className={classes.buttons}>
        <Button size="sm" variant="default" onClick={onDecline}>
          {t('licences.first.decline')}
        </Button>
        <Button size="sm" onClick={() => { commands.agree(licence); }}>
          {t('licences.first.accept')}
        </Button>
      </div>
    </div>
  );
}

/** Asks before the first use of a model whose terms bind its user. It is there as long as a job was refused for that. */
export function LicenceDialog() {
  const { t } = useTranslation();
  const { commands, stores } = useStudio();
  const job = useJobs((state) => jobsToAgree(state.jobs)[0] ?? null);
  const wanted = job === null ? null : modelOfRequest(job.request);
  const licence = useLicences((state) => state.licences.find(({ modelId }) => modelId === wanted) ?? null);
  const name = useModels((state) => state.models.find(({ id }) => id === wanted)?.name ?? '');
  const jobId = job?.id;

  useEffect(() => {
    // The text may have changed since the list was read.
    if (jobId !== undefined) void stores.licences.load().catch(() => undefined);
  }, [jobId, stores.licences]);

  const decline = (): void => { if (job !== null) commands.dismiss(job); };
  return (
    <Modal
      opened={job !== null && licence !== null}
      onClose={decline}
      title={t('licences.first.title', { model: name })}
      closeButtonProps={{ 'aria-label': t('licences.first.decline') }}
      size="44rem"
      centered
      lockScroll={false}
      classNames={{ title: classes.title ?? '', content: classes.sheet ?? '' }}
    >
      {job !== null && licence !== null && <Question job={job} licence={licence} onDecline={decline} />}
    </Modal>
  );
}
