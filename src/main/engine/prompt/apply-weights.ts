import { StudioError } from '../../../shared/errors';

function mean(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/**
 * A1111's emphasis "Original" (modules/sd_emphasis.py): each token's embedding times its weight, then the whole chunk
 * scaled so that its mean is what it was. With all weights 1 the same array comes back untouched.
 * @param embeds [tokens, dimension] of one chunk
 * @param weights [tokens]
 * @throws StudioError `internal` when the two do not fit
 */
export function applyWeights(embeds: Float32Array, weights: readonly number[]): Float32Array {
  if (weights.every((weight) => weight === 1)) return embeds;
  const dimension = embeds.length / weights.length;
  if (!Number.isInteger(dimension)) {
    throw new StudioError('internal', `Expected a multiple of ${String(weights.length)} embedding values but received ${String(embeds.length)}.`);
  }
  const weighted = embeds.map((value, i) => value * (weights[Math.floor(i / dimension)] ?? 1));
  const after = mean(weighted);
  const scale = after === 0 ? 1 : mean(embeds) / after;
  return weighted.map((value) => value * scale);
}
