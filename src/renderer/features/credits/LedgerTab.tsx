import { Button } from '@mantine/core';
import { IconDownload, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerVerdict } from '../../../shared/credits';
import { reportError } from '../../commands/commands';
import { useStudio } from '../../studio-context';
import { toasts } from '../../ui/notify';
import classes from './Credits.module.css';
import { LedgerRows } from './LedgerRows';
import styles from './Ledger.module.css';

function Verdict({ verdict }: { readonly verdict: LedgerVerdict | null }) {
  const { t } = useTranslation();
  const whole = (rows: number): string => (rows === 0 ? t('credits.ledger.emptyWhole') : t('credits.ledger.whole', { count: rows }));
  return (
    <p role="status" className={styles.verdict} data-ok={verdict?.ok}>
      {verdict !== null && (verdict.ok ? whole(verdict.rows) : verdict.problem)}
    </p>
  );
}

/** Every row there is, and proof that none was changed. */
export function LedgerTab({ rows }: { readonly rows: number }) {
  const { t } = useTranslation();
  const { credits } = useStudio().stores;
  const [verdict, setVerdict] = useState<LedgerVerdict | null>(null);
  const [isChecking, setChecking] = useState(false);
  const report = (caught: unknown): void => { reportError({ toasts, t }, caught); };

  const verify = (): void => {
    setChecking(true);
    credits.verify().then(setVerdict).catch(report).finally(() => { setChecking(false); });
  };
  const exportCsv = async (): Promise<void> => {
    const file = await credits.exportCsv();
    if (file !== null) toasts.show({ tone: 'plain', message: t('actions.saved', { file }) });
  };

  return (
    <section className={styles.ledger}>
      <h2 className="visually-hidden">{t('credits.ledger.title')}</h2>
      <div className={classes.bar}>
        <span className={styles.lead}>{t('credits.ledger.lead')}</span>
        <span className={classes.spring} />
        <Button size="xs" variant="default" loading={isChecking} leftSection={<IconShieldCheck size={16} stroke={1.6} aria-hidden="true" />} onClick={verify}>
          {t('credits.ledger.verify')}
        </Button>
        <Button size="xs" variant="default" leftSection={<IconDownload size={16} stroke={1.6} aria-hidden="true" />} onClick={() => { exportCsv().catch(report); }}>
          {t('credits.ledger.export')}
        </Button>
      </div>
      <Verdict verdict={verdict} />
      {rows === 0 ? <p className={classes.note}>{t('credits.ledger.empty')}</p> : <LedgerRows count={rows} />}
    </section>
  );
}
