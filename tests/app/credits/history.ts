import fc from 'fast-check';
import { createCredits } from '../../../src/main/app/credits/credits';
import { createJobAccounts } from '../../../src/main/app/credits/job-accounts';
import { createLedger } from '../../../src/main/app/credits/ledger';
import { toLedgerRow, type StoredRow } from '../../../src/main/app/credits/ledger-row';
import { reconcile } from '../../../src/main/app/credits/reconcile';
import { createStudioEvents } from '../../../src/main/app/events';
import { allowanceOf, isMonthly, type CreditsPlan, type LedgerRow } from '../../../src/shared/credits';
import { StudioError } from '../../../src/shared/errors';
import { ModelId, type JobId } from '../../../src/shared/ids';
import type { JobEvent } from '../../../src/shared/job';
import { aJobId, aModel, anImageId, aRequest } from '../../support/samples';
import { shippedTables } from '../../support/price-tables';
import { Crash, crashingDatabase, Writes } from './crashing-database';
import { aPlan, memoryDatabase } from './open-account';

/** What may happen to the studio, one thing after another. */
export type Step =
  | { readonly type: 'submit'; readonly count: number; readonly steps: number }
  | { readonly type: 'picture' }
  | { readonly type: 'end'; readonly how: 'succeeded' | 'failed' | 'cancelled' }
  | { readonly type: 'cancelQueued' }
  | { readonly type: 'clock'; readonly hours: number }
  | { readonly type: 'plan'; readonly plan: CreditsPlan }
  | { readonly type: 'look' };

const PLANS: readonly CreditsPlan[] = [
  aPlan(),
  aPlan({ plan: 'lite', refillDay: 31 }),
  aPlan({ plan: 'lite', timeZone: 'Pacific/Apia' }),
  aPlan({ plan: 'custom', customAllowance: 7000 }),
  aPlan({ plan: 'custom', customAllowance: 9000, customRefill: 'once' }),
  aPlan({ plan: 'lite', budget: { perDay: 9000, perMonth: 40_000, isHardStop: true, warnAtPercent: 80 } }),
];

export const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('submit' as const), count: fc.integer({ min: 1, max: 4 }), steps: fc.constantFrom(10, 50, 150) }) },
  { weight: 6, arbitrary: fc.constant({ type: 'picture' as const }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('end' as const), how: fc.constantFrom('succeeded', 'failed', 'cancelled') }) },
  { weight: 1, arbitrary: fc.constant({ type: 'cancelQueued' as const }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('clock' as const), hours: fc.constantFrom(-2000, -30, 1, 30, 800, 2500) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('plan' as const), plan: fc.constantFrom(...PLANS) }) },
  { weight: 1, arbitrary: fc.constant({ type: 'look' as const }) },
);

const TABLES = shippedTables();
const MODEL = aModel({ id: ModelId.parse('user:xl'), name: 'SDXL', family: 'Stable Diffusion XL' });

/** What survives a crash: the ledger's database and the pictures on disk. And the clock on the wall. */
interface World {
  readonly database: ReturnType<typeof memoryDatabase>;
  readonly pictures: Map<JobId, number>;
  now: number;
}

/** One life of the program, from start to crash. */
function boot(world: World, writes: Writes) {
  const now = (): number => world.now;
  const ledger = createLedger(crashingDatabase(world.database, writes));
  const credits = createCredits({ ledger, tables: TABLES, now });
  const accounts = createJobAccounts({ credits, events: createStudioEvents(), peakMemoryOf: () => 0, now });
  const jobs: { readonly id: JobId; readonly count: number }[] = [];
  const hear = (event: Partial<JobEvent> & { readonly jobId: JobId }): void => accounts.hear({ sequence: 0, ...event } as JobEvent);

  function submit(count: number, steps: number): void {
    const id = aJobId();
    try {
      accounts.open({ jobId: id, model: MODEL, request: aRequest({ modelId: MODEL.id, count, numInferenceSteps: steps, width: 1024, height: 1024 }) });
    } catch (caught) {
      if (caught instanceof StudioError && caught.code === 'insufficient-credits') return;
      throw caught;
    }
    jobs.push({ id, count });
    if (jobs.length === 1) hear({ type: 'started', jobId: id });
  }

  function picture(): void {
    const job = jobs[0];
    if (job === undefined || (world.pictures.get(job.id) ?? 0) >= job.count) return;
    writes.point();
    world.pictures.set(job.id, (world.pictures.get(job.id) ?? 0) + 1);
    writes.point();
    hear({ type: 'imageFinished', jobId: job.id, imageId: anImageId() });
  }

  function end(index: number, how: 'succeeded' | 'failed' | 'cancelled'): void {
    const [job] = jobs.splice(index, 1);
    if (job === undefined) return;
    hear({ type: how, jobId: job.id } as Partial<JobEvent> & { readonly jobId: JobId });
    const next = jobs[0];
    if (index === 0 && next !== undefined) hear({ type: 'started', jobId: next.id });
  }

  return {
    ledger,
    credits,
    jobs,
    reconcile: () => reconcile({ ledger, credits }, (jobId) => Promise.resolve(world.pictures.get(jobId) ?? 0)),
    step(step: Step): void {
      switch (step.type) {
        case 'submit': return submit(step.count, step.steps);
        case 'picture': return picture();
        case 'end': return end(0, step.how);
        case 'cancelQueued': return jobs.length > 1 ? end(1, 'cancelled') : undefined;
        case 'clock': world.now += step.hours * 3_600_000; return undefined;
        case 'plan': return void credits.setPlan(step.plan);
        case 'look': return void credits.state();
      }
    },
  };
}

