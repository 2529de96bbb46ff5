import { Button, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../../shared/licences/licence-contract';
import { useStudio } from '../../studio-context';
import { SettingHint, SettingRow } from '../../ui/Setting';
import { NoticeText } from './NoticeText';
import classes from './About.module.css';

function Notices() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const [notices, setNotices] = useState<readonly Notice[] | null>(null);
  const [chosen, setChosen] = useState(0);
  useEffect(() => {
    void stores.licences.notices().then(setNotices, () => { setNotices([]); });
  }, [stores.licences]);
  if (notices === null) return <p>{t('licences.about.loading')}</p>;
  const notice = notices[chosen];
  return (
    <div className={classes.notices}>
      <ul className={classes.list}>
        {notices.map(({ title }, index) => (
          <li key={title}>
            <button type="button" className={classes.entry} aria-current={index === chosen} onClick={() => { setChosen(index); }}>
              {title}
            </button>
          </li>
        ))}
      </ul>
      {notice !== undefined && (
        <section key={notice.title} className={classes.notice} aria-label={notice.title} tabIndex={0}>
          <NoticeText text={notice.text} />
        </section>
      )}
    </div>
  );
}

/** The row under About that opens what the makers of everything that ships want read. */
export function AboutNotices() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <SettingRow name={t('licences.about.notices')}>
        <Button size="xs" variant="default" onClick={() => { setOpen(true); }}>
          {t('licences.about.open')}
        </Button>
      </SettingRow>
      <SettingHint>{t('licences.about.noticesHint')}</SettingHint>
      <Modal
        opened={isOpen}
        onClose={() => { setOpen(false); }}
        title={t('licences.about.notices')}
        closeButtonProps={{ 'aria-label': t('licences.about.close') }}
        size="60rem"
        centered
        lockScroll={false}
        classNames={{ title: classes.title ?? '', content: classes.sheet ?? '' }}
      >
        <Notices />
      </Modal>
    </>
  );
}
