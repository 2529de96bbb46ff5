/**
 * How one 4x4 block of the low band comes to say its bit. Values are U's low band, 0..510; a patch is the block with one
 * value around it, 6x6 in rows. JPEG usually halves colours and doubles them smoothly again, after which a value is mixed
 * with its neighbours by [1 6 1] / 8 each way: a plan makes the bit hold before that and after it.
 */
export const BLOCK = 4;
export const PATCH = BLOCK + 2;

/** The half of a step that says the bit: [low, high). */
export interface Half {
  readonly low: number;
  readonly high: number;
}

/** How far inside of its half the largest value must lie: before colours are halved, and after, which JPEG rounds. */
const BEFORE = 2;
const AFTER = 6;
/** Lowering one value raises the need at its neighbour; three rounds settle a block. */
const ROUNDS = 3;

const SIDE = [1 / 8, 6 / 8, 1 / 8] as const;
const WEIGHTS = SIDE.flatMap((down) => SIDE.map((across) => down * across));
const ENERGY = WEIGHTS.reduce((sum, weight) => sum + weight ** 2, 0);
/** From a value to its eight neighbours and itself, in the order of WEIGHTS. */
const AROUND = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => dy * PATCH + dx));
/** Places of the block within its patch, in rows. The decoder leaves out the first. */
const INSIDE = Array.from({ length: BLOCK * BLOCK }, (_, i) => (Math.floor(i / BLOCK) + 1) * PATCH + (i % BLOCK) + 1);
const READ = INSIDE.slice(1);
const IS_INSIDE = Array.from({ length: PATCH * PATCH }, (_, i) => INSIDE.includes(i));

const at = (patch: Float64Array, index: number): number => patch[index] ?? 0;

function smooth(patch: Float64Array, index: number): number {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += at(patch, index + (AROUND[i] ?? 0)) * (WEIGHTS[i] ?? 0);
  return sum;
}

/** The least change of the block that lowers a smoothed value by `excess`: in proportion to the weights. */
function lower(patch: Float64Array, index: number, excess: number): void {
  for (let i = 0; i < 9; i++) {
    const place = index + (AROUND[i] ?? 0);
    if (IS_INSIDE[place] === true) patch[place] = at(patch, place) - (excess * (WEIGHTS[i] ?? 0)) / ENERGY;
  }
}

/** One round of changes towards `half`. @returns false when there was nothing to change */
function settle(plan: Float64Array, { low, high }: Half): boolean {
  let isChanged = false;
  for (const index of INSIDE) {
    if (at(plan, index) <= high - BEFORE) continue;
    plan[index] = high - BEFORE;
    isChanged = true;
  }
  let most = 0;
  for (const index of READ) {
    const value = smooth(plan, index);
    const excess = value - (high - AFTER);
    if (excess > 0) lower(plan, index, excess);
    isChanged ||= excess > 0;
    most = Math.max(most, value - Math.max(0, excess));
  }
  const missing = low + AFTER - most;
  // All of them: a single raised value is fine detail, which JPEG drops.
  if (missing > 0) for (const index of INSIDE) plan[index] = at(plan, index) + missing;
  return isChanged || missing > 0;
}

/** The patch with its block changed so that its largest value lies in `half`, whether colours are halved or not. */
export function planFor(patch: Float64Array, half: Half): Float64Array {
  const plan = Float64Array.from(patch);
  for (let round = 0; round < ROUNDS && settle(plan, half); round++);
  return plan;
}

/** The sum of squared changes; `priceOf` weighs a change that is seen sooner than others. */
export const costOf = (patch: Float64Array, plan: Float64Array, priceOf: (index: number, change: number) => number): number =>
  INSIDE.reduce((sum, index) => {
    const change = at(plan, index) - at(patch, index);
    return change === 0 ? sum : sum + change ** 2 * priceOf(index, change);
  }, 0);

/** The largest of the values that are read. U is never negative, so it is the largest magnitude too. */
export const carried = (patch: Float64Array): number => READ.reduce((best, index) => Math.max(best, at(patch, index)), 0);
