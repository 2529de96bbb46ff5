import type { Kernel } from '../../../shared/resize/settings';

interface Filter {
  /** Source pixels to each side that count where nothing is shrunk. */
  readonly support: number;
  weigh(distance: number): number;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** Mitchell and Netravali's family of cubics ("Reconstruction filters in computer graphics", 1988). */
function cubic(b: number, c: number): Filter {
  return {
    support: 2,
    weigh: (distance) => {
      const x = Math.abs(distance);
      if (x < 1) return ((12 - 9 * b - 6 * c) * x ** 3 + (-18 + 12 * b + 6 * c) * x ** 2 + (6 - 2 * b)) / 6;
      if (x < 2) return ((-b - 6 * c) * x ** 3 + (6 * b + 30 * c) * x ** 2 + (-12 * b - 48 * c) * x + (8 * b + 24 * c)) / 6;
      return 0;
    },
  };
}

const FILTERS: Readonly<Record<Exclude<Kernel, 'nearest'>, Filter>> = {
  lanczos3: { support: 3, weigh: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
  mitchell: cubic(1 / 3, 1 / 3),
  /** Catmull and Rom's. */
  cubic: cubic(0, 0.5),
};

/** For each target position: the first source position and the weights from there on, which sum to 1. */
export interface Weights {
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  /** `reach` slots a position. */
  readonly values: Float32Array;
  readonly reach: number;
}

function nearest(from: number, to: number): Weights {
  const starts = new Int32Array(to);
  for (let i = 0; i < to; i += 1) starts[i] = Math.min(from - 1, Math.floor(((i + 0.5) * from) / to));
  return { starts, counts: new Int32Array(to).fill(1), values: new Float32Array(to).fill(1), reach: 1 };
}

/**
 * The weights of one axis; pixel centres lie at half positions, so nothing shifts, and shrinking widens the filter by
 * the factor, so that nothing aliases. At a border the weights that remain are made to sum to 1.
 */
export function weightsFor(from: number, to: number, kernel: Kernel): Weights {
  if (kernel === 'nearest') return nearest(from, to);
  const { support, weigh } = FILTERS[kernel];
  const scale = from / to;
  const stretch = Math.max(1, scale);
  const reach = 2 * Math.ceil(support * stretch) + 1;
  const starts = new Int32Array(to);
  const counts = new Int32Array(to);
  const values = new Float32Array(to * reach);
  for (let i = 0; i < to; i += 1) {
    const centre = (i + 0.5) * scale;
    const start = Math.max(0, Math.floor(centre - support * stretch));
    const end = Math.min(from, Math.ceil(centre + support * stretch), start + reach);
    const row = Array.from({ length: end - start }, (_, k) => weigh((start + k + 0.5 - centre) / stretch));
    const sum = row.reduce((total, value) => total + value, 0);
    row.forEach((value, k) => {
      values[i * reach + k] = value / sum;
    });
    starts[i] = start;
    counts[i] = end - start;
  }
  return { starts, counts, values, reach };
}
