/** Whether no value is infinite or no number; a plain loop, because a picture has millions of them. */
export function allFinite(values: Float32Array): boolean {
  for (const value of values) if (value - value !== 0) return false;
  return true;
}
