import { assertNever, StudioError } from '../errors';
import type { PriceFamily } from './families';
import { toMilliCredits, type MilliCredits } from './money';
import type { PriceFormula, PriceRule, PriceTable, PriceTool } from './price-table';

/** All that a price depends on; one picture. */
export interface PriceRequest {
  readonly tool: PriceTool;
  readonly family: PriceFamily;
  /** The model's name, for price lists that tell variants apart. */
  readonly modelName: string;
  /** Pixels the model works at; for `upscale` those of the input. */
  readonly width: number;
  readonly height: number;
  readonly numInferenceSteps: number;
  /** Enlarged by an upscaler straight afterwards, which has a price of its own. */
  readonly isEnlarged: boolean;
  /** How many times the model works for one picture; absent = once. */
  readonly passes?: number;
}

/** The price of one picture and where it comes from. */
export interface Price {
  readonly milliCredits: MilliCredits;
  /** What the provider called it. */
  readonly label: string;
  /** True where the provider did not offer exactly this and the nearest thing was taken. */
  readonly isStandIn: boolean;
}

/** Published formulas, sources in resources/prices; the result is in the table's unit and may be below zero. */
function evaluate(formula: PriceFormula, { width, height, numInferenceSteps: steps }: PriceRequest): number {
  switch (formula.kind) {
    case 'flat':
      return formula.amount;
    case 'area-steps':
      return (formula.scale * (width * height - formula.offsetPixels) * steps) / formula.perSteps;
    case 'quadratic-steps': {
      const fixed = formula.fixed.find((entry) => entry.steps === steps);
      return fixed?.amount ?? formula.constant + formula.linear * steps + formula.quadratic * steps * steps;
    }
    case 'pixel-limit':
      return width * height > formula.upToPixels ? formula.beyond : formula.amount;
    default:
      return assertNever(formula);
  }
}

function fits(rule: PriceRule, { tool, family, modelName }: PriceRequest): boolean {
  const name = modelName.toLowerCase();
  return rule.tools.includes(tool) && rule.families.includes(family) && rule.nameWords.every((word) => name.includes(word));
}

/**
 * The one price function: the button shows what it says and the ledger charges what it says.
 * @returns the price of one picture in thousandths of a credit, never below the table's floor;
 *   null where the table prices no such thing (a monthly fee, or a tool that was not sold)
 */
export function priceOf(request: PriceRequest, table: PriceTable): Price | null {
  const rule = table.rules.find((candidate) => fits(candidate, request));
  if (rule === undefined) return null;
  const own = (request.passes ?? 1) * toMilliCredits(Math.max(table.floor, evaluate(rule.formula, request)), table.unit);
  if (!request.isEnlarged || request.tool === 'upscale') return { milliCredits: own, label: rule.label, isStandIn: rule.isStandIn };
  const enlarging = priceOf({ ...request, tool: 'upscale', isEnlarged: false, passes: 1 }, table);
  if (enlarging === null) return { milliCredits: own, label: rule.label, isStandIn: true };
  return { milliCredits: own + enlarging.milliCredits, label: `${rule.label} + ${enlarging.label}`, isStandIn: rule.isStandIn || enlarging.isStandIn };
}

/** As `priceOf`, for the table the studio charges by, which must price everything. @throws StudioError `internal` naming the table */
export function chargeOf(request: PriceRequest, table: PriceTable): Price {
  const price = priceOf(request, table);
  if (price !== null) return price;
  throw new StudioError('internal', `Expected the price table ${table.id} to price ${request.tool} with ${request.family} but it does not; correct or remove that file.`);
}
