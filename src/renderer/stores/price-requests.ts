import type { CanvasDocument } from '../../shared/canvas-document';
import { LIMITS } from '../../shared/limits';
import type { ModelSummary } from '../../shared/model';
import type { PriceRequest } from '../../shared/pricing/price-of';
import { priceRequestOf, type PricedRequest } from '../../shared/pricing/price-request';
import type { Draft } from '../../shared/settings';
import { passesOfFrame } from '../canvas/kernels/extend-passes';
import { roundOut } from '../canvas/kernels/geometry';
import { overhang } from '../canvas/kernels/frame';
import { effectiveEdit } from './canvas-form';
import { effectiveValues } from './draft-request';

/** A form as it would be charged. */
export interface PricedForm {
  readonly request: PriceRequest;
  readonly count: number;
}

const isWhole = (value: number, { min, max }: { readonly min: number; readonly max: number }): boolean => Number.isInteger(value) && value >= min && value <= max;

/** Null while a field that the price depends on holds no usable number; the field itself says so when asked. */
function priced(request: PricedRequest, model: ModelSummary, count: number): PricedForm | null {
  const side = { min: 1, max: LIMITS.inputImage.maxSide };
  const isUsable = isWhole(request.width, side) && isWhole(request.height, side) && isWhole(request.numInferenceSteps, LIMITS.numInferenceSteps) && isWhole(count, LIMITS.count);
  return isUsable ? { request: priceRequestOf(request, model), count } : null;
}

/** The Create screen's form, whether or not the rest of it is complete. */
export function pricedDraft(draft: Draft, model: ModelSummary): PricedForm | null {
  const { width, height, numInferenceSteps } = effectiveValues(draft, model);
  return priced({ kind: 'txt2img', width, height, numInferenceSteps, hires: draft.hires && model.hires !== null }, model, draft.count);
}

/** Whether something is marked or new inside the frame, as far as the document tells without its pixels. */
function hasMarks({ masks, frame, width, height }: CanvasDocument): boolean {
  const isBeyond = Object.values(overhang(frame, { width, height })).some((added) => added > 0);
  return isBeyond || masks.some(({ visible, strength, steps }) => visible && strength > 0 && steps.length > 0);
}

/**
 * The Edit screen's form. What is sent is settled when it is sent, by pixels; this is the same but for a mask that was
 * painted and then wholly erased, and for holes in the picture of an extension.
 */
export function pricedEdit(document: CanvasDocument, model: ModelSummary): PricedForm | null {
  const { settings } = document;
  const { width, height } = roundOut(document.frame);
  const { numInferenceSteps } = effectiveEdit(settings, model);
  const size = { width, height, numInferenceSteps };
  if (hasMarks(document)) {
    const passes = settings.intent === 'extend' ? passesOfFrame(document.frame, document, model) : null;
    const onlyMaskedPadding = settings.area === 'masked' ? settings.padding : null;
    return priced({ kind: 'inpaint', ...size, onlyMaskedPadding, ...(passes !== null && { passes }) }, model, settings.count);
  }
  const fits = Math.max(width, height) <= model.size.max && Math.min(width, height) >= model.size.min;
  // A sketch that the model cannot take as it is goes through at the model's own size.
  return fits && model.tasks.includes('img2img')
    ? priced({ kind: 'img2img', ...size }, model, settings.count)
    : priced({ kind: 'inpaint', ...size, onlyMaskedPadding: settings.padding }, model, settings.count);
}
