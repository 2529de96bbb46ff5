import { describe, expect, it } from 'vitest';
import type { PaintStep, Rect } from '../../../../src/shared/canvas-document';
import { DEFAULT_VIEW, type CanvasView } from '../../../../src/renderer/canvas/canvas-view';
import { createTools } from '../../../../src/renderer/canvas/tools/create-tools';
import type { ToolHost, ToolPointer } from '../../../../src/renderer/canvas/tools/tool';
import { dragBox } from '../../../../src/renderer/canvas/tools/box';
import { madeDocument } from '../made-document';

const at = (x: number, y: number, held: Partial<ToolPointer> = {}): ToolPointer => ({
  point: { x, y },
  screen: { x, y },
  pressure: 0.5,
  shift: false,
  alt: false,
  erase: false,
  ...held,
});

function recorder(change: Partial<CanvasView> = {}) {
  const steps: PaintStep[] = [];
  const calls: unknown[] = [];
  const frames: Rect[] = [];
  const note = (name: string) => (value?: unknown) =>
    void calls.push(value === undefined ? [name] : [name, value]);
  const view: CanvasView = { ...DEFAULT_VIEW, target: { kind: 'mask', id: 'mask' }, ...change };
  const host: ToolHost = {
    view: () => view,
    document: () => madeDocument(512, 512),
    viewport: () => ({ x: 0, y: 0, scale: 1 }),
    beginStroke: (mode) => {
      calls.push(['begin', mode]);
      return view.target !== null;
    },
    extendStroke: note('extend'),
    restartStroke: note('restart'),
    endStroke: note('end'),
    dropStroke: note('drop'),
    showOutline: () => undefined,
    emit: (step) => void steps.push(step),
    previewFrame: note('preview'),
    commitFrame: (rect) => void frames.push(rect),
    moveDivider: note('divider'),
    panBy: note('pan'),
    pickColour: note('pick'),
  };
  return { tools: createTools(host), steps, calls, frames };
}

describe('brush', () => {
  it('hands one stroke out for one gesture, erasing with the right button', () => {
    const { tools, calls } = recorder();
    tools.brush.down(at(1, 2, { erase: true }));
    tools.brush.move([at(3, 4), at(5, 6)]);
    tools.brush.up(at(5, 6));
    expect(calls).toEqual([
      ['begin', 'erase'],
      ['extend', [1, 2, 0.5]],
      ['extend', [3, 4, 0.5, 5, 6, 0.5]],
      ['end'],
    ]);
  });

  it('draws straight with Shift, and joins a Shift click to the last stroke', () => {
    const { tools, calls } = recorder();
    tools.brush.down(at(0, 0));
    tools.brush.move([at(5, 5, { shift: true })]);
    tools.brush.up(at(9, 9));
    tools.brush.down(at(20, 20, { shift: true }));
    tools.brush.up(at(20, 20));
    expect(calls).toEqual([
      ['begin', 'paint'],
      ['extend', [0, 0, 0.5]],
      ['restart', [0, 0, 0.5, 5, 5, 0.5]],
      ['end'],
      ['begin', 'paint'],
      ['extend', [9, 9, 0.5, 20, 20, 0.5]],
      ['end'],
    ]);
  });

  it('drops an unfinished stroke, and does nothing without a target', () => {
    const { tools, calls } = recorder();
    tools.brush.down(at(0, 0));
    tools.brush.cancel();
    tools.brush.up(at(1, 1));
    expect(calls).toEqual([['begin', 'paint'], ['extend', [0, 0, 0.5]], ['drop']]);
    const none = recorder({ target: null });
    none.tools.brush.down(at(0, 0));
    none.tools.brush.move([at(1, 1)]);
    expect(none.calls).toEqual([['begin', 'paint']]);
  });
});

