export interface UnipcBasis {
  /** Powers of the λ ratios: row i holds ratio_j^i. */
  readonly rows: readonly (readonly number[])[];
  readonly values: readonly number[];
  /** B(h), the factor before the sum of differences. */
  readonly scale: number;
}

export interface UnipcBasisInput {
  /** Signed step in λ. */
  readonly h: number;
  /** Where the outputs lie, in units of the step from its start; the last is 1, the end of the step. */
  readonly ratios: readonly number[];
  readonly form: 'bh1' | 'bh2';
}

/** R and b of Zhao et al. 2023, formula 6, with B(h) = h (bh1) or e^h − 1 (bh2). */
export function unipcBasis({ h, ratios, form }: UnipcBasisInput): UnipcBasis {
  const scale = form === 'bh1' ? h : Math.expm1(h);
  const values: number[] = [];
  let factorial = 1;
  let phi = Math.expm1(h) / h - 1;
  for (let order = 1; order <= ratios.length; order += 1) {
    values.push((phi * factorial) / scale);
    factorial *= order + 1;
    phi = phi / h - 1 / factorial;
  }
  return { rows: ratios.map((_, power) => ratios.map((ratio) => ratio ** power)), values, scale };
}

/** Solves a small square system by Gaussian elimination with row pivoting. */
export function solveLinear(rows: readonly (readonly number[])[], values: readonly number[]): number[] {
  const size = values.length;
  const system = rows.map((row, i) => [...row, values[i] ?? 0]);
  const at = (row: number, column: number): number => system[row]?.[column] ?? 0;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1)
      if (Math.abs(at(row, column)) > Math.abs(at(pivot, column))) pivot = row;
    const pivotRow = system[pivot] ?? [];
    system[pivot] = system[column] ?? [];
    system[column] = pivotRow;
    for (let row = 0; row < size; row += 1) {
      if (row === column) continue;
      const factor = at(row, column) / at(column, column);
      system[row] = (system[row] ?? []).map((value, k) => value - factor * (pivotRow[k] ?? 0));
    }
  }
  return system.map((row, i) => (row[size] ?? 0) / (row[i] ?? 1));
}

/** Weights of the older differences; order 2 takes the paper's simplification 1/2. */
export function predictorWeights({ rows, values }: UnipcBasis): number[] {
  const count = values.length - 1;
  if (count === 0) return [];
  if (count === 1) return [0.5];
  return solveLinear(
    rows.slice(0, count).map((row) => row.slice(0, count)),
    values.slice(0, count),
  );
}

/** Weights of the older differences and, last, of the one at the end of the step. */
export function correctorWeights({ rows, values }: UnipcBasis): number[] {
  return values.length === 1 ? [0.5] : solveLinear(rows, values);
}
