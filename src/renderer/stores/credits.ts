import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CreditsEvent, CreditsOverview, CreditsPlan, CreditsUsage, JobCost, LedgerRow, LedgerVerdict, PriceQuote } from '../../shared/credits';
import type { JobId } from '../../shared/ids';
import { quote } from '../../shared/pricing/fit';
import type { PriceRequest } from '../../shared/pricing/price-of';
import type { StudioApi } from '../studio-api';

export const CREDITS_TABS = ['overview', 'plan', 'ledger', 'prices'] as const;
export type CreditsTab = (typeof CREDITS_TABS)[number];

export interface CreditsStoreState {
  /** What the Credits screen shows. */
  readonly tab: CreditsTab;
  /** Null until main has answered. */
  readonly overview: CreditsOverview | null;
  /** Accounts that were asked for or closed in this session; null = the ledger knows no such job. */
  readonly costs: ReadonlyMap<JobId, JobCost | null>;
  /** The account that was closed last, for whoever says it aloud. */
  readonly lastClosed: Extract<CreditsEvent, { readonly type: 'closed' }> | null;
}

export interface CreditsStore extends StoreApi<CreditsStoreState> {
  load(): Promise<void>;
  apply(event: CreditsEvent): void;
  /** @throws StudioError when the ledger cannot be written; the plan is then as it was. */
  setPlan(plan: CreditsPlan): Promise<void>;
  showTab(tab: CreditsTab): void;
  /** @param span local dates, both included */
  usage(span: { readonly from: string; readonly to: string }): Promise<CreditsUsage>;
  /** Newest first, from `before` on downwards. */
  rows(limit: number, before: number | null): Promise<readonly LedgerRow[]>;
  verify(): Promise<LedgerVerdict>;
  /** The chosen file name, or null when the dialog was closed. */
  exportCsv(): Promise<string | null>;
  openPrices(): Promise<void>;
  /** Brings a job's account into `costs`; does nothing where it is there already. */
  lookUp(jobId: JobId): Promise<void>;
}

/** What a request costs and whether it fits, by the same pure function as the charge; null until main has answered. */
export function quoteFor(overview: CreditsOverview | null, job: { readonly request: PriceRequest; readonly count: number }): PriceQuote | null {
  const table = overview?.tables[0];
  return overview === null || table === undefined ? null : quote(job, overview.state, table);
}

export function createCreditsStore(api: StudioApi): CreditsStore {
  const store = createStore<CreditsStoreState>(() => ({ tab: 'overview', overview: null, costs: new Map(), lastClosed: null }));
  const setState = (state: CreditsOverview['state']): void => {
    // Rows only grow in number, so an answer that was overtaken by an event is told by its count.
    store.setState(({ overview }) => (overview === null || state.rows < overview.state.rows ? {} : { overview: { ...overview, state } }));
  };
  const forget = (jobId: JobId): void => {
    store.setState(({ costs }) => ({ costs: new Map([...costs].filter(([id]) => id !== jobId)) }));
  };
  const lookUp = async (jobId: JobId): Promise<void> => {
    if (store.getState().costs.has(jobId)) return;
    const cost = await api.request('credits.job', { jobId });
    store.setState(({ costs }) => ({ costs: new Map(costs).set(jobId, cost) }));
  };

  return {
    ...store,
    lookUp,
    showTab: (tab) => { store.setState({ tab }); },
    usage: ({ from, to }) => api.request('credits.usage', { from, to }),
    rows: (limit, before) => api.request('credits.ledger', { limit, before }),
    verify: () => api.request('credits.verify', null),
    async exportCsv() {
      return (await api.request('credits.export', null))?.fileName ?? null;
    },
    async openPrices() {
      await api.request('credits.openPrices', null);
    },
    async load() {
      store.setState({ overview: await api.request('credits.get', null) });
    },
    apply(event) {
      if (event.type === 'failed') return;
      setState(event.state);
      if (event.type !== 'closed') return;
      forget(event.jobId);
      store.setState({ lastClosed: event });
    },
    async setPlan(plan) {
      setState(await api.request('credits.setPlan', plan));
    },
  };
}
