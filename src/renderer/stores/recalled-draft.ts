import type { Recalled } from '../../shared/gallery';
import { LIMITS } from '../../shared/limits';
import type { ModelSummary } from '../../shared/model';
import { SCHEDULERS } from '../../shared/schedulers';
import type { Draft } from '../../shared/settings';

export const RECALLED_FIELDS = ['prompt', 'negativePrompt', 'model', 'size', 'numInferenceSteps', 'guidanceScale', 'scheduler', 'seed'] as const;
export type RecalledField = (typeof RECALLED_FIELDS)[number];

/** One setting of a picture from elsewhere, and what it becomes in the form. */
export interface RecalledSetting {
  readonly field: RecalledField;
  /** As the file says it. */
  readonly value: string;
  /** Null when the studio has no place for it; `note` says why. */
  readonly patch: Partial<Draft> | null;
  readonly note: 'modelMissing' | 'schedulerMissing' | 'adjusted' | 'outOfRange' | null;
  /** What is used instead, where that differs. */
  readonly used: string | null;
}

/** What both kinds of settings tell, under one name each. */
interface Told {
  readonly prompt: string | null;
  readonly negativePrompt: string | null;
  readonly modelName: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly numInferenceSteps: number | null;
  readonly guidanceScale: number | null;
  readonly sampler: string | null;
  readonly scheduler: Draft['scheduler'];
  readonly seed: number | null;
}

function toldBy({ recipe, foreign }: Recalled): Told | null {
  if (recipe === null) return foreign;
  const { prompt, negativePrompt, width, height, numInferenceSteps, guidanceScale, seed } = recipe;
  const label = recipe.scheduler.label;
  return {
    prompt, negativePrompt, width, height, numInferenceSteps, guidanceScale, seed,
    modelName: recipe.model.name,
    sampler: label,
    scheduler: SCHEDULERS.find((scheduler) => scheduler.label === label)?.id ?? null,
  };
}

type Meaning = Pick<RecalledSetting, 'patch' | 'note' | 'used'>;

const taken = (patch: Partial<Draft>): Meaning => ({ patch, note: null, used: null });
const refused = (note: RecalledSetting['note']): Meaning => ({ patch: null, note, used: null });

/** The nearest whole number on the grid within the limits. */
const nearest = (value: number, { min, max, multipleOf = 1 }: { readonly min: number; readonly max: number; readonly multipleOf?: number }): number =>
  Math.min(Math.floor(max / multipleOf) * multipleOf, Math.max(Math.ceil(min / multipleOf) * multipleOf, Math.round(value / multipleOf) * multipleOf));

function sizeMeaning(width: number, height: number, model: ModelSummary | null): Meaning {
  const grid = model?.size ?? LIMITS.side;
  const [across, down] = [nearest(width, grid), nearest(height, grid)];
  const patch = { width: across, height: down };
  return across === width && down === height ? taken(patch) : { patch, note: 'adjusted', used: `${String(across)} × ${String(down)}` };
}

function numberMeaning(field: 'numInferenceSteps' | 'guidanceScale', value: number): Meaning {
  const { min, max } = LIMITS[field];
  const used = Math.min(max, Math.max(min, field === 'numInferenceSteps' ? Math.round(value) : value));
  return used === value ? taken({ [field]: value }) : { patch: { [field]: used }, note: 'adjusted', used: String(used) };
}

function schedulerMeaning({ sampler, scheduler }: Told, model: ModelSummary | null): Meaning {
  // The model's own is what null stands for.
  if (sampler !== null && sampler === model?.ownScheduler) return taken({ scheduler: null });
  return scheduler !== null && model?.schedulers.includes(scheduler) !== false ? taken({ scheduler }) : refused('schedulerMissing');
}

/**
 * Every setting that a dropped picture tells, in the form's order, with what becomes of it. `model` is the one the next
 * picture would be made with: the picture's own where it is installed, else the one in use.
 */
export function recalledSettings(recalled: Recalled, model: ModelSummary | null): readonly RecalledSetting[] {
  const told = toldBy(recalled);
  if (told === null) return [];
  const { prompt, negativePrompt, modelName, width, height, numInferenceSteps, guidanceScale, sampler, seed } = told;
  const setting = (field: RecalledField, value: string | number | null, meaning: () => Meaning): readonly RecalledSetting[] =>
    value === null || value === '' ? [] : [{ field, value: String(value), ...meaning() }];
  const size = width === null || height === null ? null : `${String(width)} × ${String(height)}`;
  return [
    ...setting('prompt', prompt, () => taken({ prompt: prompt ?? '' })),
    ...setting('negativePrompt', negativePrompt, () => taken({ negativePrompt: negativePrompt ?? '' })),
    ...setting('model', modelName, () => (recalled.modelId === null ? refused('modelMissing') : taken({ modelId: recalled.modelId }))),
    ...setting('size', size, () => sizeMeaning(width ?? 0, height ?? 0, model)),
    ...setting('numInferenceSteps', numInferenceSteps, () => numberMeaning('numInferenceSteps', numInferenceSteps ?? 0)),
    ...setting('guidanceScale', guidanceScale, () => numberMeaning('guidanceScale', guidanceScale ?? 0)),
    ...setting('scheduler', sampler, () => schedulerMeaning(told, model)),
    ...setting('seed', seed, () => (seed !== null && Number.isInteger(seed) && seed >= LIMITS.seed.min && seed <= LIMITS.seed.max ? taken({ seed }) : refused('outOfRange'))),
  ];
}
