import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CHARGING_PROVIDER, PriceTable } from '../../src/shared/pricing/price-table';

export const PRICES_FOLDER = resolve(import.meta.dirname, '../../resources/prices');

/** The shipped tables, each checked by its schema. */
export const shippedTables = (): readonly PriceTable[] =>
  readdirSync(PRICES_FOLDER).map((name) => PriceTable.parse(JSON.parse(readFileSync(join(PRICES_FOLDER, name), 'utf8'))));

export function shippedTable(id: string): PriceTable {
  const table = shippedTables().find((candidate) => candidate.id === id);
  if (table === undefined) throw new Error(`no shipped table ${id}`);
  return table;
}

export const chargingTables = (): readonly PriceTable[] => shippedTables().filter(({ provider }) => provider === CHARGING_PROVIDER);
