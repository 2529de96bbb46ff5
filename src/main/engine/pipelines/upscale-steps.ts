import { assertNever, StudioError } from '../../../shared/errors';
import type { ResizeStep } from '../../../shared/resize/plan-resize';
import { tileBox, tileGrid } from '../../../shared/resize/tile-grid';
import { padRows } from '../image/pad-rows';
import type { RasterFile} from '../image/raster-file';
import { type PixelSource, type RasterSpec, type Samples } from '../image/raster-file';
import { resampleRows } from '../image/resample-rows';
import { enlargeTile } from '../stages/enlarge-tile';
import type { ResizeRun } from './upscale-run';
import { drawTiles } from './upscale-creative';
import { extendPicture } from './upscale-extend';
import { writeRows } from './upscale-rows';

/** At most this much work is lost to a crash. */
const MARK_MS = 2000;

type StepOf<K extends ResizeStep['kind']> = Extract<ResizeStep, { kind: K }>;

const isColoured = (colour: string): boolean => colour.slice(1, 3) !== colour.slice(3, 5) || colour.slice(3, 5) !== colour.slice(5, 7);

/** A frame may need what the picture has not: colours, or an alpha channel. */
function channelsAfterPad({ fill }: StepOf<'pad'>, channels: RasterSpec['channels']): RasterSpec['channels'] {
  const hasColour = channels > 2 || (fill.kind === 'colour' && isColoured(fill.colour));
  const hasAlpha = channels % 2 === 0 || fill.kind === 'transparent';
  if (hasColour) return hasAlpha ? 4 : 3;
  return hasAlpha ? 2 : 1;
}

/** What lies on disk after a step. */
export function specAfter(step: ResizeStep, from: RasterSpec): RasterSpec {
  if (step.kind === 'creative') return from;
  if (step.kind === 'extend') return { ...step.to, channels: 3, depth: 8 };
  return { width: step.to.width, height: step.to.height, depth: from.depth, channels: step.kind === 'pad' ? channelsAfterPad(step, from.channels) : from.channels };
}

interface StepRun<K extends ResizeStep['kind']> {
  readonly run: ResizeRun;
  readonly step: StepOf<K>;
  readonly index: number;
  readonly source: RasterFile;
}

/** Tile by tile; each row of tiles, or every two seconds, is a place from which a killed studio goes on. */
async function enlargeStep({ run, step, index, source }: StepRun<'model'>): Promise<void> {
  const { upscaler: use } = run.task;
  if (use === null) throw new StudioError('internal', 'Expected an upscaler for a step that enlarges by one but received none.');
  const { work, tools } = run.parts;
  run.enter('loading');
  run.report(0, 1);
  const upscaler = await tools.upscalers.load(use.path, use.traits);
  run.enter('upscaling');
  const grid = tileGrid(step.from, use.tile);
  const total = grid.columns * grid.rows;
  const done = Math.min(total, work.partsDone(index));
  const target = work.openPart(index, specAfter(step, source), { isGoingOn: done > 0 });
  let marking: Promise<void> = Promise.resolve();
  let markedAt = performance.now();
  /** What is told to be there must be on the disk, which is waited for while the next tile runs. */
  const mark = (tiles: number): void => {
    markedAt = performance.now();
    marking = marking.then(() => target.flushBeside()).then(() => work.markParts(index, tiles));
  };
  try {
    run.report(done, total);
    for (let tile = done; tile < total; tile += 1) {
      const kept = tileBox(step.from, grid, { column: tile % grid.columns, row: Math.floor(tile / grid.columns) });
      await run.checkpoint();
      const { box, samples, scale } = await enlargeTile(upscaler, source, { kept, geometry: use });
      if (scale !== step.scale) throw new StudioError('model-invalid', `Expected the upscaler to enlarge ${step.scale} times but it enlarged ${scale} times: choose it again.`);
      target.write(box, samples);
      if ((tile + 1) % grid.columns === 0 || performance.now() - markedAt > MARK_MS) mark(tile + 1);
      run.report(tile + 1, total);
    }
  } finally {
    await marking;
    target.close();
  }
}

function* cropRows(source: PixelSource, { x, y, to }: StepOf<'crop'>): Generator<Samples> {
  for (let row = 0; row < to.height; row += 1) yield source.read({ x, y: y + row, width: to.width, height: 1 });
}

async function rowStep(run: ResizeRun, index: number, { rows, spec }: { readonly rows: Iterable<Samples>; readonly spec: RasterSpec }): Promise<void> {
  const target = run.parts.work.openPart(index, spec);
  try {
    await writeRows(run, rows, target);
  } finally {
    target.close();
  }
}

/**
 * Runs one step from the rows before it to its own, which are complete when this returns.
 * @param index place of the step's rows in the work folder
 */
export async function runStep(run: ResizeRun, { step, index, source }: { readonly step: ResizeStep; readonly index: number; readonly source: RasterFile }): Promise<void> {
  const spec = specAfter(step, source);
  switch (step.kind) {
    case 'model':
      await enlargeStep({ run, step, index, source });
      break;
    case 'resample':
      await rowStep(run, index, { rows: resampleRows(source, step.to, step), spec });
      break;
    case 'crop':
      await rowStep(run, index, { rows: cropRows(source, step), spec });
      break;
    case 'pad':
      await rowStep(run, index, { rows: padRows(source, step, spec), spec });
      break;
    case 'creative':
      await drawTiles(run, { step, index, source });
      break;
    case 'extend':
      await extendPicture(run, { step, index });
      break;
    default:
      return assertNever(step);
  }
  run.parts.work.finish(index);
}
