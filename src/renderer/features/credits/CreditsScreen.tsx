import { Tabs } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreditsOverview } from '../../../shared/credits';
import { reportError } from '../../commands/commands';
import { CREDITS_TABS, type CreditsTab } from '../../stores/credits';
import { useCredits, useStudio } from '../../studio-context';
import { toasts } from '../../ui/notify';
import { Page } from '../../ui/Page';
import { BalanceFigures } from './BalanceFigures';
import classes from './Credits.module.css';
import { LedgerTab } from './LedgerTab';
import { PlanTab } from './PlanTab';
import { PricesTab } from './PricesTab';
import { UsagePart } from './UsagePart';

function Contents({ overview }: { readonly overview: CreditsOverview }) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const tab = useCredits((state) => state.tab);
  const isTab = (value: string | null): value is CreditsTab => CREDITS_TABS.some((known) => known === value);
  return (
    <Tabs value={tab} onChange={(value) => { if (isTab(value)) stores.credits.showTab(value); }} keepMounted={false} classNames={{ list: classes.tabs ?? '', tab: classes.tab ?? '' }}>
      <Tabs.List aria-label={t('credits.tabs.label')}>
        {CREDITS_TABS.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {t(`credits.tabs.${name}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="overview">
        <BalanceFigures overview={overview} />
        <UsagePart state={overview.state} />
      </Tabs.Panel>
      <Tabs.Panel value="plan">
        <PlanTab plan={overview.state.plan} />
      </Tabs.Panel>
      <Tabs.Panel value="ledger">
        <LedgerTab rows={overview.state.rows} />
      </Tabs.Panel>
      <Tabs.Panel value="prices">
        <PricesTab overview={overview} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** The account: what is left, what was made and what it would have cost, the plan, every row, and the prices. */
export function CreditsScreen() {
  const { t } = useTranslation();
  const { credits } = useStudio().stores;
  const overview = useCredits((state) => state.overview);
  // A day or a month may have begun since the last event.
  useEffect(() => { credits.load().catch((caught: unknown) => { reportError({ toasts, t }, caught); }); }, [credits, t]);
  return (
    <Page title={t('credits.title')} lead={t('credits.lead')}>
      {overview !== null && <Contents overview={overview} />}
    </Page>
  );
}
