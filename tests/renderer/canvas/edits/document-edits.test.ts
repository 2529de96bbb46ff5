import { produce } from 'immer';
import { describe, expect, it } from 'vitest';
import { CanvasDocument } from '../../../../src/shared/canvas-document';
import { composePlan } from '../../../../src/renderer/canvas/kernels/compose-plan';
import { addStep } from '../../../../src/renderer/canvas/edits/document-edits';
import { extendDocument } from '../../../../src/renderer/canvas/edits/extend-document';
import { acceptResult, addSketch, flatten, moveLayer, setLayer } from '../../../../src/renderer/canvas/edits/layer-edits';
import { duplicateMask, removeMask } from '../../../../src/renderer/canvas/edits/mask-edits';
import { ASSET, dab, madeDocument } from '../made-document';

const MASK = { kind: 'mask', id: 'mask' } as const;
const result = (rect: { x: number; y: number; width: number; height: number }) =>
  acceptResult({ layerId: 'new', name: 'Result', assetId: ASSET, imageId: null, rect });

describe('document edits', () => {
  it('starts valid, with one mask and the frame around everything', () => {
    const document = madeDocument();
    expect(CanvasDocument.parse(document)).toEqual(document);
    expect(document.frame).toEqual({ x: 0, y: 0, width: 64, height: 48 });
  });

  it('refuses a step for what is not there or is not painted on', () => {
    expect(() => produce(madeDocument(), addStep({ kind: 'mask', id: 'gone' }, dab(1, 1)))).toThrow(
      'Expected a mask of this document but received "gone"',
    );
    expect(() => produce(madeDocument(), addStep({ kind: 'sketch', id: 'base' }, dab(1, 1)))).toThrow(
      'Expected a sketch layer but received the picture "Picture"',
    );
  });

  it('extends on every side and keeps everything at its place on the picture', () => {
    const painted = produce(madeDocument(), (draft) => {
      addStep(MASK, dab(10, 20))(draft);
      addStep(MASK, { kind: 'invert' })(draft);
    });
    const wider = produce(painted, extendDocument({ left: 5, top: 7, right: 1, bottom: 0 }));
    expect({
      width: wider.width,
      height: wider.height,
      frame: wider.frame,
      layer: wider.layers[0],
      steps: wider.masks[0]?.steps,
    }).toEqual({
      width: 70,
      height: 55,
      frame: { x: 5, y: 7, width: 64, height: 48 },
      layer: { ...painted.layers[0], rect: { x: 5, y: 7, width: 64, height: 48 } },
      steps: [
        { ...dab(15, 27) },
        { kind: 'invert' },
        { kind: 'rectangle', mode: 'erase', colour: null, rect: { x: 0, y: 0, width: 70, height: 7 } },
        { kind: 'rectangle', mode: 'erase', colour: null, rect: { x: 0, y: 7, width: 5, height: 48 } },
        { kind: 'rectangle', mode: 'erase', colour: null, rect: { x: 69, y: 7, width: 1, height: 48 } },
      ],
    });
  });

  it('extends for an accepted result that reaches over the edge, and cuts nothing off', () => {
    const document = produce(madeDocument(), result({ x: -16, y: 8, width: 100, height: 40 }));
    expect([document.width, document.height, document.layers.at(-1)]).toEqual([
      100,
      48,
      expect.objectContaining({ id: 'new', rect: { x: 0, y: 8, width: 100, height: 40 } }),
    ]);
  });

  it('removes, copies, reorders and flattens', () => {
    const document = produce(madeDocument(), (draft) => {
      addStep(MASK, dab(1, 1))(draft);
      duplicateMask('mask', { id: 'copy', name: 'Copy' })(draft);
      removeMask('mask')(draft);
      addSketch({ id: 'sketch', name: 'Sketch' })(draft);
      moveLayer('sketch', 0)(draft);
    });
    expect([
      document.masks.map(({ id, steps }) => [id, steps.length]),
      document.activeMaskId,
      document.layers.map(({ id }) => id),
    ]).toEqual([[['copy', 1]], 'copy', ['sketch', 'base']]);
    const flat = produce(document, flatten({ layerId: 'flat', name: 'All', assetId: ASSET, imageId: null }));
    expect(flat.layers).toEqual([
      {
        kind: 'picture',
        id: 'flat',
        name: 'All',
        visible: true,
        opacity: 1,
        assetId: ASSET,
        imageId: null,
        rect: { x: 0, y: 0, width: 64, height: 48 },
      },
    ]);
  });
});

describe('composePlan', () => {
  it('names the visible layers that reach into a region, bottom first, by their place in it', () => {
    const document = produce(madeDocument(), (draft) => {
      result({ x: 40, y: 30, width: 20, height: 10 })(draft);
      addSketch({ id: 'sketch', name: 'Sketch' })(draft);
      addStep({ kind: 'sketch', id: 'sketch' }, dab(3, 3))(draft);
      setLayer('new', { opacity: 0.5 })(draft);
    });
    const plan = composePlan(document, { x: 50, y: 35, width: 50, height: 50 });
    expect(plan.map(({ layer, x, y, opacity }) => [layer.id, x, y, opacity])).toEqual([
      ['base', -50, -35, 1],
      ['new', -10, -5, 0.5],
      ['sketch', -50, -35, 1],
    ]);
    expect(
      composePlan(document, { x: 0, y: 0, width: 30, height: 30 }, new Set(['sketch'])).map(
        ({ layer }) => layer.id,
      ),
    ).toEqual(['base']);
  });
});
