import type { PaintStep, Rect } from '../../../shared/canvas-document';
import { combineColour, parseColour } from '../kernels/combine';
import { intersect } from '../kernels/geometry';
import type { DrawnSteps } from './mask-steps';
import { isShapeStep, shapeBox, shapePainter } from './step-shape';
import type { TileStore } from './tile-store';

const BLACK = '#000000';

/**
 * Applies one step to a sketch's RGBA tiles; @returns the box that may have changed. Shapes paint their colour (black
 * when they have none) or take colour away, `clear` empties; the other steps speak of masks only and change nothing.
 */
export function applySketchStep(tiles: TileStore, step: PaintStep, drawn: DrawnSteps = () => undefined): Rect | null {
  if (step.kind === 'clear') {
    const box = tiles.occupied();
    tiles.clear();
    return box;
  }
  if (!isShapeStep(step)) return null;
  const box = intersect(shapeBox(step), tiles.all);
  if (box === null) return null;
  const coverage = drawn(step);
  const colour = step.mode === 'erase' ? null : parseColour(step.colour ?? BLACK);
  if (coverage !== undefined) {
    tiles.merge(coverage, (pixels, covered) => { combineColour(pixels, covered, colour); });
    return box;
  }
  const paint = shapePainter(step);
  tiles.edit(box, (piece) => {
    const plane = { ...piece, data: new Uint8Array(piece.width * piece.height) };
    paint(plane);
    combineColour(piece.data, plane.data, colour);
  });
  return box;
}
