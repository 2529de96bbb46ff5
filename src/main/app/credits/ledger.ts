import type { LedgerDetail, LedgerKind, LedgerRow, LedgerVerdict } from '../../../shared/credits';
import type { JobId } from '../../../shared/ids';
import type { MilliCredits } from '../../../shared/pricing/money';
import type { StudioDatabase } from '../database/open-sqlite';
import { inSlices } from '../slices';
import { FIRST_HASH, hashOf, toLedgerRow, type StoredRow } from './ledger-row';

/** What a caller says of a new row; sequence, hashes and zeros follow from it. */
export interface NewRow {
  readonly at: number;
  readonly day: string;
  readonly kind: LedgerKind;
  readonly amount: MilliCredits;
  readonly price?: MilliCredits;
  readonly charged?: MilliCredits;
  readonly pictures?: number;
  readonly jobId?: JobId;
  readonly period?: string;
  readonly detail: LedgerDetail;
}

/** Sums over the whole ledger, as of now. */
export interface LedgerSums {
  readonly rows: number;
  readonly balance: MilliCredits;
  /** Held by open reservations, and their list price. */
  readonly reserved: MilliCredits;
  readonly reservedPrice: MilliCredits;
}

/** Append-only rows in SQLite. The database, not this code, refuses changes, second closings and closings without a reservation. */
export interface Ledger {
  /** Runs `work` as one step: all of its rows are written, or none. Another process waits meanwhile. */
  atomically<T>(work: () => T): T;
  /** Only inside `atomically`, which keeps the chain whole. */
  append(row: NewRow): LedgerRow;
  sums(): LedgerSums;
  /** List price of what was finished and charge paid, between two days, both included. */
  usedBetween(from: string, to: string): { readonly price: MilliCredits; readonly charged: MilliCredits };
  reservationOf(jobId: JobId): LedgerRow | null;
  closingOf(jobId: JobId): LedgerRow | null;
  openReservations(): readonly LedgerRow[];
  /** The month that the last refill or plan was for, and the earliest one since the last refill, itself included. */
  lastPeriod(): string | null;
  firstPeriodSinceRefill(): string | null;
  lastPlanRow(): LedgerRow | null;
  /** Newest first; `before` pages on from a sequence number. */
  page(limit: number, before: number | null): readonly LedgerRow[];
  /** Reservations with their settlement, in order, for those settled between two days. */
  settled(from: string, to: string): readonly { readonly reserve: LedgerRow; readonly settle: LedgerRow }[];
  /** Oldest first, one at a time: a ledger of years does not fit into one array comfortably. */
  all(): Iterable<LedgerRow>;
  verify(): Promise<LedgerVerdict>;
}

const OPEN = `kind = 'reserve' AND NOT EXISTS (SELECT 1 FROM ledger AS closing WHERE closing.job_id = ledger.job_id AND closing.kind IN ('settle', 'release'))`;

function prepareQueries(database: StudioDatabase) {
  const rowOf = (sql: string) => {
    const statement = database.prepare(sql);
    return (...given: readonly unknown[]): LedgerRow | null => {
      const row = statement.get(...given) as StoredRow | undefined;
      return row === undefined ? null : toLedgerRow(row);
    };
  };
  const totals = database.prepare(
    `SELECT COUNT(*) AS total, COALESCE(SUM(amount), 0) AS balance,
       COALESCE(SUM(CASE WHEN kind = 'reserve' THEN 1 WHEN kind IN ('settle', 'release') THEN -1 ELSE 0 END), 0) AS open
     FROM ledger`,
  );
  // Open jobs are among the latest; knowing how many there are, the search for them ends early.
  const latestOpen = database.prepare(`SELECT amount, price FROM ledger WHERE ${OPEN} ORDER BY sequence DESC LIMIT ?`);
  const used = database.prepare(`SELECT COALESCE(SUM(price), 0) AS price, COALESCE(SUM(charged), 0) AS charged FROM ledger INDEXED BY ledger_used WHERE kind = 'settle' AND day BETWEEN ? AND ?`);
  const firstPeriod = database.prepare(
    `SELECT MIN(period) AS period FROM ledger WHERE period IS NOT NULL AND sequence >= (SELECT COALESCE(MAX(sequence), 0) FROM ledger WHERE kind = 'grant')`,
  );
  const openRows = database.prepare(`SELECT * FROM ledger WHERE ${OPEN} ORDER BY sequence`);
  const newest = database.prepare('SELECT * FROM ledger WHERE sequence < ? ORDER BY sequence DESC LIMIT ?');
  const SETTLED = `kind = 'settle' AND day BETWEEN ? AND ?`;
  const settledRows = database.prepare(`SELECT * FROM ledger WHERE ${SETTLED} ORDER BY sequence`);
  const settledReserves = database.prepare(`SELECT * FROM ledger WHERE kind = 'reserve' AND job_id IN (SELECT job_id FROM ledger WHERE ${SETTLED})`);
  return {
    reservationOf: rowOf(`SELECT * FROM ledger WHERE job_id = ? AND kind = 'reserve'`),
    closingOf: rowOf(`SELECT * FROM ledger WHERE job_id = ? AND kind IN ('settle', 'release')`),
    lastPeriodRow: rowOf('SELECT * FROM ledger WHERE sequence = (SELECT MAX(sequence) FROM ledger INDEXED BY ledger_period WHERE period IS NOT NULL)'),
    lastPlanRow: rowOf(`SELECT * FROM ledger WHERE kind = 'adjust' AND json_extract(detail, '$.reason') = 'plan' ORDER BY sequence DESC LIMIT 1`),
    firstPeriodSinceRefill: () => (firstPeriod.get() as { period: string | null }).period,
    sums: (): LedgerSums => {
      const { total, balance, open } = totals.get() as { readonly total: number; readonly balance: number; readonly open: number };
      const reservations = open === 0 ? [] : (latestOpen.all(open) as { readonly amount: number; readonly price: number }[]);
      const sumOf = (of: (row: { readonly amount: number; readonly price: number }) => number): number => reservations.reduce((sum, row) => sum + of(row), 0);
      return { rows: total, balance, reserved: sumOf(({ amount }) => 0 - amount), reservedPrice: sumOf(({ price }) => price) };
    },
    usedBetween: (from: string, to: string) => {
      const { price, charged } = used.get(from, to) as { price: number; charged: number };
      return { price, charged };
    },
    openReservations: () => (openRows.all() as StoredRow[]).map(toLedgerRow),
    page: (limit: number, before: number | null) => (newest.all(before ?? Number.MAX_SAFE_INTEGER, limit) as StoredRow[]).map(toLedgerRow),
    settled: (from: string, to: string) => {
      const reserves = new Map((settledReserves.all(from, to) as StoredRow[]).map((row) => [row.job_id, toLedgerRow(row)]));
      return (settledRows.all(from, to) as StoredRow[]).flatMap((row) => {
        const reserve = reserves.get(row.job_id);
        return reserve === undefined ? [] : [{ reserve, settle: toLedgerRow(row) }];
      });
    },
  };
}

