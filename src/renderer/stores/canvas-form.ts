import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EditSettings } from '../../shared/canvas-document';
import type { ModelId } from '../../shared/ids';
import { LIMITS } from '../../shared/limits';
import type { ModelSummary } from '../../shared/model';
import type { FieldProblem } from './draft-request';

export type EditIntent = EditSettings['intent'];

/** Defaults that work for each wish; what a person set apart from these stays. */
export const INTENT_DEFAULTS: Readonly<Record<EditIntent, Pick<EditSettings, 'strength' | 'fill' | 'padding'>>> = {
  change: { strength: 0.75, fill: 'original', padding: 32 },
  remove: { strength: 1, fill: 'blur', padding: 32 },
  add: { strength: 1, fill: 'noise', padding: 32 },
  // What is new must follow from the picture: the model sees more of it, and a little of the fill's structure is kept.
  extend: { strength: 0.9, fill: 'blur', padding: 128 },
};

export const isPromptNeeded = (intent: EditIntent): boolean => intent === 'change' || intent === 'add';

export type EditField = 'modelId' | 'prompt' | 'negativePrompt' | 'numInferenceSteps' | 'guidanceScale' | 'seed' | 'count' | 'frame' | 'mask';

export type EditFieldProblem = FieldProblem | { readonly kind: 'emptyMask' } | { readonly kind: 'frameTooLarge'; readonly max: number } | { readonly kind: 'frameTooSmall'; readonly min: number } | { readonly kind: 'tooManyPasses'; readonly count: number; readonly max: number };

export type EditProblems = Readonly<Partial<Record<EditField, EditFieldProblem>>>;

export const editModels = (models: readonly ModelSummary[]): readonly ModelSummary[] => models.filter((model) => model.problem === null && model.tasks.includes('inpaint'));

/** The wanted model while it can repaint, else the built-in one, else the first that can. */
export function pickEditModel(models: readonly ModelSummary[], wanted: ModelId | null): ModelSummary | null {
  const usable = editModels(models);
  return usable.find((model) => model.id === wanted) ?? usable.find((model) => model.builtin) ?? usable[0] ?? null;
}

export const effectiveEdit = (settings: EditSettings, model: ModelSummary): { readonly numInferenceSteps: number; readonly guidanceScale: number } => ({
  numInferenceSteps: settings.numInferenceSteps ?? model.defaults.numInferenceSteps,
  guidanceScale: settings.guidanceScale ?? model.defaults.guidanceScale,
});

function outside(value: number, { min, max }: { readonly min: number; readonly max: number }): EditFieldProblem | null {
  return value < min || value > max || !Number.isFinite(value) ? { kind: 'range', min, max } : null;
}

const tooLong = (text: string): EditFieldProblem | null => (text.length > LIMITS.promptLength ? { kind: 'tooLong', max: LIMITS.promptLength } : null);

/** Every problem of the form that can be told without looking at pixels. */
export function checkEditForm(settings: EditSettings, model: ModelSummary | null): EditProblems {
  if (model === null) return { modelId: { kind: 'noModel' } };
  const { numInferenceSteps, guidanceScale } = effectiveEdit(settings, model);
  const found: readonly (readonly [EditField, EditFieldProblem | null])[] = [
    ['prompt', settings.prompt.trim() === '' && isPromptNeeded(settings.intent) ? { kind: 'empty' } : tooLong(settings.prompt)],
    ['negativePrompt', tooLong(settings.negativePrompt)],
    ['numInferenceSteps', outside(numInferenceSteps, LIMITS.numInferenceSteps)],
    ['guidanceScale', outside(guidanceScale, LIMITS.guidanceScale)],
    ['seed', settings.seed === null ? null : outside(settings.seed, LIMITS.seed)],
    ['count', outside(settings.count, LIMITS.count)],
  ];
  return Object.fromEntries(found.filter(([, problem]) => problem !== null));
}

/** Whether the model can work on a whole region of this size; "only masked" scales to the model's own size instead. */
export function checkRegion(size: { readonly width: number; readonly height: number }, model: ModelSummary): EditFieldProblem | null {
  if (Math.max(size.width, size.height) > model.size.max) return { kind: 'frameTooLarge', max: model.size.max };
  return Math.min(size.width, size.height) < model.size.min ? { kind: 'frameTooSmall', min: model.size.min } : null;
}

export interface EditFormState {
  /** Set by a failed check; a field's problem goes as soon as the field changes. */
  readonly problems: EditProblems;
  /** Rises with every failed check, so that the screen can lead the eye to the first problem each time. */
  readonly failedChecks: number;
}

export interface EditFormStore extends StoreApi<EditFormState> {
  /** Shows these problems; none clears all. */
  report(problems: EditProblems): void;
  touched(fields: readonly string[]): void;
}

export function createEditFormStore(): EditFormStore {
  const store = createStore<EditFormState>(() => ({ problems: {}, failedChecks: 0 }));
  return {
    ...store,
    report(problems) {
      const isFailed = Object.keys(problems).length > 0;
      store.setState(({ failedChecks }) => ({ problems, failedChecks: failedChecks + (isFailed ? 1 : 0) }));
    },
    touched(fields) {
      store.setState(({ problems }) => {
        const left = Object.entries(problems).filter(([field]) => !fields.includes(field));
        return left.length === Object.keys(problems).length ? {} : { problems: Object.fromEntries(left) };
      });
    },
  };
}
