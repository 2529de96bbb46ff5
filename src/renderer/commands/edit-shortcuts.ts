import { keyName, type KeyPress } from './shortcuts';

/** The keys of the Edit screen: one table for the key handler, the tooltips and the shortcut sheet. */
export interface EditShortcut {
  readonly id: string;
  /** As in `SHORTCUTS`; `shift` besides. */
  readonly keys: readonly string[];
}

export const EDIT_SHORTCUTS = [
  { id: 'undo', keys: ['mod', 'z'] },
  { id: 'redo', keys: ['mod', 'shift', 'z'] },
  { id: 'brush', keys: ['b'] },
  { id: 'eraser', keys: ['e'] },
  { id: 'lasso', keys: ['l'] },
  { id: 'polygon', keys: ['p'] },
  { id: 'rectangle', keys: ['r'] },
  { id: 'ellipse', keys: ['o'] },
  { id: 'sketch', keys: ['s'] },
  { id: 'frame', keys: ['f'] },
  { id: 'pan', keys: ['h'] },
  { id: 'swap', keys: ['x'] },
  { id: 'smaller', keys: ['['] },
  { id: 'larger', keys: [']'] },
  { id: 'masks', keys: ['m'] },
  { id: 'invert', keys: ['i'] },
  { id: 'clear', keys: ['Delete'] },
  { id: 'fit', keys: ['0'] },
  { id: 'actual', keys: ['1'] },
  { id: 'zoomIn', keys: ['+'] },
  { id: 'zoomOut', keys: ['-'] },
  { id: 'accept', keys: ['a'] },
  { id: 'discard', keys: ['d'] },
  { id: 'compare', keys: ['c'] },
  { id: 'changed', keys: ['w'] },
] as const satisfies readonly EditShortcut[];

export type EditShortcutId = (typeof EDIT_SHORTCUTS)[number]['id'];

const keysOf = (id: EditShortcutId): readonly string[] => EDIT_SHORTCUTS.find((shortcut) => shortcut.id === id)?.keys ?? [];

/** Undo and redo belong to text while one types; everything else is a single key. */
export function matchEditShortcut(press: KeyPress & { readonly shiftKey: boolean }): EditShortcutId | null {
  if (press.altKey) return null;
  const hasMod = press.ctrlKey || press.metaKey;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (hasMod && key === 'y') return 'redo';
  const found = EDIT_SHORTCUTS.find((shortcut) => {
    const keys: readonly string[] = shortcut.keys;
    if (keys.includes('mod') !== hasMod || keys.at(-1) !== key) return false;
    // A sign such as + needs Shift on some keyboards; a letter with Shift means something else.
    return keys.includes('shift') === press.shiftKey || !/^[a-z]$/.test(key);
  });
  return found?.id ?? null;
}

const ARIA: Readonly<Record<string, string>> = { shift: 'Shift', '+': 'Plus' };

/** Key caps and the form `aria-keyshortcuts` asks for, ready to be spread on a button. */
export function editKeys(id: EditShortcutId, isMac: boolean): { readonly keys: readonly string[]; readonly 'aria-keyshortcuts': string } {
  const keys = keysOf(id);
  return {
    keys: keys.map((key) => editKeyName(key, isMac)),
    'aria-keyshortcuts': keys.map((key) => (key === 'mod' ? (isMac ? 'Meta' : 'Control') : (ARIA[key] ?? key))).join('+'),
  };
}

export const editKeyName = (key: string, isMac: boolean): string => (key === 'shift' ? (isMac ? '⇧' : 'Shift') : keyName(key, isMac));
