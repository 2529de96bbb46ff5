/** ln Γ(x) for x > 0 by the Lanczos approximation (g = 7, n = 9), good to 1e-14. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

function lnGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
  const shifted = x - 1;
  const t = shifted + 7.5;
  const series = LANCZOS.reduce(
    (sum, coefficient, i) => (i === 0 ? coefficient : sum + coefficient / (shifted + i)),
    0,
  );
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(series);
}

/** The continued fraction of the incomplete beta function with equal shapes (DLMF 8.17.22), by Lentz's method. */
function betaFraction(x: number, shape: number): number {
  const tiny = 1e-300;
  const keep = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / keep(1 - (2 * shape * x) / (shape + 1));
  let fraction = d;
  for (let m = 1; m <= 500; m += 1) {
    const even = (m * (shape - m) * x) / ((shape + 2 * m - 1) * (shape + 2 * m));
    d = 1 / keep(1 + even * d);
    c = keep(1 + even / c);
    fraction *= d * c;
    const odd = (-(shape + m) * (2 * shape + m) * x) / ((shape + 2 * m) * (shape + 2 * m + 1));
    d = 1 / keep(1 + odd * d);
    c = keep(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return fraction;
}

/** I_x(shape, shape), the distribution function of the symmetric Beta distribution. */
function betaDistribution(x: number, shape: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > 0.5) return 1 - betaDistribution(1 - x, shape);
  const lnBeta = 2 * lnGamma(shape) - lnGamma(2 * shape);
  return (Math.exp(shape * Math.log(x * (1 - x)) - lnBeta) * betaFraction(x, shape)) / shape;
}

/**
 * The quantile (inverse distribution function) of the symmetric Beta(shape, shape) distribution, to about 1e-15.
 * @param probability 0..1
 * @returns 0..1
 */
export function quantileOfBeta(probability: number, shape: number): number {
  if (probability <= 0) return 0;
  if (probability >= 1) return 1;
  if (probability > 0.5) return 1 - quantileOfBeta(1 - probability, shape);
  let low = 0;
  let high = 0.5;
  // Halving is slow but cannot fail, and a schedule asks for a few dozen values once.
  for (let i = 0; i < 200 && high - low > high * 1e-15; i += 1) {
    const middle = (low + high) / 2;
    if (betaDistribution(middle, shape) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
