import type { Picture, Run } from '../run-context';
import { growCanvas } from '../stages/outpaint-canvas';
import { repaint } from '../stages/repaint';
import { frameRepaint } from '../stages/repaint-frame';
import { readSource } from '../stages/source-image';

/** A little of the fill's structure is kept, so that edges continue over the border (ENGINE.md 5.5). */
const DEFAULT_STRENGTH = 0.9;

/** Grows the picture: a larger canvas, filled, of which the new area is repainted. */
export async function outpaint(run: Run, pictures: readonly Picture[]): Promise<void> {
  const source = await readSource(run);
  const { image, mask } = growCanvas(run, source);
  await repaint(run, pictures, { frame: frameRepaint(run, image, mask), strength: run.task.strength ?? DEFAULT_STRENGTH });
}
