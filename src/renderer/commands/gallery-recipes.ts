import type { GalleryImage, Lineage, Recalled, ReplayChange, SimilarTo } from '../../shared/gallery';
import type { ImageId } from '../../shared/ids';
import type { Draft } from '../../shared/settings';
import { pictureUrl } from '../picture-urls';
import { pickModel, usableModels } from '../stores/models';
import type { GalleryDeps, Guard } from './gallery-deps';

/** How pictures were made: read, made again, made otherwise, and found by. */
export interface RecipeCommands {
  /** Reads a dropped file and offers its settings. */
  recallFile(file: File): void;
  /** Offers the settings of a picture of the gallery, whoever made it. */
  recallImage(image: GalleryImage): void;
  /** Puts what was chosen of them into the form, and shows it. */
  applyRecalled(patch: Partial<Draft>): void;
  showSimilar(to: SimilarTo): void;
  /** Shows what looks like a dropped file, or was made by the same recipe. */
  showSimilarToFile(file: File): void;
  reproduce(image: GalleryImage): void;
  replay(image: GalleryImage, change: ReplayChange): void;
  /** How many pictures that would make, and what stands in its way; null when main did not answer, which is shown. */
  planReplay(image: GalleryImage, change: ReplayChange): Promise<{ readonly steps: number; readonly problems: readonly string[] } | null>;
  /** Null when it could not be read, which is shown. */
  lineageOf(imageId: ImageId): Promise<Lineage | null>;
}

export function recipeCommands({ api, stores, toasts, t }: GalleryDeps, guard: Guard): RecipeCommands {
  const { view, window, selection } = stores.browser;

  const answered = async <T>(work: Promise<T>): Promise<T | null> => {
    guard(work);
    return work.catch(() => null);
  };

  const recallFile = async (file: File): Promise<void> => {
    const recalled = await api.request('recall.read', { bytes: new Uint8Array(await file.arrayBuffer()), name: file.name });
    view.open({ kind: 'recall', dropped: { name: file.name, previewUrl: URL.createObjectURL(file), recalled } });
  };

  const recallImage = (image: GalleryImage): void => {
    const { origin, width, height, recipe, foreign } = image;
    const models = usableModels(stores.models.getState().models);
    const made = models.find(({ id, name }) => id === recipe?.model.id || name === (recipe?.model.name ?? foreign?.modelName));
    const recalled: Recalled = { origin, width, height, recipe, foreign, modelId: made?.id ?? null, problems: [] };
    view.open({ kind: 'recall', dropped: { name: image.fileName, previewUrl: pictureUrl(image.id), recalled } });
  };

  const showSimilar = async (to: SimilarTo): Promise<void> => {
    const { matches, pending } = await api.request('gallery.similar', to);
    stores.view.show('gallery');
    view.closeAll();
    view.goTo('pictures');
    selection.reset();
    window.showSimilar({ to, matches, pending });
  };

  const showSimilarToFile = async (file: File): Promise<void> => {
    const { assetId } = await api.request('assets.put', { bytes: new Uint8Array(await file.arrayBuffer()) });
    await showSimilar({ assetId });
  };

  const replay = async (image: GalleryImage, change: ReplayChange): Promise<void> => {
    const { steps } = await api.request('gallery.replay', { imageId: image.id, change });
    view.close();
    toasts.show({ tone: 'plain', message: t('gallery.replay.started', { count: steps }) });
  };

  const reproduce = async (image: GalleryImage): Promise<void> => {
    await api.request('gallery.reproduce', { imageId: image.id });
    toasts.show({ tone: 'plain', message: t('gallery.reproduce.started') });
  };

  return {
    recallFile: (file) => { guard(recallFile(file)); },
    recallImage,
    applyRecalled: (patch) => {
      // A model brings its own defaults first; what the picture tells lies over them.
      const model = patch.modelId === undefined ? null : pickModel(stores.models.getState().models, patch.modelId);
      if (model !== null) stores.draft.chooseModel(model);
      stores.draft.update(patch);
      view.closeAll();
      stores.view.show('create');
      toasts.show({ tone: 'plain', message: t('actions.used') });
    },
    showSimilar: (to) => { guard(showSimilar(to)); },
    showSimilarToFile: (file) => { guard(showSimilarToFile(file)); },
    reproduce: (image) => { guard(reproduce(image)); },
    replay: (image, change) => { guard(replay(image, change)); },
    planReplay: async (image, change) => {
      const plan = await answered(api.request('gallery.planReplay', { imageId: image.id, change }));
      return plan === null ? null : { steps: plan.steps.length, problems: plan.problems };
    },
    lineageOf: (imageId) => answered(api.request('gallery.lineage', { imageId })),
  };
}
