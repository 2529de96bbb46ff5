import fuzzysort from 'fuzzysort';
import type { TFunction } from 'i18next';
import { SCREENS } from '../screens';
import { HAND_TOOLS } from '../stores/canvas-view';
import { EDIT_SHORTCUTS, editKeys, type EditShortcutId } from './edit-shortcuts';
import { editRunsOf } from './edit-runs';
import { galleryMenu } from './gallery-menu';
import { galleryRunsOf } from './gallery-runs';
import { GALLERY_SHORTCUTS, galleryKeyName } from './gallery-shortcuts';
import { menuActions, PALETTE_GROUPS, type MenuAction, type PaletteGroup } from './menu-actions';
import { runsOf, type Actors } from './runs';
import { keyName, SHORTCUTS, type ShortcutId } from './shortcuts';

/** One line of the command palette. */
export interface PaletteAction extends MenuAction {
  /** Key caps for this platform; empty without a key. */
  readonly keys: readonly string[];
}

/** Groups that speak of the open document: run from elsewhere, they show it first. */
const ON_CANVAS: ReadonlySet<PaletteGroup> = new Set(['intent', 'tools', 'masks', 'results', 'view', 'document']);

const MAKING: ReadonlySet<string> = new Set(['generate', 'cancel', 'prompt'] satisfies ShortcutId[]);
const MASKS: ReadonlySet<string> = new Set(['masks', 'invert', 'clear'] satisfies EditShortcutId[]);
const RESULTS: ReadonlySet<string> = new Set(['accept', 'discard', 'compare', 'changed'] satisfies EditShortcutId[]);
const VIEW: ReadonlySet<string> = new Set(['fit', 'actual', 'zoomIn', 'zoomOut'] satisfies EditShortcutId[]);

function groupOfEdit(id: EditShortcutId): PaletteGroup {
  if (MASKS.has(id)) return 'masks';
  if (RESULTS.has(id)) return 'results';
  if (VIEW.has(id)) return 'view';
  return id === 'undo' || id === 'redo' ? 'document' : 'tools';
}

function ownKeys(actors: Actors, t: TFunction, isMac: boolean): readonly PaletteAction[] {
  const runs = runsOf(actors);
  const capsOf = (id: string): readonly string[] => (SHORTCUTS.find((shortcut) => shortcut.id === id)?.keys ?? []).map((key) => keyName(key, isMac));
  const screens: ReadonlySet<string> = new Set(SCREENS.map(({ id }) => id));
  return [
    ...SCREENS.map(({ id }): PaletteAction => ({ id, group: 'screens', name: t('palette.goTo', { screen: t(`rail.${id}`) }), keys: capsOf(id), run: runs[id] ?? null })),
    ...SHORTCUTS.filter(({ id }) => !screens.has(id) && id !== 'palette').map(({ id, scope }): PaletteAction => ({
      id,
      group: MAKING.has(id) ? 'making' : scope === 'picture' && id !== 'help' ? 'picture' : 'studio',
      name: t(`shortcuts.${id}`),
      keys: capsOf(id),
      run: runs[id] ?? null,
    })),
  ];
}

function canvasKeys(actors: Actors, t: TFunction, isMac: boolean): readonly PaletteAction[] {
  const runs = editRunsOf(actors);
  const tools: ReadonlySet<string> = new Set(HAND_TOOLS);
  return EDIT_SHORTCUTS.map(({ id }) => ({
    id: `edit.${id}`,
    group: groupOfEdit(id),
    name: tools.has(id) ? t('palette.takeTool', { tool: t(`edit.shortcuts.${id}`) }) : t(`edit.shortcuts.${id}`),
    keys: editKeys(id, isMac).keys,
    run: runs[id] ?? null,
  }));
}

function galleryKeys(actors: Actors, t: TFunction, isMac: boolean): readonly PaletteAction[] {
  const runs = galleryRunsOf(actors);
  return GALLERY_SHORTCUTS.map(({ id, keys }) => ({ id: `gallery.key.${id}`, group: 'gallery', name: t(`gallery.shortcuts.${id}`), keys: keys.map((key) => galleryKeyName(key, isMac)), run: runs[id] ?? null }));
}

/** Every command of the studio as of now, group by group. */
export function paletteActions(actors: Actors, { t, isMac }: { readonly t: TFunction; readonly isMac: boolean }): readonly PaletteAction[] {
  const all = [...ownKeys(actors, t, isMac), ...canvasKeys(actors, t, isMac), ...galleryKeys(actors, t, isMac), ...[...menuActions(actors, t), ...galleryMenu(actors, t)].map((action): PaletteAction => ({ ...action, keys: [] }))];
  const shown = all.map((action): PaletteAction => {
    const { run, group } = action;
    const screen = ON_CANVAS.has(group) ? 'edit' : group === 'gallery' ? 'gallery' : null;
    if (run === null || screen === null) return action;
    return { ...action, run: () => { actors.stores.view.show(screen); run(); } };
  });
  return PALETTE_GROUPS.flatMap((group) => shown.filter((action) => action.group === group));
}

/** How far a name may be from what was typed; found by trying: "msk" finds the masks, "xyz" nothing. */
const THRESHOLD = 0.3;

export interface Found {
  readonly action: PaletteAction;
  /** Places of the letters that were matched in the name. */
  readonly matched: readonly number[];
}

/** The commands that a text means, the best first, what cannot be done now behind. Without a text: all that can be done. */
export function findActions(actions: readonly PaletteAction[], text: string, groupName: (group: PaletteGroup) => string): readonly Found[] {
  const query = text.trim();
  if (query === '') return actions.filter(({ run }) => run !== null).map((action) => ({ action, matched: [] }));
  const hits = fuzzysort.go(query, actions, {
    keys: [(action) => action.name, (action) => `${groupName(action.group)} ${action.name}`],
    threshold: THRESHOLD,
    limit: 0,
  });
  const found = hits.map((hit): Found => ({ action: hit.obj, matched: hit[0]?.indexes ?? [] }));
  return [...found.filter(({ action }) => action.run !== null), ...found.filter(({ action }) => action.run === null)];
}

/** The command that the arrow keys go to from `from`, round the ends of the list; null when none can be run. */
export function nextRunnable(found: readonly Found[], from: Found | null, by: 1 | -1): Found | null {
  const runnable = found.filter(({ action }) => action.run !== null);
  const at = from === null ? -1 : runnable.indexOf(from);
  return runnable[(at + by + runnable.length) % runnable.length] ?? null;
}
