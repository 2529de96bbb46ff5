import type { PaintStep, Rect } from '../../../shared/canvas-document';
import { combineColour, parseColour } from '../kernels/combine';
import { intersect } from '../kernels/geometry';
import { isShapeStep, shapeBox, shapePainter } from './step-shape';
import type { TileStore } from './tile-store';

const BLACK = '#000000';

/**
 * Applies one step to a sketch's RGBA tiles; @returns the box that may have changed. Shapes paint their colour (black
 * when they have none) or take colour away, `clear` empties; the other steps speak of masks only and change nothing.
 */
export function applySketchStep(tiles: TileStore, step: PaintStep): Rect | null {
  if (step.kind === 'clear') {
    const box = tiles.occupied();
    tiles.clear();
    return box;
  }
  if (!isShapeStep(step)) return null;
  const box = intersect(shapeBox(step), tiles.all);
  if (box === null) return null;
  const paint = shapePainter(step);
  const colour = step.mode === 'erase' ? null : parseColour(step.colour ?? BLACK);
  tiles.edit(box, (piece) => {
    const coverage = { ...piece, data: new Uint8Array(piece.width * piece.height) };
    paint(coverage);
    combineColour(piece.data, coverage.data, colour);
  });
  return box;
}
