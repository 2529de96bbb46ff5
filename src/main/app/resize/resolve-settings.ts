import { StudioError } from '../../../shared/errors';
import { ModelId } from '../../../shared/ids';
import type { ModelSummary } from '../../../shared/model';
import { familyOfLabel } from '../../../shared/pricing/families';
import { priceRequestOfUpscale } from '../../../shared/pricing/price-request';
import type { PriceRequest } from '../../../shared/pricing/price-of';
import { planResize, type ResizePlan, type ResizeSourceFacts } from '../../../shared/resize/plan-resize';
import type { OutputFormat, ResizeSettings } from '../../../shared/resize/settings';
import { problemInWords } from '../../../shared/resize/words';
import type { ModelRegistry } from '../models/model-registry';
import type { ChosenUpscaler, UpscalerRegistry } from './upscaler-registry';

export interface DrawingModel {
  readonly summary: ModelSummary;
  readonly path: string;
}

/** Settings with everything they name looked up. */
export interface ResolvedSettings {
  readonly settings: ResizeSettings;
  readonly upscaler: ChosenUpscaler | null;
  /** Of the creative stage, or what a picture is extended by. */
  readonly drawing: DrawingModel | null;
}

export interface ResizeLookups {
  readonly upscalers: UpscalerRegistry;
  readonly models: Pick<ModelRegistry, 'find'>;
}

const upscalerIn = ({ way }: ResizeSettings) => ('upscalerId' in way ? way.upscalerId : null);

async function findDrawing({ way, creative }: ResizeSettings, { models }: ResizeLookups): Promise<DrawingModel | null> {
  const task = way.way === 'extend' ? 'inpaint' : 'img2img';
  const wanted = way.way === 'extend' ? way.modelId : (creative?.modelId ?? null);
  if (wanted === null) return null;
  const { summary, path } = await models.find(wanted);
  if (summary.tasks.includes(task)) return { summary, path };
  throw new StudioError('invalid-request', `The model ${summary.name} cannot do ${task}; choose another one.`);
}

/** @throws StudioError `model-missing`, `model-invalid`, or `invalid-request` for a model that cannot do this */
export async function resolveSettings(settings: ResizeSettings, lookups: ResizeLookups): Promise<ResolvedSettings> {
  const upscalerId = upscalerIn(settings);
  const [upscaler, drawing] = await Promise.all([upscalerId === null ? null : lookups.upscalers.find(upscalerId), findDrawing(settings, lookups)]);
  return { settings, upscaler, drawing };
}

/** What is done to one picture; a picture is extended by one model only, so a creative stage does not follow. */
export function planFor({ settings, upscaler, drawing }: ResolvedSettings, source: ResizeSourceFacts, format: OutputFormat): ResizePlan {
  const isDrawn = drawing !== null && settings.creative !== null && settings.way.way !== 'extend';
  return planResize({ source, settings, upscaler: upscaler?.summary ?? null, creative: isDrawn ? { tile: drawing.summary.nativeSize } : null, format });
}

/** @throws StudioError `invalid-request` with the first problem that forbids the work */
export function requirePossible({ problems }: ResizePlan): void {
  const blocking = problems.find(({ isBlocking }) => isBlocking);
  if (blocking !== undefined) throw new StudioError('invalid-request', problemInWords(blocking), { details: { problem: blocking.code, ...blocking.facts } });
}

/** What a job is priced by, and under which model it stands in the ledger; null for work that no model does. */
export function priceOfPlan(plan: ResizePlan, { upscaler, drawing }: ResolvedSettings, source: ResizeSourceFacts): { readonly modelId: ModelId; readonly request: PriceRequest } | null {
  const kinds = new Set(plan.steps.map(({ kind }) => kind));
  if (drawing !== null && kinds.has('extend')) {
    const { summary } = drawing;
    const side = (pixels: number): number => Math.min(summary.size.max, Math.max(summary.size.min, pixels));
    const size = { width: side(plan.outputSize.width), height: side(plan.outputSize.height) };
    const request: PriceRequest = { tool: 'outpaint', family: familyOfLabel(summary.family), modelName: summary.name, ...size, numInferenceSteps: summary.defaults.numInferenceSteps, isEnlarged: false };
    return { modelId: summary.id, request };
  }
  if (drawing !== null && kinds.has('creative')) return { modelId: drawing.summary.id, request: priceRequestOfUpscale({ upscalerName: `${drawing.summary.name} creative`, width: source.width, height: source.height }) };
  if (upscaler !== null && kinds.has('model')) return { modelId: ModelId.parse(upscaler.summary.id), request: priceRequestOfUpscale({ upscalerName: upscaler.summary.name, width: source.width, height: source.height }) };
  return null;
}
