import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSettings } from '../../src/main/app/settings/settings-file';
import { DEFAULT_SETTINGS } from '../../src/shared/settings';
import { tempFolder } from '../support/temp-folder';

describe('the settings file', () => {
  it('keeps what was set, and what was not', async () => {
    const path = join(tempFolder(), 'settings.json');
    await (await openSettings(path)).set({ theme: 'light' });
    expect((await openSettings(path)).get()).toEqual({ ...DEFAULT_SETTINGS, theme: 'light' });
  });

  it('ends with the last of many quick changes', async () => {
    const path = join(tempFolder(), 'settings.json');
    const settings = await openSettings(path);
    const draft = (prompt: string) => ({ ...DEFAULT_SETTINGS.draft, prompt });
    await Promise.all(Array.from({ length: 30 }, (_, i) => settings.set({ draft: draft(String(i)) })));
    expect((await openSettings(path)).get().draft.prompt).toBe('29');
  });

  it.each([
    ['no JSON', 'nonsense', DEFAULT_SETTINGS],
    ['an unknown theme', '{"theme":"pink","language":"nl"}', { ...DEFAULT_SETTINGS, language: 'nl' }],
    ['an older draft', '{"draft":{"prompt":"fox"}}', { ...DEFAULT_SETTINGS, draft: { ...DEFAULT_SETTINGS.draft, prompt: 'fox' } }],
  ])('reads what is readable of %s', async (_what, text, expected) => {
    const path = join(tempFolder(), 'settings.json');
    writeFileSync(path, text);
    expect((await openSettings(path)).get()).toEqual(expected);
  });
});
