import type { Mask } from '../../../shared/canvas-document';
import { assertNever } from '../../../shared/errors';

/** Screen pixels after which a pattern repeats. */
const PERIOD = 12;

function drawMarks(
  context: OffscreenCanvasRenderingContext2D,
  pattern: Exclude<Mask['pattern'], 'solid'>,
): void {
  switch (pattern) {
    case 'stripes':
      context.beginPath();
      for (const offset of [-PERIOD, 0, PERIOD]) {
        context.moveTo(offset - 2, PERIOD + 2);
        context.lineTo(offset + PERIOD + 2, -2);
      }
      context.stroke();
      return;
    case 'dots':
      context.beginPath();
      context.arc(PERIOD / 2, PERIOD / 2, PERIOD / 4, 0, 2 * Math.PI);
      context.fill();
      return;
    case 'cross':
      context.beginPath();
      context.moveTo(PERIOD / 2, 0);
      context.lineTo(PERIOD / 2, PERIOD);
      context.moveTo(0, PERIOD / 2);
      context.lineTo(PERIOD, PERIOD / 2);
      context.stroke();
      return;
    default:
      assertNever(pattern);
  }
}

/**
 * How a mask is filled on the screen: its colour, or its colour at a third with strong marks, so that masks differ in
 * shape too and not in hue alone.
 */
export function maskFill(
  context: CanvasRenderingContext2D,
  mask: Pick<Mask, 'colour' | 'pattern'>,
): string | CanvasPattern {
  if (mask.pattern === 'solid') return mask.colour;
  const tile = new OffscreenCanvas(PERIOD, PERIOD);
  const marks = tile.getContext('2d');
  if (marks === null) return mask.colour;
  marks.globalAlpha = 0.35;
  marks.fillStyle = mask.colour;
  marks.fillRect(0, 0, PERIOD, PERIOD);
  marks.globalAlpha = 1;
  marks.strokeStyle = mask.colour;
  marks.lineWidth = 3;
  drawMarks(marks, mask.pattern);
  return context.createPattern(tile, 'repeat') ?? mask.colour;
}

const CHECKER = 8;

/** The grey board behind transparent places. */
export function checkerboard(context: CanvasRenderingContext2D): CanvasPattern | string {
  const tile = new OffscreenCanvas(CHECKER * 2, CHECKER * 2);
  const squares = tile.getContext('2d');
  if (squares === null) return '#9a9a9a';
  squares.fillStyle = '#a6a6a6';
  squares.fillRect(0, 0, CHECKER * 2, CHECKER * 2);
  squares.fillStyle = '#8c8c8c';
  squares.fillRect(0, 0, CHECKER, CHECKER);
  squares.fillRect(CHECKER, CHECKER, CHECKER, CHECKER);
  return context.createPattern(tile, 'repeat') ?? '#9a9a9a';
}
