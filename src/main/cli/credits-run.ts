import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { StudioError } from '../../shared/errors';
import { JobId } from '../../shared/ids';
import { toCredits } from '../../shared/pricing/money';
import type { PriceRequest } from '../../shared/pricing/price-of';
import { openCredits, type OpenCredits } from '../app/credits/open-credits';
import { reconcileRuns } from '../app/credits/reconcile';
import { holdRun } from '../app/credits/run-lock';
import type { DataFolders } from '../files/data-folders';
import { findProgramRoot } from './program-root';

/** What one run has cost, in credits: by the list, and in fact. */
export interface RunCost {
  readonly price: number;
  readonly charged: number;
}

/** The account of one run: open from before the first step until after the last picture. */
export interface RunAccount {
  /** Written into the recipes, so that a crash cannot part the pictures from the account. */
  readonly jobId: JobId;
  /** Settles what was made and gives back the rest; never throws, because the pictures are there all the same. */
  close(outcome: { readonly pictures: number; readonly seconds: number; readonly peakMemoryBytes: number }): RunCost | null;
}

interface RunOrder {
  readonly modelId: string;
  readonly request: PriceRequest;
  readonly count: number;
  /** Absolute folder of the pictures. */
  readonly savedIn: string;
}

type Warn = (sentence: string) => void;

function openAccount(account: OpenCredits, order: RunOrder, { folders, warn }: { readonly folders: DataFolders; readonly warn: Warn }): RunAccount {
  const jobId = JobId.parse(randomUUID());
  const release = holdRun(folders.runs, jobId);
  try {
    account.credits.reserve({ jobId, ...order });
  } catch (caught) {
    release();
    throw caught;
  }
  return {
    jobId,
    close: (outcome) => {
      try {
        const row = account.credits.close(jobId, { ...outcome, isRecovered: false });
        return row && { price: toCredits(row.price), charged: toCredits(row.charged) };
      } catch (caught) {
        warn(`The credit ledger could not be written (${StudioError.fromCaught(caught).message}); the next start makes up for it.`);
        return null;
      } finally {
        release();
        account.close();
      }
    },
  };
}

/**
 * Reserves a run under the studio's plan and budget, where the studio keeps its data; a folder that is not there is not
 * made for it. A ledger that cannot be opened or written stops nobody: it is said, and the run is not counted.
 * @throws StudioError `insufficient-credits` when a limit of the user's says no
 */
export async function reserveRun(order: RunOrder, { folders, warn }: { readonly folders: DataFolders; readonly warn: Warn }): Promise<RunAccount | null> {
  if (!existsSync(folders.root)) return null;
  let account: OpenCredits | null = null;
  try {
    account = await openCredits({ ledger: folders.ledger, shippedPrices: findProgramRoot(import.meta.dirname).prices, ownPrices: folders.prices, now: Date.now });
    for (const problem of account.credits.problems) warn(problem);
    await reconcileRuns(account, folders.runs);
    return openAccount(account, order, { folders, warn });
  } catch (caught) {
    account?.close();
    const error = StudioError.fromCaught(caught);
    if (error.code === 'insufficient-credits') throw error;
    warn(`This run is not counted in the credits: ${error.message}`);
    return null;
  }
}
