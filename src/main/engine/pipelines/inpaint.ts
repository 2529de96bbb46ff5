import type { Picture, Run } from '../run-context';
import { repaint } from '../stages/repaint';
import { frameRepaint } from '../stages/repaint-frame';
import { readMask, readSource } from '../stages/source-image';

const DEFAULT_STRENGTH = 1;

/** Repaints what the mask marks, in the whole picture or in a crop around it. */
export async function inpaint(run: Run, pictures: readonly Picture[]): Promise<void> {
  const source = await readSource(run);
  const mask = await readMask(run, source);
  await repaint(run, pictures, { frame: frameRepaint(run, source, mask), strength: run.task.strength ?? DEFAULT_STRENGTH });
}
