import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CreditsState } from '../../shared/credits';
import { StudioError } from '../../shared/errors';
import { formatCredits } from '../../shared/pricing/money';
import { openCredits, type OpenCredits } from '../app/credits/open-credits';
import { ledgerCsv, ledgerCsvText } from '../app/credits/ledger-csv';
import { reconcileRuns } from '../app/credits/reconcile';
import { resolveDataFolders } from '../files/data-folders';
import { writeAtomically } from '../files/write-file';
import { addPriceCommand } from './credits-price-command';
import type { CommandContext } from './generate-command';
import { wholeNumber } from './parse-values';
import { findProgramRoot } from './program-root';

/** Opens the ledger of a data folder; where there is none yet, an empty one that leaves no file behind. */
export async function openAccount(dataDir: string | undefined, context: CommandContext): Promise<OpenCredits> {
  const { ledger, prices, runs } = resolveDataFolders(dataDir);
  const account = await openCredits({
    ledger: existsSync(ledger) ? ledger : ':memory:',
    shippedPrices: findProgramRoot(import.meta.dirname).prices,
    ownPrices: prices,
    now: Date.now,
  });
  for (const problem of account.credits.problems) context.warn(problem);
  // Runs that were killed are closed by whoever looks next; one whose pictures cannot be looked at now waits.
  await reconcileRuns(account, runs).catch((caught: unknown) => { context.warn(StudioError.fromCaught(caught).message); });
  return account;
}

function describe(state: CreditsState): readonly string[] {
  const { plan, balance, allowance, reserved, period, usedToday, usedThisMonth } = state;
  return [
    balance === null ? 'balance: unlimited, local use costs nothing' : `balance: ${formatCredits(balance)} credits`,
    `plan: ${plan.plan}${allowance === null ? '' : `, ${formatCredits(allowance)} credits`}${period === null ? '' : `, refilled on ${period.next}`}`,
    `held by open jobs: ${formatCredits(reserved)}`,
    `used at list prices: ${formatCredits(usedToday)} today, ${formatCredits(usedThisMonth)} this month`,
  ];
}

interface Flags {
  readonly json?: boolean;
  readonly dataDir?: string;
}

/** Runs with the account open and closes it whatever happens. */
async function withAccount(flags: Flags, context: CommandContext, work: (account: OpenCredits) => void | Promise<void>): Promise<void> {
  const account = await openAccount(flags.dataDir, context);
  try {
    await work(account);
  } finally {
    account.close();
  }
}

const addDataDir = (command: Command): Command => command.option('--data-dir <dir>', 'the folder that holds models and pictures');

function addLedgerCommand(credits: Command, context: CommandContext): void {
  addDataDir(credits.command('ledger').description('the latest rows, newest first'))
    .option('--limit <n>', 'how many rows', wholeNumber({ flag: '--limit', min: 1, max: 100_000 }), 20)
    .option('--json', 'print one line of JSON')
    .action((flags: Flags & { readonly limit: number }) =>
      withAccount(flags, context, ({ ledger }) => {
        const rows = ledger.page(flags.limit, null);
        if (flags.json === true) return context.print(JSON.stringify(rows));
        for (const { sequence, at, kind, amount, price, detail } of rows) {
          context.print([sequence, new Date(at).toISOString(), kind, formatCredits(amount), formatCredits(price), detail.reason].join('\t'));
        }
      }),
    );
}

function addVerifyCommand(credits: Command, context: CommandContext): void {
  addDataDir(credits.command('verify').description('whether every row is as it was written'))
    .option('--json', 'print one line of JSON')
    .action((flags: Flags) =>
      withAccount(flags, context, async ({ ledger }) => {
        const verdict = await ledger.verify();
        if (flags.json === true) context.print(JSON.stringify(verdict));
        if (!verdict.ok) throw new StudioError('storage-failed', `The credit ledger is not as it was written: ${verdict.problem}`, { details: { sequence: verdict.sequence } });
        if (flags.json !== true) context.print(`ok: ${verdict.rows} rows, the last hash is ${verdict.head}`);
      }),
    );
}

function addExportCommand(credits: Command, context: CommandContext): void {
  addDataDir(credits.command('export').description('the whole ledger as CSV'))
    .option('--out <file>', 'write to a file instead of the terminal')
    .action((flags: Flags & { readonly out?: string }) =>
      withAccount(flags, context, async ({ ledger }) => {
        if (flags.out !== undefined) return writeAtomically(resolve(flags.out), await ledgerCsvText(ledger.all()));
        for (const line of ledgerCsv(ledger.all())) context.print(line);
      }),
    );
}

/** `credits balance|ledger|verify|export|price`. */
export function addCreditsCommand(program: Command, context: CommandContext): void {
  const credits = program.command('credits').description('what was used, and what things cost');
  addDataDir(credits.command('balance').description('what is left, and what was used'))
    .option('--json', 'print one line of JSON')
    .action((flags: Flags) =>
      withAccount(flags, context, (account) => {
        const state = account.credits.state();
        if (flags.json === true) context.print(JSON.stringify(state));
        else for (const line of describe(state)) context.print(line);
      }),
    );
  addLedgerCommand(credits, context);
  addVerifyCommand(credits, context);
  addExportCommand(credits, context);
  addPriceCommand(credits, context);
}
