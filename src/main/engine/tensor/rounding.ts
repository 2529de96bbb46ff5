/** Rounds to the nearest integer, ties to the even one, as numpy, torch and IEEE 754 do. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
