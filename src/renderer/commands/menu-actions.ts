import type { TFunction } from 'i18next';
import { INTENTS } from '../../shared/canvas-document';
import { SAVE_FORMATS } from '../../shared/save-format';
import { Settings } from '../../shared/settings';
import { pausedJobs } from '../stores/jobs';
import { usableModels } from '../stores/models';
import { stagedOf } from './edit-staging';
import { pictureOnStage, type Actors } from './runs';

/** In the order in which the palette lists them. */
export const PALETTE_GROUPS = ['screens', 'making', 'picture', 'intent', 'tools', 'masks', 'results', 'view', 'document', 'gallery', 'studio'] as const;
export type PaletteGroup = (typeof PALETTE_GROUPS)[number];

/** A command that has no key of its own; buttons and menus offer it too. */
export interface MenuAction {
  readonly id: string;
  readonly group: PaletteGroup;
  readonly name: string;
  /** Null while it cannot be done. */
  readonly run: (() => void) | null;
}

const when = (isPossible: boolean, run: () => void): MenuAction['run'] => (isPossible ? run : null);
const having = <T>(thing: T | null, run: (thing: T) => void): MenuAction['run'] => (thing === null ? null : () => { run(thing); });

function pictureMenu({ stores, commands, edit, browse }: Actors, t: TFunction): readonly MenuAction[] {
  const image = pictureOnStage(stores);
  return [
    { id: 'editPicture', group: 'picture', name: t('palette.editPicture'), run: having(image, (it) => { edit.openImage(it); }) },
    { id: 'resizePicture', group: 'picture', name: t('resize.palette.picture'), run: having(image, (it) => { browse.resize(it); }) },
    { id: 'saveJpeg', group: 'picture', name: t('palette.saveJpeg'), run: having(image, (it) => { commands.save(it, 'jpeg'); }) },
    { id: 'saveWebp', group: 'picture', name: t('palette.saveWebp'), run: having(image, (it) => { commands.save(it, 'webp'); }) },
    { id: 'folder', group: 'picture', name: t('actions.folder'), run: having(image, (it) => { commands.showInFolder(it); }) },
  ];
}

/** The texts of the canvas' own export, which the menus share. */
export const EXPORT_TEXT = { png: 'edit.layers.savePng', jpeg: 'edit.layers.saveJpeg', webp: 'edit.layers.saveWebp' } as const;

function documentMenu({ stores, edit }: Actors, t: TFunction): readonly MenuAction[] {
  const document = stores.canvas.getState().edited?.document ?? null;
  const isOpen = document !== null;
  const mask = document?.activeMaskId ?? null;
  return [
    ...INTENTS.map((intent): MenuAction => ({ id: `intent.${intent}`, group: 'intent', name: t(`edit.intents.${intent}`), run: when(isOpen, () => { edit.setIntent(intent); }) })),
    { id: 'more', group: 'intent', name: t('palette.more'), run: when(stagedOf({ stores }) !== null, () => { edit.more(); }) },
    { id: 'fillMask', group: 'masks', name: t('palette.fillMask'), run: when(mask !== null, () => { edit.maskStep({ kind: 'fill' }); }) },
    { id: 'addMask', group: 'masks', name: t('edit.masks.add'), run: when(isOpen, () => { edit.addMask(); }) },
    { id: 'copyMask', group: 'masks', name: t('palette.copyMask'), run: having(mask, (id) => { edit.duplicateMask(id); }) },
    { id: 'loadMask', group: 'masks', name: t('edit.masks.load'), run: having(mask, (id) => { edit.loadMask(id); }) },
    { id: 'saveMask', group: 'masks', name: t('edit.masks.save'), run: when(mask !== null, () => { edit.exportMask(); }) },
    { id: 'removeMask', group: 'masks', name: t('edit.masks.remove'), run: having(mask, (id) => { edit.removeMask(id); }) },
    { id: 'addSketch', group: 'document', name: t('edit.layers.add'), run: when(isOpen, () => { edit.addSketch(); }) },
    { id: 'flatten', group: 'document', name: t('palette.flatten'), run: when((document?.layers.length ?? 0) > 1, () => { edit.flatten(); }) },
    { id: 'export', group: 'document', name: t('edit.documents.export'), run: when(isOpen, () => { edit.exportDocument(); }) },
    ...SAVE_FORMATS.map((format): MenuAction => ({ id: `export.${format}`, group: 'document', name: t('palette.exportAs', { what: t(EXPORT_TEXT[format]) }), run: when(isOpen, () => { edit.exportPicture(format); }) })),
    { id: 'close', group: 'document', name: t('edit.documents.close'), run: when(isOpen, () => { edit.closeDocument(); }) },
  ];
}

function studioMenu({ stores, commands, edit }: Actors, t: TFunction): readonly MenuAction[] {
  const { theme, language } = stores.settings.getState();
  const { models } = stores.models.getState();
  const kept = pausedJobs(stores.jobs.getState().jobs).length;
  return [
    { id: 'resumeKept', group: 'making', name: t('palette.resumeKept'), run: when(kept > 0, () => { commands.resumeKept(); }) },
    { id: 'removeKept', group: 'making', name: t('palette.removeKept'), run: when(kept > 0, () => { commands.removeKept(); }) },
    { id: 'openFile', group: 'studio', name: t('palette.openFile'), run: () => { edit.openFile(); } },
    { id: 'modelsFolder', group: 'studio', name: t('models.openFolder'), run: () => { commands.openModelsFolder(); } },
    { id: 'plan', group: 'studio', name: t('credits.fit.change'), run: () => { commands.showPlan(); } },
    ...usableModels(models).map((model): MenuAction => ({ id: `model.${model.id}`, group: 'studio', name: t('palette.useModel', { name: model.name }), run: () => { commands.useModel(model); } })),
    ...Settings.shape.theme.options.map((name): MenuAction => ({
      id: `theme.${name}`,
      group: 'studio',
      name: t('palette.theme', { name: t(`settings.themes.${name}`) }),
      run: when(name !== theme, () => { commands.changeSettings({ theme: name }); }),
    })),
    ...Settings.shape.language.options.map((name): MenuAction => ({
      id: `language.${name}`,
      group: 'studio',
      name: t('palette.language', { name: t(`settings.languages.${name}`) }),
      run: when(name !== language, () => { commands.changeSettings({ language: name }); }),
    })),
  ];
}

/** Everything that can be done without a key; what belongs to the canvas shows it first. */
export function menuActions(actors: Actors, t: TFunction): readonly MenuAction[] {
  return [...pictureMenu(actors, t), ...documentMenu(actors, t), ...studioMenu(actors, t)];
}
