import { createHash } from 'node:crypto';
import type { JobId } from '../../../shared/ids';
import type { LedgerDetail, LedgerKind, LedgerRow } from '../../../shared/credits';

/** A row as it lies in the database. */
export interface StoredRow {
  readonly sequence: number;
  readonly at_ms: number;
  readonly day: string;
  readonly kind: LedgerKind;
  readonly amount: number;
  readonly price: number;
  readonly charged: number;
  readonly pictures: number;
  readonly job_id: JobId | null;
  readonly period: string | null;
  /** JSON of a LedgerDetail; hashed as the text it is. */
  readonly detail: string;
  readonly previous_hash: string;
  readonly hash: string;
}

/** What stands before the first row. */
export const FIRST_HASH = '0'.repeat(64);

/** SHA-256 over every column but the hash itself, the previous hash among them; JSON keeps columns apart. */
export function hashOf(row: Omit<StoredRow, 'hash'>): string {
  const { sequence, at_ms, day, kind, amount, price, charged, pictures, job_id, period, detail, previous_hash } = row;
  const content = JSON.stringify([sequence, at_ms, day, kind, amount, price, charged, pictures, job_id, period, detail, previous_hash]);
  return createHash('sha256').update(content).digest('hex');
}

export const toLedgerRow = (row: StoredRow): LedgerRow => ({
  sequence: row.sequence,
  at: row.at_ms,
  day: row.day,
  kind: row.kind,
  amount: row.amount,
  price: row.price,
  charged: row.charged,
  pictures: row.pictures,
  jobId: row.job_id,
  period: row.period,
  // Written by this program from checked values; the chain of hashes tells whether a hand was laid on it since.
  detail: JSON.parse(row.detail) as LedgerDetail,
  hash: row.hash,
});
