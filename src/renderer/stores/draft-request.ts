import { Txt2ImgRequest } from '../../shared/generation';
import { LIMITS } from '../../shared/limits';
import type { ModelSummary } from '../../shared/model';
import type { Draft } from '../../shared/settings';

export type DraftField = 'modelId' | 'prompt' | 'negativePrompt' | 'width' | 'height' | 'numInferenceSteps' | 'guidanceScale' | 'scheduler' | 'seed' | 'count';

/** What is wrong with a field, as a catalogue key with the numbers its sentence needs. */
export type FieldProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'noModel' }
  | { readonly kind: 'tooLong'; readonly max: number }
  | { readonly kind: 'range'; readonly min: number; readonly max: number }
  | { readonly kind: 'multiple'; readonly multipleOf: number; readonly below: number; readonly above: number }
  | { readonly kind: 'invalid' };

export type FieldProblems = Readonly<Partial<Record<DraftField, FieldProblem>>>;

export type DraftCheck =
  | { readonly ok: true; readonly request: Txt2ImgRequest }
  | { readonly ok: false; readonly problems: FieldProblems };

/** The numbers in force: what the user set, else the model's default. */
export interface EffectiveValues {
  readonly width: number;
  readonly height: number;
  readonly numInferenceSteps: number;
  readonly guidanceScale: number;
}

export const effectiveValues = (draft: Draft, model: ModelSummary): EffectiveValues => ({
  width: draft.width ?? model.defaults.width,
  height: draft.height ?? model.defaults.height,
  numInferenceSteps: draft.numInferenceSteps ?? model.defaults.numInferenceSteps,
  guidanceScale: draft.guidanceScale ?? model.defaults.guidanceScale,
});

/** What the model's own upscaler would make of the form's size; null where the model names none. */
export function enlargementOf(draft: Draft, model: ModelSummary): { scale: number; width: number; height: number } | null {
  if (model.hires === null) return null;
  const { width, height } = effectiveValues(draft, model);
  const { scale } = model.hires;
  return { scale, width: width * scale, height: height * scale };
}

function rangeProblem(value: number, { min, max }: { min: number; max: number }): FieldProblem | null {
  return value < min || value > max || !Number.isFinite(value) ? { kind: 'range', min, max } : null;
}

function sideProblem(value: number, { min, max, multipleOf }: ModelSummary['size']): FieldProblem | null {
  const outside = rangeProblem(value, { min, max });
  if (outside !== null || value % multipleOf === 0) return outside;
  const below = Math.floor(value / multipleOf) * multipleOf;
  return { kind: 'multiple', multipleOf, below: Math.max(min, below), above: Math.min(max, below + multipleOf) };
}

function textProblem(value: string): FieldProblem | null {
  return value.length > LIMITS.promptLength ? { kind: 'tooLong', max: LIMITS.promptLength } : null;
}

/** Every problem of the form at once, so that all of them can be shown; the model narrows the studio's own limits. */
function problemsOf(draft: Draft, model: ModelSummary): FieldProblems {
  const values = effectiveValues(draft, model);
  const found: Record<DraftField, FieldProblem | null> = {
    modelId: null,
    prompt: draft.prompt.trim() === '' ? { kind: 'empty' } : textProblem(draft.prompt),
    negativePrompt: textProblem(draft.negativePrompt),
    width: sideProblem(values.width, model.size),
    height: sideProblem(values.height, model.size),
    numInferenceSteps: rangeProblem(values.numInferenceSteps, LIMITS.numInferenceSteps),
    guidanceScale: rangeProblem(values.guidanceScale, LIMITS.guidanceScale),
    scheduler: null,
    seed: draft.seed === null ? null : rangeProblem(draft.seed, LIMITS.seed),
    count: rangeProblem(draft.count, LIMITS.count),
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== null));
}

/** Settings that a request names only where they change something. */
function rareSettings({ guidanceCutoff, clipSkip, noiseSource }: Draft, model: ModelSummary): Partial<Txt2ImgRequest> {
  const skipped = Math.min(clipSkip, model.maxClipSkip);
  return {
    ...(guidanceCutoff === 1 ? {} : { guidanceCutoff }),
    ...(skipped === 0 ? {} : { clipSkip: skipped }),
    ...(noiseSource === 'cpu' ? {} : { noiseSource }),
  };
}

const isDraftField = (name: unknown): name is DraftField =>
  typeof name === 'string' && name !== 'kind' && name in Txt2ImgRequest.shape;

/** Turns the form into a request, or says which fields stop it. `null` model = none is usable. */
export function checkDraft(draft: Draft, model: ModelSummary | null): DraftCheck {
  if (model === null) return { ok: false, problems: { modelId: { kind: 'noModel' } } };
  const problems = problemsOf(draft, model);
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const parsed = Txt2ImgRequest.safeParse({
    kind: 'txt2img',
    modelId: model.id,
    prompt: draft.prompt,
    negativePrompt: model.usesNegativePrompt ? draft.negativePrompt : '',
    ...effectiveValues(draft, model),
    scheduler: draft.scheduler !== null && model.schedulers.includes(draft.scheduler) ? draft.scheduler : null,
    seed: draft.seed,
    count: draft.count,
    hires: draft.hires && model.hires !== null,
    ...rareSettings(draft, model),
  });
  if (parsed.success) return { ok: true, request: parsed.data };
  const fields = parsed.error.issues.map((issue) => issue.path[0]).filter(isDraftField);
  return { ok: false, problems: Object.fromEntries(fields.map((field) => [field, { kind: 'invalid' }])) };
}