function createAppend(database: StudioDatabase): Ledger['append'] {
  const head = database.prepare('SELECT sequence, hash FROM ledger ORDER BY sequence DESC LIMIT 1');
  const insert = database.prepare(
    `INSERT INTO ledger (sequence, at_ms, day, kind, amount, price, charged, pictures, job_id, period, detail, previous_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return ({ at, day, kind, amount, price = 0, charged = 0, pictures = 0, jobId, period, detail }) => {
    const last = head.get() as { sequence: number; hash: string } | undefined;
    const content = {
      sequence: (last?.sequence ?? 0) + 1,
      at_ms: at,
      day,
      kind,
      amount,
      price,
      charged,
      pictures,
      job_id: jobId ?? null,
      period: period ?? null,
      detail: JSON.stringify(detail),
      previous_hash: last?.hash ?? FIRST_HASH,
    };
    const row: StoredRow = { ...content, hash: hashOf(content) };
    insert.run(row.sequence, row.at_ms, row.day, row.kind, row.amount, row.price, row.charged, row.pictures, row.job_id, row.period, row.detail, row.previous_hash, row.hash);
    return toLedgerRow(row);
  };
}

const CHUNK = 500;

/** Reads in chunks rather than with an open cursor, so that a reader holds no lock between rows. */
function* storedRows(database: StudioDatabase): Iterable<StoredRow> {
  const chunk = database.prepare('SELECT * FROM ledger WHERE sequence > ? ORDER BY sequence LIMIT ?');
  for (let last = Number.MIN_SAFE_INTEGER; ; ) {
    const rows = chunk.all(last, CHUNK) as StoredRow[];
    yield* rows;
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end.sequence;
  }
}

/** Walks the chain from its first row, and pauses after each chunk so that others may have the thread. */
function* walkChain(database: StudioDatabase): Generator<undefined, LedgerVerdict> {
  let rows = 0;
  let head = FIRST_HASH;
  for (const row of storedRows(database)) {
    const broken = (problem: string): LedgerVerdict => ({ ok: false, rows, sequence: row.sequence, problem });
    if (row.sequence !== rows + 1) return broken(`Row ${rows + 1} is missing.`);
    if (row.previous_hash !== head) return broken(`Row ${row.sequence} does not follow row ${rows}: one of them was put there or taken away by hand.`);
    if (row.hash !== hashOf(row)) return broken(`Row ${row.sequence} was changed after it was written.`);
    rows += 1;
    head = row.hash;
    if (rows % CHUNK === 0) yield undefined;
  }
  return { ok: true, rows, head };
}

/** The ledger over its database (see ledger-database.ts). */
export function createLedger(database: StudioDatabase): Ledger {
  const { lastPeriodRow, ...queries } = prepareQueries(database);
  const transaction = database.transaction((work: () => unknown) => work());
  return {
    ...queries,
    // IMMEDIATE takes the write lock first, so that what `work` reads is still true when it writes.
    atomically: (work) => transaction.immediate(work) as ReturnType<typeof work>,
    append: createAppend(database),
    lastPeriod: () => lastPeriodRow()?.period ?? null,
    all: function* () {
      for (const row of storedRows(database)) yield toLedgerRow(row);
    },
    verify: () => inSlices(walkChain(database)),
  };
}
