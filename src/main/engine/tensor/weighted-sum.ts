/** One summand: every element of `values` times `weight`. */
export type Term = readonly [weight: number, values: Float32Array];

/** The commonest case in one pass, with the same rounding. */
function sumOfTwo([firstWeight, firstValues]: Term, [secondWeight, secondValues]: Term): Float32Array {
  const sum = new Float32Array(firstValues.length);
  for (let i = 0; i < sum.length; i += 1) sum[i] = (firstValues[i] ?? 0) * firstWeight + secondWeight * (secondValues[i] ?? 0);
  return sum;
}

/**
 * Σ weight·values, element by element, summed in float64 and stored as float32. All terms have the length of the first.
 * A new array; the terms are left as they are.
 */
export function weightedSum(first: Term, ...others: readonly Term[]): Float32Array {
  const [firstWeight, firstValues] = first;
  const [second] = others;
  if (second !== undefined && others.length === 1) return sumOfTwo(first, second);
  const sum = new Float64Array(firstValues);
  for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) * firstWeight;
  for (const [weight, values] of others) {
    for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) + weight * (values[i] ?? 0);
  }
  return new Float32Array(sum);
}
