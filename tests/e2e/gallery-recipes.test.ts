import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, dataFolderWithTinyModel } from './bridge';
import { finished, screenButton, TINY_REQUEST } from './edit-page';
import { countText, grid, tile } from './gallery-pictures';
import { launchStudio, screenshot, type Studio } from './launch';

const PATIENT = { timeout: 60_000 } as const;

describe('recipes in the gallery, in the real window', () => {
  let studio: Studio;
  const data = dataFolderWithTinyModel();
  beforeAll(async () => {
    studio = await launchStudio({ dataDir: data.dataDir, args: ['--lang=en-US'] });
    studio.window.setDefaultTimeout(15_000);
    await screenButton(studio.window, 'Gallery').waitFor();
    const { imageIds } = await finished(studio.window, { kind: 'txt2img', ...TINY_REQUEST, seed: 1, width: 128, height: 128, hires: false });
    const [imageId] = imageIds;
    if (imageId === undefined) throw new Error('a picture was expected');
    const { assetId } = await ask(studio.window, 'assets.fromGallery', { imageId });
    await finished(studio.window, { kind: 'img2img', ...TINY_REQUEST, prompt: 'a child', seed: 2, width: 128, height: 128, sourceAssetId: assetId, strength: 0.6, documentId: null, parentImageIds: [imageId] });
    await screenButton(studio.window, 'Gallery').click();
    await countText(studio.window).filter({ hasText: '2 pictures' }).waitFor(PATIENT);
  });
  afterAll(async () => {
    await studio.close();
    data.remove();
  });

  it('walks from a picture to what it was made of, and says what changed', async () => {
    const { window } = studio;
    await tile(window, 'a child').click();
    await window.getByRole('button', { name: 'Where it comes from' }).click();
    const dialog = window.getByRole('dialog', { name: 'Where it comes from' });
    const child = dialog.getByRole('button', { name: 'a child: From a picture' });
    await child.focus();
    await window.keyboard.press('ArrowLeft');
    await expect.poll(() => dialog.getByRole('button', { name: 'a test: Beginning' }).getAttribute('aria-current')).toBe('true');
    await window.keyboard.press('ArrowRight');
    await screenshot(window, 'gallery-lineage');
    await dialog.getByRole('button', { name: 'What changed' }).click();
    const changes = window.getByRole('dialog', { name: 'What changed' });
    await changes.getByRole('rowheader', { name: 'Strength' }).waitFor();
    expect(await changes.locator('ins').innerText()).toContain('child');
    await window.keyboard.press('Escape');
    await dialog.waitFor();
    await window.keyboard.press('Escape');
  });

  it('reproduces a picture to the last pixel', async () => {
    const { window } = studio;
    await tile(window, 'a test').click();
    await window.getByRole('complementary', { name: 'Details' }).getByRole('button', { name: 'More' }).click();
    await window.getByRole('menuitem', { name: 'Reproduce' }).click();
    await window.getByText('Identical: every pixel is the same').waitFor(PATIENT);
  });

  it('makes a picture and what was made of it again with another seed', async () => {
    const { window } = studio;
    const before = (await ask(window, 'gallery.list', { limit: 50, before: null })).length;
    // The picture that was just reproduced moves the others one place on.
    await expect.poll(() => tile(window, 'a test').count()).toBe(2);
    await tile(window, 'a test').last().click();
    await window.getByRole('complementary', { name: 'Details' }).getByRole('button', { name: 'More' }).click();
    await window.getByRole('menuitem', { name: 'Make again with…' }).click();
    const dialog = window.getByRole('dialog', { name: 'Make again with…' });
    await dialog.getByRole('switch', { name: 'Also everything that was made of it' }).press(' ');
    await dialog.getByRole('button', { name: 'Make 2 pictures' }).click();
    await expect.poll(async () => (await ask(window, 'gallery.list', { limit: 50, before: null })).length, PATIENT).toBe(before + 2);
    const [newest] = await ask(window, 'gallery.list', { limit: 1, before: null });
    expect(newest?.recipe).toMatchObject({ prompt: 'a child', kind: 'img2img' });
    expect(newest?.recipe?.seed).not.toBe(2);
    await grid(window).focus();
    await screenshot(window, 'gallery-replayed');
  });
});
