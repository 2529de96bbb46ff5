import Database from 'libsql';
import { createCredits, type Credits } from '../../../src/main/app/credits/credits';
import type { JobOrder } from '../../../src/main/app/credits/job-rows';
import { createLedger, type Ledger } from '../../../src/main/app/credits/ledger';
import { migrateLedger } from '../../../src/main/app/credits/ledger-database';
import type { StudioDatabase } from '../../../src/main/app/database/open-sqlite';
import { DEFAULT_PLAN, type CreditsPlan } from '../../../src/shared/credits';
import { ModelId } from '../../../src/shared/ids';
import type { PriceTable } from '../../../src/shared/pricing/price-table';
import { aJobId } from '../../support/samples';
import { shippedTables } from '../../support/price-tables';

/** The ledger's real layout and triggers, in memory. */
export function memoryDatabase(): StudioDatabase {
  const database = new Database(':memory:');
  database.exec('PRAGMA recursive_triggers = ON');
  migrateLedger(database);
  return database;
}

export interface Account {
  readonly ledger: Ledger;
  readonly credits: Credits;
  readonly database: StudioDatabase;
  /** The clock, in UTC. */
  at(instant: string): void;
}

const TABLES: readonly PriceTable[] = shippedTables();

export function openAccount({ database = memoryDatabase(), start = '2026-11-24T12:00:00Z' }: { readonly database?: StudioDatabase; readonly start?: string } = {}): Account {
  let now = Date.parse(start);
  const ledger = createLedger(database);
  return { database, ledger, credits: createCredits({ ledger, tables: TABLES, now: () => now }), at: (instant) => { now = Date.parse(instant); } };
}

/** 2.00 credits a picture at DreamStudio 2023. */
export const anOrder = (change: Partial<JobOrder> = {}): JobOrder => ({
  jobId: aJobId(),
  modelId: ModelId.parse('user:xl'),
  request: { tool: 'txt2img', family: 'sdxl', modelName: 'SDXL', width: 1024, height: 1024, numInferenceSteps: 50, isEnlarged: false },
  count: 1,
  ...change,
});

export const aPlan = (change: Partial<CreditsPlan> = {}): CreditsPlan => ({ ...DEFAULT_PLAN, timeZone: 'UTC', ...change });

/** A job that ends well with all it asked for. */
export function spend({ credits }: Account, count: number): void {
  const order = anOrder({ count });
  credits.reserve(order);
  credits.close(order.jobId, { pictures: count, seconds: 1, isRecovered: false });
}
