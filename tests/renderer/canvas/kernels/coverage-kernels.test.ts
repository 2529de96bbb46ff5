import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineColour, combineMask, parseColour } from '../../../../src/renderer/canvas/kernels/combine';
import { measureCoverage } from '../../../../src/renderer/canvas/kernels/coverage';
import type { Plane } from '../../../../src/renderer/canvas/kernels/geometry';
import { maskBounds } from '../../../../src/renderer/canvas/kernels/mask-bounds';
import {
  coverEllipse,
  coverPolygon,
  coverRectangle,
} from '../../../../src/renderer/canvas/kernels/shape-coverage';
import { brushProfile, coverStroke } from '../../../../src/renderer/canvas/kernels/stroke-coverage';

const plane = (width: number, height: number, x = 0, y = 0): Plane => ({
  x,
  y,
  width,
  height,
  data: new Uint8Array(width * height),
});
const rows = ({ data, width, height }: Plane): number[][] =>
  Array.from({ length: height }, (_, y) => [...data.subarray(y * width, (y + 1) * width)]);
const sum = ({ data }: Plane): number => data.reduce((total, value) => total + value, 0) / 255;

describe('stroke coverage', () => {
  it('draws a hard dot of width 3 by distance from its middle', () => {
    const p = plane(5, 5);
    coverStroke(p, { hardness: 1, points: [2.5, 2.5, 1.5] });
    // By hand: distances 0, 1, sqrt 2, 2 against a ramp from 1 to 2: round(255 * (2 - sqrt 2)) = 149.
    expect(rows(p)).toEqual([
      [0, 0, 0, 0, 0],
      [0, 149, 255, 149, 0],
      [0, 255, 255, 255, 0],
      [0, 149, 255, 149, 0],
      [0, 0, 0, 0, 0],
    ]);
  });

  it('draws a hard horizontal line with exact edges', () => {
    const p = plane(8, 4);
    coverStroke(p, { hardness: 1, points: [-5, 2, 1, 20, 2, 1] });
    expect(rows(p)).toEqual([
      new Array(8).fill(0),
      new Array(8).fill(255),
      new Array(8).fill(255),
      new Array(8).fill(0),
    ]);
  });

  it('covers the area of a disc', () => {
    const p = plane(100, 100);
    coverStroke(p, { hardness: 1, points: [50, 50, 40] });
    expect(sum(p)).toBeCloseTo(Math.PI * 40 * 40, -1);
  });

  it('falls softly from the hard core to the rim', () => {
    expect([0, 20, 30, 40, 41].map((d) => brushProfile(d, 40, 0.5))).toEqual([255, 255, 128, 0, 0]);
  });

  it('gives the same pixels drawn at once, in pieces, and in tiles', () => {
    const point = fc.tuple(
      fc.double({ min: -10, max: 50, noNaN: true }),
      fc.double({ min: -10, max: 50, noNaN: true }),
      fc.double({ min: 0.5, max: 12, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 2, maxLength: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (points, hardness) => {
          const stroke = { hardness, points: points.flat() };
          const whole = plane(40, 40);
          coverStroke(whole, stroke);
          const pieces = plane(40, 40);
          for (let i = 0; i + 1 < points.length; i++)
            coverStroke(pieces, { hardness, points: points.slice(i, i + 2).flat() });
          expect(pieces.data).toEqual(whole.data);
          const tile = plane(20, 20, 20, 13);
          coverStroke(tile, stroke);
          expect(rows(tile)).toEqual(
            rows(whole)
              .slice(13, 33)
              .map((row) => row.slice(20)),
          );
        },
      ),
    );
  });
});

describe('shape coverage', () => {
  it('covers parts of pixels by their area', () => {
    const p = plane(4, 3);
    coverRectangle(p, { x: 0.5, y: 0.5, width: 2, height: 2 });
    expect(rows(p)).toEqual([
      [64, 128, 64, 0],
      [128, 255, 128, 0],
      [64, 128, 64, 0],
    ]);
  });

  it('draws a triangle as half of its box and leaves no hole where a line crosses itself', () => {
    const triangle = plane(40, 40);
    coverPolygon(triangle, [0, 0, 0.5, 40, 0, 0.5, 0, 40, 0.5]);
    expect(sum(triangle)).toBeCloseTo(800, -1);
    const star = plane(40, 40);
    const corners = [0, 2, 4, 1, 3].flatMap((k) => [
      20 + 19 * Math.sin((k * 2 * Math.PI) / 5),
      20 - 19 * Math.cos((k * 2 * Math.PI) / 5),
      0.5,
    ]);
    coverPolygon(star, corners);
    expect(star.data[20 * 40 + 20]).toBe(255);
  });

  it('covers the area of an ellipse', () => {
    const p = plane(60, 40);
    coverEllipse(p, { x: 5, y: 5, width: 50, height: 30 });
    expect(Math.abs(sum(p) - Math.PI * 25 * 15)).toBeLessThan(4);
  });
});

describe('combining', () => {
  it('paints by maximum and erases by what is left', () => {
    const mask = Uint8Array.of(0, 100, 255);
    combineMask(mask, Uint8Array.of(50, 50, 50), 'paint');
    expect([...mask]).toEqual([50, 100, 255]);
    combineMask(mask, Uint8Array.of(255, 0, 100), 'erase');
    expect([...mask]).toEqual([0, 100, 155]);
  });

  it('lays colour over colour, and takes it away again', () => {
    const rgba = Uint8Array.of(0, 0, 0, 0, 0, 0, 255, 255);
    combineColour(rgba, Uint8Array.of(128, 51), parseColour('#ff0000'));
    expect([...rgba]).toEqual([255, 0, 0, 128, 51, 0, 204, 255]);
    combineColour(rgba, Uint8Array.of(255, 51), null);
    expect([...rgba]).toEqual([255, 0, 0, 0, 51, 0, 204, 204]);
  });
});

describe('measures', () => {
  it('finds the box of what is painted, in document pixels', () => {
    const p = plane(10, 10, 100, 200);
    p.data[34] = 9;
    p.data[57] = 200;
    expect([maskBounds(p), maskBounds(p, 100), maskBounds(plane(3, 3))]).toEqual([
      { x: 104, y: 203, width: 4, height: 3 },
      { x: 107, y: 205, width: 1, height: 1 },
      null,
    ]);
  });

  it('counts soft pixels by their part', () => {
    expect(measureCoverage(Uint8Array.of(0, 51, 255, 0))).toEqual({ fraction: 0.3, pixels: 2 });
  });
});
