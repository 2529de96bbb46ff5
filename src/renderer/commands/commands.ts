import type { TFunction } from 'i18next';
import type { SaveFormat } from '../../shared/save-format';
import { StudioError } from '../../shared/errors';
import type { JobId } from '../../shared/ids';
import { isGeneration, type Job } from '../../shared/job';
import type { ModelSummary } from '../../shared/model';
import type { GalleryImage } from '../../shared/gallery';
import { neighbourOf } from '../stores/gallery';
import { pausedJobs, runningJob } from '../stores/jobs';
import { pickModel, usableModels } from '../stores/models';
import type { Stores } from '../stores/stores';
import { indexOfSelection, selectionOf, stripItems } from '../stores/strip-items';
import { exportNote } from '../i18n/licence-text';
import { licenceCommands, type LicenceCommands } from './licence-commands';
import type { Toasts } from './toasts';

/** What buttons and keys do. None of them throws: a failure becomes a toast with one clear sentence. */
export interface Commands extends LicenceCommands {
  /**
   * Checks the form and submits it; problems are shown at their fields. Returns whether a job was submitted.
   * @param count makes so many instead of what the form says, where not all of them fit
   */
  generate(count?: number): boolean;
  /** Puts an example into the form and makes it. */
  tryPrompt(prompt: string): void;
  cancel(id: JobId): void;
  cancelRunning(): void;
  /** Lets a job of an earlier life take its turn, and shows it. */
  resume(job: Job): void;
  /** The same for all of them, and the other way: none of them is made. */
  resumeKept(): void;
  removeKept(): void;
  /** Asks for the same again after a failure, or for fewer of it. */
  retry(job: Job, count?: number): void;
  /** Takes a failed job off the screen. */
  dismiss(job: Job): void;
  use(image: GalleryImage): void;
  again(image: GalleryImage): void;
  save(image: GalleryImage, format: SaveFormat): void;
  copy(image: GalleryImage): void;
  showInFolder(image: GalleryImage): void;
  trash(image: GalleryImage): void;
  /** Moves the selection along the strip; +1 is one to the right, towards older pictures. */
  step(by: 1 | -1): void;
  openModelsFolder(): void;
  /** Chooses the model of the next pictures and shows their form. */
  useModel(model: ModelSummary): void;
  changeSettings(patch: Parameters<Stores['settings']['set']>[0]): void;
  /** Shows the plan and the budget. */
  showPlan(): void;
}

type PictureCommands = Pick<Commands, 'save' | 'copy' | 'showInFolder' | 'trash'>;
type KeptCommands = Pick<Commands, 'resume' | 'resumeKept' | 'removeKept'>;
type StudioCommands = Pick<Commands, 'openModelsFolder' | 'useModel' | 'changeSettings' | 'showPlan'>;

export interface CommandDeps {
  readonly stores: Stores;
  readonly toasts: Toasts;
  readonly t: TFunction;
}

/** Shows whatever was caught as a toast whose heading is in the user's language. */
export function reportError({ toasts, t }: Pick<CommandDeps, 'toasts' | 't'>, caught: unknown): void {
  const error = StudioError.fromCaught(caught);
  toasts.show({ tone: 'error', title: t(`errors.title.${error.code}`), message: error.message });
}

function makingCommands(deps: CommandDeps): Omit<Commands, keyof PictureCommands | keyof StudioCommands | keyof KeptCommands | keyof LicenceCommands | 'step'> {
  const { stores, toasts, t } = deps;
  const { draft, jobs, models, view } = stores;

  const generate = (count?: number): boolean => {
    const result = draft.check(pickModel(models.getState().models, draft.getState().draft.modelId));
    if (!result.ok) return false;
    view.follow(jobs.submit(count === undefined ? result.request : { ...result.request, count }));
    return true;
  };

  const adopt = (image: GalleryImage, isSeedKept: boolean): void => {
    const made = image.recipe?.model.id;
    const model = usableModels(models.getState().models).find((candidate) => candidate.id === made) ?? null;
    draft.adopt(image, { model, isSeedKept });
  };

  const cancel = (id: JobId): void => {
    jobs.cancel(id).catch((caught: unknown) => { reportError(deps, caught); });
  };

  return {
    generate,
    cancel,
    tryPrompt(prompt) {
      draft.update({ prompt });
      generate();
    },
    cancelRunning() {
      const running = runningJob(jobs.getState().jobs);
      if (running !== null) cancel(running.id);
    },
    retry(job, count = job.request.count) {
      jobs.dismiss(job.id);
      const { request } = job;
      // A folder's files are tried again on their own screen.
      if (request.kind !== 'resizeFile') view.follow(jobs.submit(isGeneration(request) ? { ...request, count } : request));
    },
    dismiss(job) {
      jobs.dismiss(job.id);
      const { selection } = view.getState();
      const newest = stores.gallery.getState().images[0];
      if (selection?.kind === 'job' && selection.id === job.id)
        view.select(newest === undefined ? null : { kind: 'image', id: newest.id });
    },
    use(image) {
      adopt(image, true);
      view.show('create');
      toasts.show({ tone: 'plain', message: t('actions.used') });
    },
    again(image) {
      adopt(image, false);
      generate();
    },
  };
}

