import { z } from 'zod';
import type { JobId } from './ids';
import type { JobFacts } from './pricing/job-facts';
import type { MilliCredits } from './pricing/money';
import type { Comparison } from './pricing/compare';
import type { PriceTable } from './pricing/price-table';

export const PLAN_IDS = ['unlimited', 'lite', 'plus', 'pro', 'custom'] as const;

/** Monthly allowances of the named plans; Unlimited charges nothing, and Custom says its own. */
export const PLAN_ALLOWANCES: Readonly<Record<'lite' | 'plus' | 'pro', MilliCredits>> = { lite: 100_000, plus: 1_000_000, pro: 5_000_000 };

const milliCredits = z.int().min(0).max(1_000_000_000_000);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The user's own limits on what is used, counted at list prices so that they work under every plan. */
export const Budget = z.strictObject({
  perDay: milliCredits.nullable(),
  perMonth: milliCredits.nullable(),
  /** True refuses a job that goes beyond; false only warns. */
  isHardStop: z.boolean(),
  /** From this share of a limit on there is a warning; percent. */
  warnAtPercent: z.int().min(1).max(100),
});
export type Budget = z.infer<typeof Budget>;

/** What the user has chosen; kept as a row of the ledger, so that its history is kept too. */
export const CreditsPlan = z.strictObject({
  plan: z.enum(PLAN_IDS),
  /** Only for `custom`: what each refill grants, or for `once` what there is to spend from now on. */
  customAllowance: milliCredits,
  /** Only for `custom`; the named plans refill each month. */
  customRefill: z.enum(['monthly', 'once']),
  /** Day of the month; the last day where a month is shorter. */
  refillDay: z.int().min(1).max(31),
  /** IANA name; null = the system's, wherever it travels. */
  timeZone: z.string().max(64).refine(isTimeZone, 'not a known time zone').nullable(),
  budget: Budget,
});
export type CreditsPlan = z.infer<typeof CreditsPlan>;

export const DEFAULT_PLAN: CreditsPlan = {
  plan: 'unlimited',
  customAllowance: 100_000,
  customRefill: 'monthly',
  refillDay: 1,
  timeZone: null,
  budget: { perDay: null, perMonth: null, isHardStop: true, warnAtPercent: 80 },
};

/** What a plan grants at each refill; null = it charges nothing. */
export function allowanceOf({ plan, customAllowance }: CreditsPlan): MilliCredits | null {
  if (plan === 'unlimited') return null;
  return plan === 'custom' ? customAllowance : PLAN_ALLOWANCES[plan];
}

export const isMonthly = ({ plan, customRefill }: Pick<CreditsPlan, 'plan' | 'customRefill'>): boolean => plan !== 'unlimited' && (plan !== 'custom' || customRefill === 'monthly');