/** What is wrong with a ledger while some jobs are open; empty = nothing. Counts for itself and trusts no query of the ledger's. */
async function faultsOf(world: World, live: readonly JobId[]): Promise<readonly string[]> {
  const rows: readonly LedgerRow[] = (world.database.prepare('SELECT * FROM ledger ORDER BY sequence').all() as StoredRow[]).map(toLedgerRow);
  const faults: string[] = [];
  const balance = rows.reduce((sum, { amount }) => sum + amount, 0);
  if (!(await createLedger(world.database).verify()).ok) faults.push('the chain is broken');
  let running = 0;
  for (const { amount, sequence } of rows) {
    running += amount;
    if (running < 0) faults.push(`the balance is ${running} after row ${sequence}`);
  }
  const plan = rows.map(({ detail }) => detail).findLast((detail) => detail.reason === 'plan');
  const allowance = plan?.reason === 'plan' && isMonthly(plan.plan) ? allowanceOf(plan.plan) : null;
  if (allowance !== null && balance > allowance) faults.push(`the balance ${balance} is more than the plan's ${allowance}`);
  for (const reserve of rows.filter(({ kind }) => kind === 'reserve')) faults.push(...faultsOfJob(reserve, { rows, world, live }));
  for (const id of world.pictures.keys()) if (!rows.some(({ jobId, kind }) => jobId === id && kind === 'reserve')) faults.push(`${id} made pictures on no account`);
  return faults;
}

function faultsOfJob(reserve: LedgerRow, { rows, world, live }: { readonly rows: readonly LedgerRow[]; readonly world: World; readonly live: readonly JobId[] }): readonly string[] {
  const { jobId, detail, pictures: asked } = reserve;
  if (jobId === null || detail.reason !== 'job') return ['a reservation without a job'];
  const closings = rows.filter((row) => row.jobId === jobId && row.kind !== 'reserve');
  if (live.includes(jobId)) return closings.length === 0 ? [] : [`${jobId} is closed while it is open`];
  const [closing] = closings;
  if (closing === undefined || closings.length !== 1) return [`${jobId} is closed ${closings.length} times`];
  const made = world.pictures.get(jobId) ?? 0;
  const { unitCharge, unitPrice } = detail.facts;
  const isRight =
    made <= asked &&
    closing.pictures === made &&
    closing.kind === (made === 0 ? 'release' : 'settle') &&
    closing.charged === made * unitCharge &&
    closing.price === made * unitPrice &&
    reserve.amount + closing.amount === -closing.charged;
  return isRight ? [] : [`${jobId} made ${made} but was closed with ${closing.pictures} for ${closing.charged}`];
}

/** Where the power goes: at which write of the first life, and at which of the second, which begins by putting things right. */
export interface CrashPlan {
  readonly first: number;
  readonly second: number;
}

/**
 * Lives through a history with crashes; each life begins as the studio does, by reconciling.
 * @returns what is wrong after any step, and how many writes the first life made
 */
export async function liveThrough(steps: readonly Step[], { first, second }: CrashPlan): Promise<{ readonly faults: readonly string[]; readonly writes: number }> {
  const world: World = { database: memoryDatabase(), pictures: new Map(), now: Date.parse('2027-01-30T22:00:00Z') };
  const lives = [first, second, Infinity].map((crashAt) => new Writes(crashAt));
  const faults: string[] = [];
  let life = 0;
  let writes = lives[0] ?? new Writes(Infinity);
  let program = boot(world, writes);
  const restart = async (): Promise<void> => {
    for (;;) {
      life += 1;
      writes = lives[life] ?? new Writes(Infinity);
      program = boot(world, writes);
      try {
        await program.reconcile();
        return;
      } catch (caught) {
        if (!(caught instanceof Crash)) throw caught;
      }
    }
  };
  for (const step of steps) {
    try {
      program.step(step);
    } catch (caught) {
      if (!(caught instanceof Crash) && !writes.isDead) throw caught;
    }
    if (writes.isDead) await restart();
  }
  faults.push(...(await faultsOf(world, program.jobs.map(({ id }) => id))));
  // Power off at the end: whatever was open must come right too.
  await restart();
  const shown = boot(world, new Writes(Infinity)).credits.state().balance;
  const { sum } = world.database.prepare('SELECT SUM(amount) AS sum FROM ledger').get() as { readonly sum: number | null };
  if (shown !== null && shown !== (sum ?? 0)) faults.push(`the balance shown is ${shown} but the rows sum up to ${sum}`);
  faults.push(...(await faultsOf(world, [])));
  world.database.close();
  return { faults, writes: lives[0]?.count ?? 0 };
}
