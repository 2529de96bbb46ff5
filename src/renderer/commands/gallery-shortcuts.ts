import type { KeyPress, Shortcut } from './shortcuts';

/** Keys of the Gallery screen's grid, for its key handler and the shortcut sheet. Arrows, Home, End and pages move. */
export const GALLERY_SHORTCUTS = [
  { id: 'view', keys: [' '] },
  { id: 'open', keys: ['Enter'] },
  { id: 'selectAll', keys: ['mod', 'a'] },
  { id: 'clear', keys: ['Escape'] },
  { id: 'trash', keys: ['Delete'] },
  { id: 'compare', keys: ['c'] },
  { id: 'edit', keys: ['e'] },
  { id: 'use', keys: ['u'] },
  { id: 'copy', keys: ['mod', 'c'] },
  { id: 'details', keys: ['i'] },
  { id: 'search', keys: ['mod', 'f'] },
  { id: 'larger', keys: ['+'] },
  { id: 'smaller', keys: ['-'] },
] as const satisfies readonly Omit<Shortcut, 'scope'>[];

export type GalleryShortcutId = (typeof GALLERY_SHORTCUTS)[number]['id'];

/** Digits give stars, the four after them colour labels, as in other photo programs. */
export const STAR_KEYS = ['0', '1', '2', '3', '4', '5'] as const;
export const LABEL_KEYS = { '6': 'red', '7': 'yellow', '8': 'green', '9': 'blue' } as const;

export const isLabelKey = (key: string): key is keyof typeof LABEL_KEYS => key in LABEL_KEYS;

/** What a key press means in the grid; null when nothing. */
export function matchGalleryShortcut(press: KeyPress): GalleryShortcutId | null {
  if (press.altKey) return null;
  const hasMod = press.ctrlKey || press.metaKey;
  const key = press.key === '=' ? '+' : press.key.length === 1 ? press.key.toLowerCase() : press.key;
  return GALLERY_SHORTCUTS.find(({ keys }) => (keys as readonly string[]).includes('mod') === hasMod && keys.at(-1) === key)?.id ?? null;
}

const NAMES: Readonly<Record<string, string>> = { ' ': '␣', mod: 'Ctrl', Enter: '↵', Escape: 'Esc', Delete: 'Del', '-': '−' };

export const galleryKeyName = (key: string, isMac: boolean): string => (key === 'mod' && isMac ? '⌘' : (NAMES[key] ?? key.toUpperCase()));
