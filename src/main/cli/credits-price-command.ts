import type { Command } from 'commander';
import { StudioError } from '../../shared/errors';
import { ModelId } from '../../shared/ids';
import { LIMITS } from '../../shared/limits';
import { comparePrices, type Comparison } from '../../shared/pricing/compare';
import { familyOfLabel, PRICE_FAMILIES, type PriceFamily } from '../../shared/pricing/families';
import { formatCredits, toCredits, toDollars } from '../../shared/pricing/money';
import { chargeOf, type PriceRequest } from '../../shared/pricing/price-of';
import { CHARGING_PROVIDER, PRICE_TOOLS, tablesInForce, type PriceTool } from '../../shared/pricing/price-table';
import { createCalendar } from '../app/credits/calendar';
import { loadPriceTables } from '../app/credits/price-tables';
import { resolveDataFolders } from '../files/data-folders';
import { findModel } from './find-model';
import type { CommandContext } from './generate-command';
import { openWorkbench } from './open-engine';
import { oneOf, wholeNumber } from './parse-values';
import { findProgramRoot } from './program-root';

interface PriceFlags {
  readonly model: string;
  readonly width: number;
  readonly height: number;
  readonly steps: number;
  readonly tool: PriceTool;
  readonly json?: boolean;
  readonly dataDir?: string;
}

/** A family by name, else a model by id or folder, which is read. @throws StudioError `invalid-request` naming the families */
async function resolveModel(wanted: string, dataDir: string | undefined): Promise<{ readonly family: PriceFamily; readonly modelName: string }> {
  const family = PRICE_FAMILIES.find((known) => known === wanted.toLowerCase());
  if (family !== undefined) return { family, modelName: wanted };
  if (!ModelId.safeParse(wanted).success && !/[/\\.]/.test(wanted)) {
    throw new StudioError('invalid-request', `Expected --model to be one of ${PRICE_FAMILIES.join(', ')}, an id from "models list" or a folder but received ${wanted}.`);
  }
  const bench = await openWorkbench(dataDir);
  try {
    const { description } = await findModel(wanted, bench);
    return { family: familyOfLabel(description.family), modelName: description.name };
  } finally {
    await bench.engine.release();
  }
}

function describeComparison({ name, milliCredits, monthlyFee, label, isStandIn }: Comparison): string {
  if (monthlyFee !== null) return `  ${name}: $${toDollars(monthlyFee).toFixed(2)} a month, whatever is made`;
  if (milliCredits === null) return `  ${name}: not sold`;
  return `  ${name}: ${formatCredits(milliCredits)} credits ($${toDollars(milliCredits).toFixed(4)}), ${isStandIn ? 'as ' : ''}${label ?? ''}`;
}

async function printPrice(flags: PriceFlags, context: CommandContext): Promise<void> {
  const { tables, problems } = await loadPriceTables({ shipped: findProgramRoot(import.meta.dirname).prices, own: resolveDataFolders(flags.dataDir).prices });
  for (const problem of problems) context.warn(problem);
  const inForce = tablesInForce(tables, createCalendar(null).dayOf(Date.now()));
  const table = inForce.find(({ provider }) => provider === CHARGING_PROVIDER);
  if (table === undefined) throw new StudioError('internal', `Expected a price table of ${CHARGING_PROVIDER} but found none; install the program again.`);
  const { width, height, steps: numInferenceSteps, tool } = flags;
  const request: PriceRequest = { ...(await resolveModel(flags.model, flags.dataDir)), tool, width, height, numInferenceSteps, isEnlarged: false };
  const { milliCredits, label, isStandIn } = chargeOf(request, table);
  const comparisons = comparePrices(request, inForce);
  if (flags.json === true) {
    const { id, name, effectiveFrom } = table;
    context.print(JSON.stringify({ milliCredits, credits: toCredits(milliCredits), usd: toDollars(milliCredits), label, isStandIn, table: { id, name, effectiveFrom }, request, comparisons }));
    return;
  }
  context.print(`${formatCredits(milliCredits)} credits a picture ($${toDollars(milliCredits).toFixed(4)})`);
  for (const comparison of comparisons) context.print(describeComparison(comparison));
}

const side = (flag: string) => wholeNumber({ flag, min: 1, max: LIMITS.inputImage.maxSide });

/** `credits price`: what one picture costs, here and elsewhere; nothing is run or charged. */
export function addPriceCommand(credits: Command, context: CommandContext): void {
  credits
    .command('price')
    .description('what one picture costs; nothing is made')
    .requiredOption('--model <id|family>', `a model's id or folder, or one of ${PRICE_FAMILIES.join(', ')}`)
    .requiredOption('--width <px>', 'width', side('--width'))
    .requiredOption('--height <px>', 'height', side('--height'))
    .option('--steps <n>', 'steps', wholeNumber({ flag: '--steps', ...LIMITS.numInferenceSteps }), 30)
    .option('--tool <tool>', `one of ${PRICE_TOOLS.join(', ')}`, oneOf('--tool', PRICE_TOOLS), 'txt2img')
    .option('--json', 'print one line of JSON')
    .option('--data-dir <dir>', 'the folder that holds models and price tables')
    .action((flags: PriceFlags) => printPrice(flags, context));
}
