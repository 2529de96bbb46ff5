import { describe, expect, it } from 'vitest';
import { pricedDraft, pricedEdit } from '../../../src/renderer/stores/price-requests';
import type { CanvasDocument } from '../../../src/shared/canvas-document';
import { BUILTIN, SD15 } from '../fake-models';
import { aDraft } from '../setup';
import { madeDocument } from '../canvas/made-document';

describe('the price of the Create form', () => {
  it('follows what is set, else the model', () => {
    expect(pricedDraft(aDraft(), SD15)).toMatchObject({ count: 1, request: { tool: 'txt2img', family: 'sd1', width: 512, height: 512, numInferenceSteps: 30, isEnlarged: false } });
    expect(pricedDraft(aDraft({ width: 768, numInferenceSteps: 10, count: 4 }), SD15)).toMatchObject({ count: 4, request: { width: 768, height: 512, numInferenceSteps: 10 } });
  });

  it('counts the enlargement only where the model has one and the form asks for it', () => {
    expect(pricedDraft(aDraft({ hires: true }), BUILTIN)?.request.isEnlarged).toBe(true);
    expect(pricedDraft(aDraft({ hires: false }), BUILTIN)?.request.isEnlarged).toBe(false);
    expect(pricedDraft(aDraft({ hires: true }), SD15)?.request.isEnlarged).toBe(false);
  });

  it('needs no prompt, but numbers that mean something', () => {
    expect(pricedDraft(aDraft({ prompt: '' }), SD15)).not.toBeNull();
    for (const change of [{ width: 0 }, { height: NaN }, { numInferenceSteps: 0 }, { numInferenceSteps: 1000 }, { count: 0 }]) expect(pricedDraft(aDraft(change), SD15)).toBeNull();
  });
});

describe('the price of the Edit form', () => {
  const model = { ...SD15, tasks: ['txt2img', 'img2img', 'inpaint'] as const };
  const withArea = (area: 'whole' | 'masked', change: Partial<CanvasDocument> = {}): CanvasDocument => {
    const document = madeDocument(1000, 600);
    const masks = document.masks.map((mask) => ({ ...mask, steps: [{ kind: 'fill' as const }] }));
    return { ...document, masks, ...change, settings: { ...document.settings, area } };
  };

  it('is that of the model’s own size around a mask, and of the frame on its grid as a whole', () => {
    expect(pricedEdit(withArea('masked'), model)?.request).toMatchObject({ tool: 'inpaint', width: 512, height: 512 });
    expect(pricedEdit(withArea('whole'), model)?.request).toMatchObject({ tool: 'inpaint', width: 1000, height: 600 });
    expect(pricedEdit(withArea('whole', { frame: { x: 0, y: 0, width: 999.5, height: 601 } }), model)?.request).toMatchObject({ width: 1000, height: 600 });
  });

  it('is that of a picture from a picture while nothing is marked', () => {
    const unmarked = withArea('whole', { masks: [] });
    expect(pricedEdit(unmarked, model)?.request.tool).toBe('img2img');
    // Too large to be taken as it is: it goes through at the model's own size.
    expect(pricedEdit({ ...unmarked, frame: { x: 0, y: 0, width: 4000, height: 4000 } }, { ...model, size: { ...model.size, max: 1024 } })?.request).toMatchObject({ tool: 'inpaint' });
  });
});
