/** Whether no value is infinite or no number; an indexed loop, because a picture has millions of them. */
export function allFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    if (value - value !== 0) return false;
  }
  return true;
}
