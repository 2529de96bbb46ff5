import type { PaintStep, Rect } from '../../../shared/canvas-document';
import { assertNever } from '../../../shared/errors';
import type { AssetId } from '../../../shared/ids';
import { combineMask } from '../kernels/combine';
import { inflate, intersect, roundOut, type Size } from '../kernels/geometry';
import { growMask } from '../kernels/grow';
import { shapeBox, shapePainter, type ShapeStep } from './step-shape';
import type { TileStore } from './tile-store';

/** An 8-bit grey picture used as a mask, white = repaint. */
export interface GreyPicture extends Size {
  readonly data: Uint8Array;
}

/** Gives a mask picture's pixels, or `undefined` while it is not loaded: the step then does nothing yet. */
export type GreyPictures = (assetId: AssetId) => GreyPicture | undefined;

/** A step's coverage, where it was drawn before. */
export type DrawnSteps = (step: PaintStep) => TileStore | undefined;

export interface StepInputs {
  readonly pictures: GreyPictures;
  readonly drawn: DrawnSteps;
}

/** Applies one step to a mask's tiles; @returns the box of pixels that may have changed, `null` for none. */
export function applyMaskStep(tiles: TileStore, step: PaintStep, { pictures, drawn }: StepInputs): Rect | null {
  switch (step.kind) {
    case 'stroke':
    case 'polygon':
    case 'rectangle':
    case 'ellipse':
      return paintShape(tiles, step, drawn(step));
    case 'fill':
      tiles.fill();
      return tiles.all;
    case 'invert':
      tiles.invert();
      return tiles.all;
    case 'clear': {
      const box = tiles.occupied();
      tiles.clear();
      return box;
    }
    case 'grow':
      return grow(tiles, step.by);
    case 'image':
      return paintPicture(tiles, step.rect, pictures(step.assetId));
    default:
      return assertNever(step);
  }
}

function paintShape(tiles: TileStore, step: ShapeStep, drawn: TileStore | undefined): Rect | null {
  const box = intersect(shapeBox(step), tiles.all);
  if (box === null) return null;
  if (drawn !== undefined) {
    tiles.merge(drawn, (pixels, coverage) => { combineMask(pixels, coverage, step.mode); });
    return box;
  }
  const paint = shapePainter(step);
  tiles.edit(box, (piece) => {
    const coverage = { ...piece, data: new Uint8Array(piece.data.length) };
    paint(coverage);
    combineMask(piece.data, coverage.data, step.mode);
  });
  return box;
}

function grow(tiles: TileStore, by: number): Rect | null {
  const occupied = tiles.occupied();
  if (occupied === null || by === 0) return null;
  // Shrinking needs the gap around the mask in sight, growing the room to grow into.
  const box = intersect(inflate(occupied, Math.abs(by) + 1), tiles.all) ?? occupied;
  tiles.write(box, growMask(tiles.read(box), box, by));
  return box;
}

/** Bilinear between pixel middles; at 1:1 every pixel is itself. */
function sampler(picture: GreyPicture, rect: Rect): (x: number, y: number) => number {
  const at = (x: number, y: number): number =>
    picture.data[
      Math.min(Math.max(y, 0), picture.height - 1) * picture.width +
        Math.min(Math.max(x, 0), picture.width - 1)
    ] ?? 0;
  const [scaleX, scaleY] = [picture.width / rect.width, picture.height / rect.height];
  return (x, y) => {
    const sx = (x + 0.5 - rect.x) * scaleX - 0.5;
    const sy = (y + 0.5 - rect.y) * scaleY - 0.5;
    const [left, top] = [Math.floor(sx), Math.floor(sy)];
    const [fx, fy] = [sx - left, sy - top];
    const upper = at(left, top) * (1 - fx) + at(left + 1, top) * fx;
    const lower = at(left, top + 1) * (1 - fx) + at(left + 1, top + 1) * fx;
    return Math.round(upper * (1 - fy) + lower * fy);
  };
}

function paintPicture(tiles: TileStore, rect: Rect, picture: GreyPicture | undefined): Rect | null {
  const box = intersect(roundOut(rect), tiles.all);
  if (box === null || picture === undefined || rect.width === 0 || rect.height === 0) return null;
  const sample = sampler(picture, rect);
  tiles.edit(box, (piece) => {
    const coverage = new Uint8Array(piece.data.length);
    for (let y = 0, i = 0; y < piece.height; y++)
      for (let x = 0; x < piece.width; x++, i++) coverage[i] = sample(piece.x + x, piece.y + y);
    combineMask(piece.data, coverage, 'paint');
  });
  return box;
}

/** All steps from nothing, for one region in document pixels (whole numbers): the definition that the cache must equal. */
export function foldMask(tiles: TileStore, steps: readonly PaintStep[], pictures: GreyPictures): void {
  for (const step of steps) applyMaskStep(tiles, step, { pictures, drawn: () => undefined });
}
