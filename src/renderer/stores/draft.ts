import { createStore, type StoreApi } from 'zustand/vanilla';
import { LIMITS } from '../../shared/limits';
import type { ModelSummary } from '../../shared/model';
import type { GalleryImage } from '../../shared/gallery';
import { SCHEDULERS } from '../../shared/schedulers';
import { DEFAULT_SETTINGS, Draft } from '../../shared/settings';
import type { StudioApi } from '../studio-api';
import { checkDraft, type DraftCheck, type FieldProblems } from './draft-request';

const SAVE_DELAY_MS = 250;

export interface DraftState {
  readonly draft: Draft;
  /** Set by a failed check; a field's problem goes as soon as the field changes. */
  readonly problems: FieldProblems;
  /** Rises with every failed check, so that the screen can lead the eye to the first problem each time. */
  readonly failedChecks: number;
}

export interface DraftStore extends StoreApi<DraftState> {
  /** Takes over what was saved; nothing is written back. */
  restore(draft: Draft): void;
  update(patch: Partial<Draft>): void;
  /** Another model brings its own size, steps and guidance. */
  chooseModel(model: ModelSummary): void;
  /** Checks the form and keeps the problems, so that the fields can show them. */
  check(model: ModelSummary | null): DraftCheck;
  /** Fills the form from a picture's recipe; `isSeedKept` locks its seed, otherwise the next picture draws a new one. */
  adopt(image: GalleryImage, options: { model: ModelSummary | null; isSeedKept: boolean }): void;
  /** Writes a waiting change now, for the moment the page goes away. */
  flush(): void;
}

/** A fresh seed that another run can repeat. */
export const drawSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? LIMITS.seed.min;

/** Our id for the scheduler a recipe names; null = the model's own. */
function schedulerOf(label: string, model: ModelSummary | null): Draft['scheduler'] {
  if (label === model?.ownScheduler) return null;
  const choice = SCHEDULERS.find((scheduler) => scheduler.label === label);
  return choice !== undefined && model?.schedulers.includes(choice.id) === true ? choice.id : null;
}

function draftFrom(image: GalleryImage, model: ModelSummary | null): Partial<Draft> {
  const { recipe } = image;
  if (recipe === null) return {};
  return {
    ...(model === null ? {} : { modelId: model.id }),
    prompt: recipe.prompt,
    negativePrompt: recipe.negativePrompt,
    width: recipe.width,
    height: recipe.height,
    numInferenceSteps: recipe.numInferenceSteps,
    guidanceScale: recipe.guidanceScale,
    scheduler: schedulerOf(recipe.scheduler.label, model),
    guidanceCutoff: recipe.guidanceCutoff ?? 1,
    clipSkip: recipe.clipSkip ?? 0,
    noiseSource: recipe.noiseSource ?? 'cpu',
    count: 1,
    hires: recipe.hires !== undefined,
  };
}

export function createDraftStore(api: StudioApi, onSaveFailed: (caught: unknown) => void): DraftStore {
  const store = createStore<DraftState>(() => ({ draft: DEFAULT_SETTINGS.draft, problems: {}, failedChecks: 0 }));
  let timer: ReturnType<typeof setTimeout> | null = null;

  const save = (): void => {
    timer = null;
    const parsed = Draft.safeParse(store.getState().draft);
    // A form that is wrong for now (a text too long) is shown at the field; the last good one stays saved.
    if (parsed.success) api.request('settings.set', { draft: parsed.data }).catch(onSaveFailed);
  };

  const update = (patch: Partial<Draft>): void => {
    const touched = new Set(Object.keys(patch));
    store.setState((state) => ({
      draft: { ...state.draft, ...patch },
      problems: Object.fromEntries(Object.entries(state.problems).filter(([field]) => !touched.has(field))),
    }));
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(save, SAVE_DELAY_MS);
  };

  return {
    ...store,
    update,
    restore(draft) {
      store.setState({ draft, problems: {} });
    },
    chooseModel(model) {
      const { scheduler } = store.getState().draft;
      update({
        modelId: model.id,
        width: null,
        height: null,
        numInferenceSteps: null,
        guidanceScale: null,
        scheduler: scheduler !== null && model.schedulers.includes(scheduler) ? scheduler : null,
      });
    },
    check(model) {
      const result = checkDraft(store.getState().draft, model);
      store.setState(({ failedChecks }) =>
        result.ok ? { problems: {} } : { problems: result.problems, failedChecks: failedChecks + 1 },
      );
      return result;
    },
    adopt(image, { model, isSeedKept }) {
      update({ ...draftFrom(image, model), seed: isSeedKept ? (image.recipe?.seed ?? null) : null });
    },
    flush() {
      if (timer === null) return;
      clearTimeout(timer);
      save();
    },
  };
}
