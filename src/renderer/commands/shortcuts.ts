/** One table for the key handler, the tooltips and the shortcut sheet. */
export interface Shortcut {
  readonly id: string;
  /** `mod` is Ctrl, and Cmd on a Mac; the rest are values of KeyboardEvent.key. */
  readonly keys: readonly string[];
  /** `picture`: only while the stage or the strip (or nothing) has the focus, so that typing never triggers it. */
  readonly scope: 'everywhere' | 'picture';
}

export const SHORTCUTS = [
  { id: 'generate', keys: ['mod', 'Enter'], scope: 'everywhere' },
  { id: 'cancel', keys: ['mod', '.'], scope: 'everywhere' },
  { id: 'palette', keys: ['mod', 'k'], scope: 'everywhere' },
  { id: 'prompt', keys: ['mod', 'l'], scope: 'everywhere' },
  { id: 'create', keys: ['mod', '1'], scope: 'everywhere' },
  { id: 'edit', keys: ['mod', '2'], scope: 'everywhere' },
  { id: 'gallery', keys: ['mod', '3'], scope: 'everywhere' },
  { id: 'models', keys: ['mod', '4'], scope: 'everywhere' },
  { id: 'resize', keys: ['mod', '5'], scope: 'everywhere' },
  { id: 'credits', keys: ['mod', '6'], scope: 'everywhere' },
  { id: 'settings', keys: ['mod', ','], scope: 'everywhere' },
  { id: 'help', keys: ['?'], scope: 'picture' },
  { id: 'previous', keys: ['ArrowLeft'], scope: 'picture' },
  { id: 'next', keys: ['ArrowRight'], scope: 'picture' },
  { id: 'use', keys: ['u'], scope: 'picture' },
  { id: 'again', keys: ['r'], scope: 'picture' },
  { id: 'save', keys: ['mod', 's'], scope: 'picture' },
  { id: 'copy', keys: ['mod', 'c'], scope: 'picture' },
  { id: 'trash', keys: ['Delete'], scope: 'picture' },
  { id: 'recipe', keys: ['i'], scope: 'picture' },
  { id: 'zoom', keys: ['z'], scope: 'picture' },
] as const satisfies readonly Shortcut[];

export type ShortcutId = (typeof SHORTCUTS)[number]['id'];

export const keysOf = (id: ShortcutId): readonly string[] => SHORTCUTS.find((shortcut) => shortcut.id === id)?.keys ?? [];

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The shortcut a key press means, given whether the focus is on the picture. */
export function matchShortcut(press: KeyPress, isOnPicture: boolean): ShortcutId | null {
  if (press.altKey) return null;
  const hasMod = press.ctrlKey || press.metaKey;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const found = SHORTCUTS.find(({ keys, scope }) => {
    const wantsMod = (keys as readonly string[]).includes('mod');
    return wantsMod === hasMod && keys.at(-1) === key && (scope === 'everywhere' || isOnPicture);
  });
  return found?.id ?? null;
}

const NAMES: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→', Delete: 'Del', Enter: '↵' };

/** How a key is written on this platform. */
export function keyName(key: string, isMac: boolean): string {
  if (key === 'mod') return isMac ? '⌘' : 'Ctrl';
  return NAMES[key] ?? key.toUpperCase();
}

/** The form `aria-keyshortcuts` asks for. */
export const ariaKeys = (id: ShortcutId, isMac: boolean): string =>
  keysOf(id).map((key) => (key === 'mod' ? (isMac ? 'Meta' : 'Control') : key)).join('+');
