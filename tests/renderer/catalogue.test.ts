import { describe, expect, it } from 'vitest';
import { STUDIO_ERROR_CODES } from '../../src/shared/errors';
import { STAGES } from '../../src/shared/job';
import { SHORTCUTS, matchShortcut } from '../../src/renderer/commands/shortcuts';
import { en } from '../../src/renderer/i18n/en';
import { resolveLanguage } from '../../src/renderer/i18n/i18n';
import { nl } from '../../src/renderer/i18n/nl';

type Tree = { readonly [key: string]: string | Tree };

const flat = (tree: Tree, path = ''): readonly (readonly [string, string])[] =>
  Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[`${path}${key}`, value] as const] : flat(value, `${path}${key}.`)));

const placeholders = (text: string): readonly string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();

const english = flat(en);
const dutch = new Map(flat(nl));

describe('the catalogues', () => {
  it('have the same keys', () => {
    expect([...dutch.keys()].sort()).toEqual(english.map(([key]) => key).sort());
  });

  it.each(english)('%s says something in both languages, with the same blanks to fill', (key, text) => {
    const other = dutch.get(key) ?? '';
    expect([text.trim(), other.trim()]).not.toContain('');
    expect(placeholders(other)).toEqual(placeholders(text));
  });

  it('know a heading for every error and a name for every stage and shortcut', () => {
    expect(Object.keys(en.errors.title).sort()).toEqual([...STUDIO_ERROR_CODES].sort());
    expect(Object.keys(en.stages).sort()).toEqual([...STAGES].sort());
    expect(SHORTCUTS.map(({ id }) => id).filter((id) => !(id in en.shortcuts))).toEqual([]);
  });
});

describe('resolveLanguage', () => {
  it('follows the system only when asked to', () => {
    expect([resolveLanguage('system', 'nl-BE'), resolveLanguage('system', 'de-DE'), resolveLanguage('en', 'nl-NL')]).toEqual(['nl', 'en', 'en']);
  });
});

describe('the shortcuts', () => {
  const press = (key: string, mod = false) => ({ key, ctrlKey: mod, metaKey: false, altKey: false });

  it('never share their keys', () => {
    const keys = SHORTCUTS.map((shortcut) => shortcut.keys.join('+'));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('leave typing alone', () => {
    expect(matchShortcut(press('u'), false)).toBeNull();
    expect(matchShortcut(press('u'), true)).toBe('use');
    expect(matchShortcut(press('Enter'), true)).toBeNull();
    expect(matchShortcut(press('Enter', true), false)).toBe('generate');
    expect(matchShortcut({ ...press('Enter', true), altKey: true }, false)).toBeNull();
  });
});
