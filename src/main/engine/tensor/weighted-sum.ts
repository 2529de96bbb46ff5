/** One summand: every element of `values` times `weight`. */
export type Term = readonly [weight: number, values: Float32Array];

/** The commonest cases in one pass, with the same rounding. */
function scaled([weight, values]: Term): Float32Array {
  const product = new Float32Array(values.length);
  for (let i = 0; i < product.length; i += 1) product[i] = (values[i] ?? 0) * weight;
  return product;
}

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
  const [second] = others;
  if (second === undefined) return scaled(first);
  if (others.length === 1) return sumOfTwo(first, second);
  const [firstWeight, firstValues] = first;
  const sum = new Float64Array(firstValues.length);
  for (let i = 0; i < sum.length; i += 1) sum[i] = (firstValues[i] ?? 0) * firstWeight;
  for (const [weight, values] of others) {
    for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) + weight * (values[i] ?? 0);
  }
  return new Float32Array(sum);
}
