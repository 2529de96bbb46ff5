import { describe, expect, it } from 'vitest';
import { onGrid, partOfFrame } from '../../src/renderer/commands/edit-region';
import { everything, keyboardBox } from '../../src/renderer/canvas/kernels/document-boxes';

const photo = { x: 0, y: 0, width: 6000, height: 4000 };

describe('the part of the frame that an edit needs', () => {
  it('is a square around the mark with its margin', () => {
    expect(partOfFrame(photo, { x: 3000, y: 2000, width: 100, height: 300 }, { margin: 150, minSide: 512 })).toEqual({ x: 2750, y: 1850, width: 600, height: 600 });
  });

  it('is at least as large as the model likes, and stays in the frame', () => {
    expect(partOfFrame(photo, { x: 0, y: 3990, width: 10, height: 10 }, { margin: 20, minSide: 512 })).toEqual({ x: 0, y: 3488, width: 512, height: 512 });
    expect(partOfFrame({ x: 100, y: 50, width: 300, height: 900 }, { x: 350, y: 60, width: 10, height: 10 }, { margin: 0, minSide: 512 })).toEqual({ x: 100, y: 50, width: 300, height: 512 });
  });

  it('is the whole frame when everything is marked', () => {
    expect(partOfFrame(photo, photo, { margin: 32, minSide: 512 })).toEqual(photo);
  });

  it.each([
    [{ x: 0.4, y: 3, width: 100, height: 64 }, { x: 0, y: 3, width: 96, height: 64 }],
    [{ x: 0, y: 0, width: 20, height: 70 }, { x: 0, y: 0, width: 32, height: 64 }],
  ])('is cut down to the grid for a model that draws all of it', (region, expected) => {
    expect(onGrid(region, 32)).toEqual(expected);
  });
});

describe('boxes of the Edit screen', () => {
  it('begin in the middle and see what the frame adds', () => {
    expect(keyboardBox({ width: 300, height: 90 })).toEqual({ x: 100, y: 30, width: 100, height: 30 });
    expect(everything({ width: 300, height: 90, frame: { x: -50, y: 10, width: 100, height: 100 } })).toEqual({ x: -50, y: 0, width: 350, height: 110 });
  });
});
