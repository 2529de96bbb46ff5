import type { GalleryImage } from '../../shared/gallery';
import { SCREENS } from '../screens';
import { runningJob } from '../stores/jobs';
import type { Stores } from '../stores/stores';
import type { Screen } from '../stores/view';
import type { Commands } from './commands';
import type { EditCommands } from './edit-commands';
import type { GalleryCommands } from './gallery-commands';
import type { ShortcutId } from './shortcuts';

/** What a key or a line of the palette works with. */
export interface Actors {
  readonly stores: Stores;
  readonly commands: Commands;
  readonly edit: EditCommands;
  readonly browse: GalleryCommands;
}

/** What can be done just now, by name; what is missing cannot. Keys and palette read the same record, so they never disagree. */
export type Runs<Id extends string> = Readonly<Partial<Record<Id, () => void>>>;

/** The picture on the Create screen's stage, or null. */
export function pictureOnStage({ view, gallery }: Stores): GalleryImage | null {
  const { screen, selection } = view.getState();
  if (screen !== 'create' || selection?.kind !== 'image') return null;
  return gallery.getState().images.find(({ id }) => id === selection.id) ?? null;
}

function focusPrompt({ view }: Stores): void {
  if (view.getState().screen !== 'edit') view.show('create');
  // The field may only now be drawn.
  requestAnimationFrame(() => document.querySelector<HTMLElement>('textarea#prompt, textarea#edit-prompt')?.focus());
}

function pictureRuns({ stores, commands }: Actors): Runs<ShortcutId> {
  const { view } = stores;
  if (view.getState().screen !== 'create') return {};
  const image = pictureOnStage(stores);
  return {
    previous: () => { commands.step(-1); },
    next: () => { commands.step(1); },
    ...(image !== null && {
      save: () => { commands.save(image, 'png'); },
      copy: () => { commands.copy(image); },
      trash: () => { commands.trash(image); },
      recipe: () => { view.setRecipeOpen(!view.getState().isRecipeOpen); },
      zoom: () => { view.toggleZoom(); },
    }),
    ...(image?.recipe != null && {
      use: () => { commands.use(image); },
      again: () => { commands.again(image); },
    }),
  };
}

/** What the keys outside the canvas mean just now. */
export function runsOf(actors: Actors): Runs<ShortcutId | Screen> {
  const { stores, commands, edit } = actors;
  const { view, jobs, canvas } = stores;
  const isEditing = view.getState().screen === 'edit';
  return {
    ...SCREENS.reduce<Runs<Screen>>((runs, { id }) => ({ ...runs, [id]: () => { view.show(id); } }), {}),
    ...((!isEditing || canvas.getState().edited !== null) && {
      generate: () => { if (isEditing) edit.generate(); else commands.generate(); },
      prompt: () => { focusPrompt(stores); },
    }),
    ...(runningJob(jobs.getState().jobs) !== null && { cancel: () => { commands.cancelRunning(); } }),
    palette: () => { view.openDialog('palette'); },
    help: () => { view.openDialog('help'); },
    ...pictureRuns(actors),
  };
}