describe('shapes', () => {
  it('fills a lasso and ignores one without area', () => {
    const { tools, steps } = recorder();
    tools.lasso.down(at(0, 0));
    tools.lasso.move([at(50, 0), at(50, 50), at(0, 50)]);
    tools.lasso.up(at(0, 50));
    tools.lasso.down(at(0, 0));
    tools.lasso.up(at(0, 0));
    expect(steps).toEqual([
      {
        kind: 'polygon',
        mode: 'paint',
        colour: null,
        points: [0, 0, 0.5, 50, 0, 0.5, 50, 50, 0.5, 0, 50, 0.5],
      },
    ]);
  });

  it('closes a polygon by a click on its first corner or by Enter, and Escape drops it', () => {
    const { tools, steps } = recorder({ target: { kind: 'sketch', id: 's' } });
    for (const [x, y] of [
      [0, 0],
      [90, 0],
      [90, 90],
      [3, 2],
    ] as const)
      tools.polygon.down(at(x, y));
    for (const [x, y] of [
      [0, 0],
      [40, 0],
      [40, 40],
    ] as const)
      tools.polygon.down(at(x, y));
    tools.polygon.finish?.();
    tools.polygon.down(at(7, 7));
    tools.polygon.cancel();
    expect([steps.length, steps[0], tools.polygon.isBusy]).toEqual([
      2,
      {
        kind: 'polygon',
        mode: 'paint',
        colour: DEFAULT_VIEW.brush.colour,
        points: [0, 0, 0.5, 90, 0, 0.5, 90, 90, 0.5],
      },
      false,
    ]);
  });

  it('drags boxes on whole pixels: square with Shift, from the middle with Alt', () => {
    expect(dragBox({ x: 10.4, y: 10 }, at(30.2, 25))).toEqual({ x: 10, y: 10, width: 20, height: 15 });
    expect(dragBox({ x: 10, y: 10 }, at(0, 14, { shift: true }))).toEqual({
      x: 0,
      y: 10,
      width: 10,
      height: 10,
    });
    expect(dragBox({ x: 50, y: 50 }, at(60, 55, { alt: true }))).toEqual({
      x: 40,
      y: 45,
      width: 20,
      height: 10,
    });
    const { tools, steps } = recorder();
    tools.ellipse.down(at(0, 0, { erase: true }));
    tools.ellipse.up(at(8, 6));
    tools.rectangle.down(at(5, 5));
    tools.rectangle.up(at(5, 5));
    expect(steps).toEqual([
      { kind: 'ellipse', mode: 'erase', colour: null, rect: { x: 0, y: 0, width: 8, height: 6 } },
    ]);
  });
});

describe('frame, pan and sketch', () => {
  it('moves and sizes the frame once per gesture, and not at all for a click', () => {
    const { tools, frames } = recorder();
    tools.frame.down(at(200, 200));
    tools.frame.move([at(250, 230)]);
    tools.frame.up(at(250, 230));
    tools.frame.down(at(512, 512));
    tools.frame.up(at(448, 500));
    tools.frame.down(at(200, 200));
    tools.frame.up(at(200, 200));
    expect(frames).toEqual([
      { x: 50, y: 30, width: 512, height: 512 },
      { x: 0, y: 0, width: 448, height: 504 },
    ]);
  });

  it('pans by what the pointer moved on the screen', () => {
    const { tools, calls } = recorder();
    tools.pan.down(at(10, 10));
    tools.pan.move([at(12, 15), at(15, 20)]);
    tools.pan.up(at(15, 20));
    tools.pan.move([at(99, 99)]);
    expect(calls).toEqual([['pan', { x: 5, y: 10 }]]);
  });

  it('paints a sketch only on sketches and picks a colour with Alt', () => {
    const mask = recorder();
    mask.tools.sketch.down(at(1, 1));
    expect(mask.calls).toEqual([]);
    const sketch = recorder({ target: { kind: 'sketch', id: 's' } });
    sketch.tools.sketch.down(at(1, 1));
    sketch.tools.sketch.up(at(1, 1));
    sketch.tools.sketch.down(at(4, 4, { alt: true }));
    expect(sketch.calls).toEqual([
      ['begin', 'paint'],
      ['extend', [1, 1, 0.5]],
      ['end'],
      ['pick', { x: 4, y: 4 }],
    ]);
  });
});
