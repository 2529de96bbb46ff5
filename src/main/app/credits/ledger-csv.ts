import type { LedgerRow } from '../../../shared/credits';
import { toCredits, type MilliCredits } from '../../../shared/pricing/money';
import { inSlices } from '../slices';

const COLUMNS = ['sequence', 'time', 'day', 'kind', 'reason', 'amount', 'price', 'charged', 'pictures', 'job', 'model', 'tool', 'width', 'height', 'steps', 'hash'] as const;

const credits = (amount: MilliCredits): string => toCredits(amount).toFixed(3);

/** RFC 4180 quoting; a leading sign that a spreadsheet would run as a formula is defused, because model names are foreign text. */
function cell(text: string): string {
  const safe = /^[=+@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function lineOf(row: LedgerRow): string {
  const facts = row.detail.reason === 'job' ? row.detail.facts : null;
  const cells = [
    String(row.sequence), new Date(row.at).toISOString(), row.day, row.kind, row.detail.reason,
    credits(row.amount), credits(row.price), credits(row.charged), String(row.pictures), row.jobId ?? '',
    facts?.modelName ?? '', facts?.tool ?? '', String(facts?.width ?? ''), String(facts?.height ?? ''), String(facts?.numInferenceSteps ?? ''), row.hash,
  ];
  return cells.map(cell).join(',');
}

/** The whole ledger as CSV lines, header first; amounts in credits with three digits, times in UTC. */
export function* ledgerCsv(rows: Iterable<LedgerRow>): Iterable<string> {
  yield COLUMNS.join(',');
  for (const row of rows) yield lineOf(row);
}

const LINES_PER_SLICE = 500;

function* collect(rows: Iterable<LedgerRow>): Generator<undefined, string> {
  const lines: string[] = [];
  for (const line of ledgerCsv(rows)) if (lines.push(line) % LINES_PER_SLICE === 0) yield undefined;
  return `${lines.join('\r\n')}\r\n`;
}

/** As one text, lines ended as RFC 4180 has it. */
export const ledgerCsvText = (rows: Iterable<LedgerRow>): Promise<string> => inSlices(collect(rows));
