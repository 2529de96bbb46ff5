import { rmSync } from 'node:fs';
import { StudioError } from '../../../shared/errors';
import type { ResizeContext, ResizeResult, ResizeTask } from '../engine';
import { decodeToRaster, readPictureFacts, VIPS_HEADER, type PictureFacts } from '../image/picture-input';
import { encodePicture } from '../image/picture-output';
import type { RasterFile, RasterSpec } from '../image/raster-file';
import { StoredPngWriter } from '../image/stored-png';
import { rowsOf, takeRows } from './upscale-rows';
import { ResizeRun, type ResizeTools } from './upscale-run';
import { runStep, specAfter } from './upscale-steps';
import { openWorkFolder, SOURCE_FILE } from './upscale-work';

/** The decoded source lies before the first step's rows. */
const SOURCE = 0;

/** @throws StudioError `image-invalid` when the file has another size than the steps were planned for */
function requirePlannedSize({ steps, sourcePath }: ResizeTask, facts: PictureFacts): void {
  const [first] = steps;
  const planned = first === undefined ? facts : 'from' in first ? first.from : first.size;
  if (planned.width === facts.width && planned.height === facts.height) return;
  throw new StudioError('image-invalid', `Expected ${sourcePath} to be ${planned.width} by ${planned.height} pixels but it is ${facts.width} by ${facts.height} now: start again.`, { details: { path: sourcePath } });
}

/** What a decoder found may differ from the header's word, so it is written down with the rows. */
async function decodeSource(run: ResizeRun, facts: PictureFacts): Promise<RasterSpec> {
  const { work } = run.parts;
  const known = work.readNote('source');
  if (known !== null) return JSON.parse(known) as RasterSpec;
  run.enter('loading');
  run.report(0, 1);
  const target = work.fileFor(SOURCE_FILE);
  const { width, height, channels, depth } = await decodeToRaster(run.task.sourcePath, facts, target);
  work.writeNote('source', JSON.stringify({ width, height, channels, depth }));
  run.report(1, 1);
  return { width, height, channels, depth };
}

interface Place {
  /** Steps whose rows are complete. */
  readonly finished: number;
  readonly spec: RasterSpec;
}

/** Hands the last rows with all metadata to the encoder. */
async function encodeRows(run: ResizeRun, rows: RasterFile, facts: PictureFacts): Promise<void> {
  const { task, context, parts } = run;
  const xmp = facts.metadata.xmp === null ? null : Buffer.from(facts.metadata.xmp).toString('utf8');
  const text = await context.textFor({ width: facts.width, height: facts.height, xmp });
  const path = parts.work.fileFor('result.png');
  // What a network extended or drew has a size and sometimes channels of its own; a grey profile fits grey alone.
  const icc = facts.channels < 3 && rows.channels > 2 ? null : facts.metadata.icc;
  const writer = new StoredPngWriter(path, rows, { icc, exif: facts.metadata.exif, xmp: text.xmp === null ? null : Buffer.from(text.xmp, 'utf8') });
  try {
    await takeRows(run, rowsOf(rows), { total: rows.height, take: (row) => writer.write(row) });
    writer.close();
  } catch (caught) {
    writer.abandon();
    throw caught;
  }
  const { format, quality, density, path: target } = task.output;
  const { width, height, channels, depth } = rows;
  await encodePicture(path, target, { width, height, channels, depth, format, quality, density, userComment: text.userComment });
  rmSync(path, { force: true });
}

/**
 * One picture file to another size, step by step from rows on disk to rows on disk, so that memory does not grow with
 * the picture. What the work folder already holds is not done again, and the same bytes come out.
 * @throws StudioError image codes for the source, `model-…` and `bad-output` for the networks, `cancelled`
 */
export async function upscale(task: ResizeTask, context: ResizeContext, tools: ResizeTools): Promise<ResizeResult> {
  const work = openWorkFolder(task.workFolder);
  const run = new ResizeRun(task, context, { tools, work });
  const facts = await readPictureFacts(task.sourcePath);
  for (const note of facts.notes) run.warnings.add(note);
  requirePlannedSize(task, facts);
  let place: Place = { finished: 0, spec: await decodeSource(run, facts) };
  const open = ({ finished, spec }: Place): RasterFile => (finished === SOURCE ? work.openSource(spec, VIPS_HEADER) : work.open(finished, spec));
  // Rows of earlier steps are gone once a later one is complete.
  const done = task.steps.reduce((last, _, i) => (work.isFinished(i + 1) ? i + 1 : last), SOURCE);
  for (const [i, step] of task.steps.entries()) {
    const index = i + 1;
    if (index > done) {
      await run.checkpoint();
      const source = open(place);
      try {
        await runStep(run, { step, index, source });
      } finally {
        source.close();
      }
      // The decoded source is small beside its results and spares decoding once more.
      if (index > 1) work.drop(index - 1);
    }
    place = { finished: index, spec: specAfter(step, place.spec) };
  }
  const rows = open(place);
  try {
    await encodeRows(run, rows, facts);
  } finally {
    rows.close();
  }
  const { width, height } = place.spec;
  return { width, height, ...run.facts() };
}