export const LEDGER_KINDS = ['grant', 'reserve', 'settle', 'release', 'adjust'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/** Why a row is there; `seconds` is how long the job ran, `peakMemoryBytes` the most the engine held for one of its pictures. */
export type LedgerDetail =
  | { readonly reason: 'refill' }
  /** `savedIn` = a run of the command line, and the folder its pictures go to. */
  | { readonly reason: 'job'; readonly facts: JobFacts; readonly savedIn?: string }
  | { readonly reason: 'finished' | 'not-used'; readonly seconds: number | null; readonly peakMemoryBytes?: number }
  /** Closed after a crash, by what lay in the gallery. */
  | { readonly reason: 'recovered' }
  | { readonly reason: 'expired' }
  | { readonly reason: 'plan'; readonly plan: CreditsPlan }
  | { readonly reason: 'new-ledger'; readonly setAside: string };

/** One row of the ledger; never changed once written. The balance is the sum of `amount`. */
export interface LedgerRow {
  /** 1, 2, 3 … without gaps. */
  readonly sequence: number;
  /** Milliseconds since the epoch, as the clock stood. */
  readonly at: number;
  /** Local date then, YYYY-MM-DD; days and months are counted by it. */
  readonly day: string;
  readonly kind: LedgerKind;
  /** What it does to the balance, signed. */
  readonly amount: MilliCredits;
  /** List price of what was reserved or made, whatever the plan charges for it. */
  readonly price: MilliCredits;
  /** What was in fact paid; only `settle` rows have any. */
  readonly charged: MilliCredits;
  readonly pictures: number;
  readonly jobId: JobId | null;
  /** First day of the month that a refill or a plan is for. */
  readonly period: string | null;
  readonly detail: LedgerDetail;
  /** SHA-256 over this row and the hash before it. */
  readonly hash: string;
}

/** Everything a button or panel needs to say what a job costs and whether it fits. */
export interface CreditsState {
  readonly plan: CreditsPlan;
  /** What is left to spend, open reservations already taken off; null = the plan charges nothing. */
  readonly balance: MilliCredits | null;
  /** Held by jobs that wait or run. */
  readonly reserved: MilliCredits;
  /** What one refill grants; null = none. */
  readonly allowance: MilliCredits | null;
  /** First day of the present month of the plan and of the next; null without a monthly refill. */
  readonly period: { readonly from: string; readonly next: string } | null;
  readonly today: string;
  /** At list prices, open reservations included. */
  readonly usedToday: MilliCredits;
  readonly usedThisMonth: MilliCredits;
  /** Paid since the present month of the plan began. */
  readonly chargedThisPeriod: MilliCredits;
  /** Sequence of the last row. */
  readonly rows: number;
}

/** What `credits.get` answers: the state, and the tables in force, the first of which the studio charges by. */
export interface CreditsOverview {
  readonly state: CreditsState;
  readonly tables: readonly PriceTable[];
  /** Where tables of the user's own lie. */
  readonly pricesFolder: string;
  /** One sentence for each of them that was left out, and for a damaged ledger. */
  readonly problems: readonly string[];
}

/** Which limit holds a job back. */
export const CREDIT_LIMITS = ['balance', 'day', 'month'] as const;
export type CreditLimit = (typeof CREDIT_LIMITS)[number];

/** What a request costs and whether it fits; the same numbers are then reserved. */
export interface PriceQuote {
  /** List price and charge of one picture; the charge is 0 under Unlimited. */
  readonly unitPrice: MilliCredits;
  readonly unitCharge: MilliCredits;
  readonly count: number;
  readonly totalPrice: MilliCredits;
  readonly totalCharge: MilliCredits;
  /** How many of `count` may be made now. */
  readonly fits: number;
  /** What holds back the rest; null when all fit. */
  readonly heldBackBy: CreditLimit | null;
  /** Limits that this job would pass the warning mark of, or go beyond without a hard stop. */
  readonly warnings: readonly CreditLimit[];
  readonly label: string;
  readonly isStandIn: boolean;
  readonly table: { readonly id: string; readonly name: string; readonly effectiveFrom: string };
}

/** Use between two days, from the ledger alone. */
export interface CreditsUsage {
  readonly from: string;
  readonly to: string;
  readonly pictures: number;
  readonly jobs: number;
  /** Whole job times; jobs that a crash ended are not in it. */
  readonly seconds: number;
  /** The most that any one of the jobs held; 0 where none has said. */
  readonly peakMemoryBytes: number;
  readonly energyWh: number;
  readonly assumedWatts: number;
  readonly price: MilliCredits;
  readonly charged: MilliCredits;
  readonly byDay: readonly UsageShare[];
  readonly byModel: readonly UsageShare[];
  readonly byTool: readonly UsageShare[];
  readonly comparisons: readonly Comparison[];
}

export interface UsageShare {
  /** A day (YYYY-MM-DD), a model's name or a tool. */
  readonly name: string;
  readonly pictures: number;
  readonly price: MilliCredits;
  readonly charged: MilliCredits;
}

/** One job's account: what it was, and what has become of it. */
export interface JobCost {
  readonly facts: JobFacts;
  /** Null while the job is open. */
  readonly closed: { readonly pictures: number; readonly price: MilliCredits; readonly charged: MilliCredits } | null;
}

/** Whether the chain of hashes holds; else the first row that is not as it was written. */
export type LedgerVerdict =
  | { readonly ok: true; readonly rows: number; readonly head: string }
  | { readonly ok: false; readonly rows: number; readonly sequence: number; readonly problem: string };

/** What every window hears when the ledger has grown. */
export type CreditsEvent =
  | { readonly type: 'changed'; readonly state: CreditsState }
  /** A job's account is closed: the price after. */
  | { readonly type: 'closed'; readonly jobId: JobId; readonly pictures: number; readonly price: MilliCredits; readonly charged: MilliCredits; readonly state: CreditsState }
  /** A row could not be written; the next start makes up for it. */
  | { readonly type: 'failed'; readonly jobId: JobId; readonly message: string };
