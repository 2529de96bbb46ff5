import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Settings } from '../../src/shared/settings';
import { dataFolderWithTinyModel } from './bridge';
import { launchStudio } from './launch';

describe('closing the window', () => {
  const data = dataFolderWithTinyModel();
  afterAll(() => data.remove());

  it('keeps what was typed a moment before', async () => {
    const studio = await launchStudio({ dataDir: data.dataDir });
    await studio.window.getByRole('textbox').first().fill('typed just before the end');
    await studio.close();
    const settings = Settings.parse(JSON.parse(readFileSync(join(data.dataDir, 'settings.json'), 'utf8')));
    expect(settings.draft.prompt).toBe('typed just before the end');
  });
});
