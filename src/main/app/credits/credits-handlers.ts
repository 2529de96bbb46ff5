import { mkdir } from 'node:fs/promises';
import { ledgerCsvText } from './ledger-csv';
import { storageError } from '../../files/storage-error';
import { writeAtomically } from '../../files/write-file';
import { priceRequestOf } from '../../../shared/pricing/price-request';
import type { HandlersOf } from '../handlers';
import type { StudioDependencies } from '../studio-dependencies';
import { summariseUsage } from './usage';

/** The credit channels of the contract. */
export function creditsHandlers({ credits, ledger, models, desktop, events, folders }: StudioDependencies): HandlersOf<'credits'> {
  return {
    'credits.get': async () => ({ state: credits.state(), tables: credits.tables(), pricesFolder: folders.prices, problems: credits.problems }),
    'credits.ledger': async ({ limit, before }) => ledger.page(limit, before),
    'credits.price': async ({ request }) => {
      const { summary } = await models.find(request.modelId);
      return credits.quote(priceRequestOf(request, summary), request.count);
    },
    'credits.job': async ({ jobId }) => {
      const reserve = ledger.reservationOf(jobId);
      if (reserve?.detail.reason !== 'job') return null;
      const closing = ledger.closingOf(jobId);
      return { facts: reserve.detail.facts, closed: closing && { pictures: closing.pictures, price: closing.price, charged: closing.charged } };
    },
    'credits.openPrices': async () => {
      try {
        await mkdir(folders.prices, { recursive: true });
      } catch (caught) {
        throw storageError(caught, folders.prices, 'create the folder');
      }
      await desktop.openFolder(folders.prices);
      return null;
    },
    'credits.setPlan': async (plan) => {
      const state = credits.setPlan(plan);
      events.emit('credits.event', { type: 'changed', state });
      return state;
    },
    'credits.usage': async (span) => summariseUsage(ledger.settled(span.from, span.to), span, credits.tables()),
    'credits.verify': async () => ledger.verify(),
    'credits.export': async () => {
      const target = await desktop.askWhereToSave('palimpsest-credits.csv', 'csv');
      if (target === null) return null;
      await writeAtomically(target, await ledgerCsvText(ledger.all()));
      return { fileName: target };
    },
  };
}
