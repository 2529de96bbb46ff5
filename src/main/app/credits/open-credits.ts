import { createCalendar } from './calendar';
import { createCredits, type Credits } from './credits';
import { createLedger, type Ledger } from './ledger';
import { openLedgerDatabase } from './ledger-database';
import { loadPriceTables } from './price-tables';

export interface OpenCredits {
  readonly credits: Credits;
  readonly ledger: Ledger;
  close(): void;
}

export interface CreditsPlaces {
  /** The ledger's file; `:memory:` for one that is not kept. */
  readonly ledger: string;
  readonly shippedPrices: string;
  readonly ownPrices: string;
  readonly now: () => number;
}

/** Opens the ledger and the price tables. @throws StudioError `storage-failed` naming the file */
export async function openCredits({ ledger: path, shippedPrices, ownPrices, now }: CreditsPlaces): Promise<OpenCredits> {
  const { tables, problems } = await loadPriceTables({ shipped: shippedPrices, own: ownPrices });
  const { database, setAside } = openLedgerDatabase(path, () => new Date(now()));
  const ledger = createLedger(database);
  if (setAside !== null) {
    const at = now();
    ledger.atomically(() => ledger.append({ at, day: createCalendar(null).dayOf(at), kind: 'adjust', amount: 0, detail: { reason: 'new-ledger', setAside } }));
  }
  const lost = setAside === null ? [] : [`The credit ledger was damaged; it is kept as ${setAside} and a new one has begun.`];
  return { credits: createCredits({ ledger, tables, now, problems: [...problems, ...lost] }), ledger, close: () => database.close() };
}
