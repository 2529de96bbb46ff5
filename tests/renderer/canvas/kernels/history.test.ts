import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { History } from '../../../../src/shared/canvas-document';
import { addStep, setFrame, setSettings } from '../../../../src/renderer/canvas/edits/document-edits';
import { addSketch } from '../../../../src/renderer/canvas/edits/layer-edits';
import { addMask, removeMask, setMask } from '../../../../src/renderer/canvas/edits/mask-edits';
import {
  applyEdit,
  applyUnrecorded,
  EMPTY_HISTORY,
  HISTORY_LIMIT,
  historyLabels,
  redo,
  undo,
  type DocumentEdit,
  type Edited,
} from '../../../../src/renderer/canvas/kernels/history';
import { dab, madeDocument } from '../made-document';

const start: Edited = { document: madeDocument(), history: EMPTY_HISTORY };
const MASK = { kind: 'mask', id: 'mask' } as const;
const times = (count: number, step: (edited: Edited) => Edited, from: Edited): Edited =>
  Array.from({ length: count }).reduce<Edited>((edited) => step(edited), from);

const edits: fc.Arbitrary<DocumentEdit> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 40 }))
    .map(([x, y]) => addStep(MASK, dab(x, y))),
  fc.integer().map((n) => addMask({ id: `m${String(n)}`, name: 'more', colour: '#00ff00' })),
  fc.integer().map((n) => addSketch({ id: `s${String(n)}`, name: 'sketch' })),
  fc.double({ min: 0, max: 1, noNaN: true }).map((strength) => setMask('mask', { strength })),
  fc.constant(removeMask('none')),
  fc.integer({ min: 0, max: 99 }).map((x) => setFrame({ x, y: 0, width: 64, height: 64 })),
);

describe('history', () => {
  it('comes back to the same document after any number of undos and redos, also through JSON', () => {
    fc.assert(
      fc.property(fc.array(edits, { maxLength: 12 }), fc.nat(12), (list, back) => {
        const done = list.reduce((edited, edit) => applyEdit(edited, 'edit', edit), start);
        const count = Math.min(back, done.history.undo.length);
        const undone = times(count, undo, done);
        // As after a restart: nothing but data survives.
        const revived = JSON.parse(JSON.stringify(undone)) as Edited;
        expect(History.safeParse(revived.history).success).toBe(true);
        expect(times(count, redo, revived).document).toEqual(done.document);
        expect(times(HISTORY_LIMIT, undo, done).document).toEqual(start.document);
      }),
      { numRuns: 60 },
    );
  });

  it('goes back 500 strokes, each by itself, and drops the oldest beyond', () => {
    let edited = start;
    for (let i = 0; i < 510; i++)
      edited = applyEdit(edited, `stroke ${String(i)}`, addStep(MASK, dab(i % 60, 5)));
    const stepsOf = ({ document }: Edited): number => document.masks[0]?.steps.length ?? -1;
    expect([stepsOf(edited), edited.history.undo.length]).toEqual([510, 500]);
    for (let i = 1; i <= 500; i++) {
      edited = undo(edited);
      expect(stepsOf(edited)).toBe(510 - i);
    }
    expect(undo(edited)).toBe(edited);
    expect(stepsOf(times(500, redo, edited))).toBe(510);
  });

  it('forgets what was undone once something else is done, and records nothing for an edit that changes nothing', () => {
    const one = applyEdit(start, 'first', addStep(MASK, dab(1, 1)));
    const other = applyEdit(undo(one), 'second', addStep(MASK, dab(2, 2)));
    expect(historyLabels(other.history)).toEqual({ undo: 'second', redo: null });
    expect(historyLabels(undo(other).history)).toEqual({ undo: null, redo: 'second' });
    expect(applyEdit(one, 'nothing', removeMask('none'))).toBe(one);
  });

  it('keeps unrecorded edits out of the way of undo', () => {
    const one = applyEdit(start, 'stroke', addStep(MASK, dab(1, 1)));
    const typed = applyUnrecorded(one, setSettings({ prompt: 'a boat' }));
    expect(typed.history).toBe(one.history);
    const undone = undo(typed).document;
    expect([undone.settings.prompt, undone.masks[0]?.steps]).toEqual(['a boat', []]);
  });

  it('shares what did not change, which is what the raster cache tells steps apart by', () => {
    const one = applyEdit(start, 'a', addStep(MASK, dab(1, 1)));
    const two = applyEdit(one, 'b', addStep(MASK, dab(2, 2)));
    expect(undo(two).document.masks[0]?.steps[0]).toBe(one.document.masks[0]?.steps[0]);
  });
});
