import type { RasterFile, Samples } from '../image/raster-file';
import type { ResizeRun } from './upscale-run';

/** Rows between two looks at whether the work was cancelled. */
const ROWS_A_LOOK = 32;

/** Takes rows top to bottom as they come, with progress, until there are `total`. */
export async function takeRows(run: ResizeRun, rows: Iterable<Samples>, { total, take }: { readonly total: number; take(row: Samples, y: number): void }): Promise<void> {
  run.enter('saving');
  let y = 0;
  for (const row of rows) {
    if (y % ROWS_A_LOOK === 0) {
      run.report(y, total);
      await run.checkpoint();
    }
    take(row, y);
    y += 1;
  }
  run.report(total, total);
}

/** Fills a file with rows; they are on the disk when this returns. */
export async function writeRows(run: ResizeRun, rows: Iterable<Samples>, target: RasterFile): Promise<void> {
  const { width, height } = target;
  await takeRows(run, rows, { total: height, take: (row, y) => target.write({ x: 0, y, width, height: 1 }, row) });
  target.flush();
}

export function* rowsOf(source: RasterFile): Generator<Samples> {
  for (let y = 0; y < source.height; y += 1) yield source.read({ x: 0, y, width: source.width, height: 1 });
}