function pictureCommands(deps: CommandDeps): PictureCommands {
  const { stores, toasts, t } = deps;
  const { gallery, view } = stores;
  const guard = (work: Promise<void>): void => {
    work.catch((caught: unknown) => { reportError(deps, caught); });
  };

  const bringBack = async (image: GalleryImage): Promise<void> => {
    await gallery.restore(image.id);
    view.select({ kind: 'image', id: image.id });
    toasts.show({ tone: 'plain', message: t('actions.restored') });
  };

  const discard = async (image: GalleryImage): Promise<void> => {
    const next = neighbourOf(gallery.getState().images, image.id);
    await gallery.trash(image.id);
    const { selection } = view.getState();
    if (selection?.kind === 'image' && selection.id === image.id)
      view.select(next === null ? null : { kind: 'image', id: next.id });
    toasts.show({
      tone: 'plain',
      message: t('actions.trashed'),
      action: { label: t('actions.undo'), run: () => { guard(bringBack(image)); } },
    });
  };

  const save = async (image: GalleryImage, format: SaveFormat): Promise<void> => {
    const file = await gallery.saveAs(image.id, format);
    if (file !== null) toasts.show({ tone: 'plain', message: [t('actions.saved', { file }), exportNote(t, image.recipe)].filter((line) => line !== null).join(' ') });
  };

  const copy = async (image: GalleryImage): Promise<void> => {
    await gallery.copy(image.id);
    toasts.show({ tone: 'plain', message: t('actions.copied') });
  };

  return {
    save: (image, format) => { guard(save(image, format)); },
    copy: (image) => { guard(copy(image)); },
    showInFolder: (image) => { guard(gallery.showInFolder(image.id)); },
    trash: (image) => { guard(discard(image)); },
  };
}

function keptCommands(deps: CommandDeps): KeptCommands {
  const { jobs, view } = deps.stores;
  const guard = (work: Promise<void>): void => {
    work.catch((caught: unknown) => { reportError(deps, caught); });
  };
  const kept = (): readonly Job[] => pausedJobs(jobs.getState().jobs);
  return {
    resume(job) {
      guard(jobs.resume(job.id));
      view.follow(job.id);
    },
    resumeKept() {
      for (const { id } of kept()) guard(jobs.resume(id));
    },
    removeKept() {
      for (const { id } of kept()) guard(jobs.cancel(id));
    },
  };
}

function studioCommands(deps: CommandDeps): StudioCommands {
  const { credits, draft, models, settings, view } = deps.stores;
  const guard = (work: Promise<void>): void => {
    work.catch((caught: unknown) => { reportError(deps, caught); });
  };
  return {
    openModelsFolder: () => { guard(models.openFolder()); },
    useModel(model) {
      draft.chooseModel(model);
      view.show('create');
    },
    changeSettings: (patch) => { guard(settings.set(patch)); },
    showPlan() {
      credits.showTab('plan');
      view.show('credits');
    },
  };
}

export function createCommands(deps: CommandDeps): Commands {
  const { gallery, jobs, view } = deps.stores;
  return {
    ...makingCommands(deps),
    ...pictureCommands(deps),
    ...keptCommands(deps),
    ...studioCommands(deps),
    ...licenceCommands(deps.stores, (caught) => { reportError(deps, caught); }),
    step(by) {
      const items = stripItems(jobs.getState().jobs, gallery.getState().images);
      const at = indexOfSelection(items, view.getState().selection);
      const next = items[Math.min(items.length - 1, Math.max(0, at + by))];
      if (next !== undefined) view.select(selectionOf(next));
    },
  };
}
