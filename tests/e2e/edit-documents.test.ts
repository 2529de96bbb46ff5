import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFolderWithTinyModel } from './bridge';
import { canvas, coverage, generate, layers, paint, pastePicture, PATIENT, screenButton } from './edit-page';
import { launchStudio, screenshot, type Studio } from './launch';

/** The next file dialogs answer with these paths, as if a person had chosen them. */
const answerDialogs = (studio: Studio, path: string): Promise<void> =>
  studio.app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);

const chooseInMenu = async (window: Page, button: string, item: string): Promise<void> => {
  await window.getByRole('button', { name: button }).click();
  await window.getByRole('menuitem', { name: item }).click();
};

/** So that the document in sight is surely the one that was opened. */
async function openFromHome(window: Page): Promise<void> {
  await chooseInMenu(window, 'Document', 'Other documents…');
  await window.getByRole('button', { name: 'Open a file…' }).click();
  await canvas(window).waitFor();
}

/** Drops a picture on one of the places that appear, or on the page when nothing is open. */
async function drop(window: Page, png: Buffer, zone: string): Promise<void> {
  const transfer = await window.evaluateHandle((base64) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], 'dropped.png', { type: 'image/png' }));
    return data;
  }, png.toString('base64'));
  await window.getByRole('main').locator('> div').first().dispatchEvent('dragenter', { dataTransfer: transfer });
  await window.getByText(zone, { exact: true }).dispatchEvent('drop', { dataTransfer: transfer });
}

const plain = (width: number, height: number, background: string): Promise<Buffer> => sharp({ create: { width, height, channels: 3, background } }).png().toBuffer();

/** What each file inside of a zip begins with. */
const ENTRY = 'PK\x03\x04';

/** Left half white. */
const halfMask = async (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#000000' } })
    .composite([{ input: await plain(width / 2, height, '#ffffff'), left: 0, top: 0 }])
    .png()
    .toBuffer();

describe('documents of the Edit screen', () => {
  let studio: Studio;
  const data = dataFolderWithTinyModel();
  const file = join(data.dataDir, 'kept.palimpsest');
  beforeAll(async () => {
    studio = await launchStudio({ dataDir: data.dataDir, args: ['--lang=en-US'] });
    studio.window.setDefaultTimeout(15_000);
    await screenButton(studio.window, 'Edit').click();
    await studio.window.getByRole('heading', { name: 'Edit a picture' }).waitFor();
  });
  afterAll(async () => {
    await studio.close();
    data.remove();
  });

  it('opens a dropped picture', async () => {
    const { window } = studio;
    await drop(window, await plain(96, 64, '#3366aa'), 'Open as a new document');
    await canvas(window).waitFor();
    await window.getByText('96 × 64 · saved').waitFor();
  });

  it('takes a dropped picture as a mask, white = repaint', async () => {
    const { window } = studio;
    await drop(window, await halfMask(96, 64), 'Use as a mask');
    await expect.poll(() => coverage(window), PATIENT).toBe(50);
  });

  it('loads a picture as a mask by its menu, and makes a mask for one that is dropped where there is none', async () => {
    const { window } = studio;
    await window.getByRole('button', { name: 'Clear', exact: true }).click();
    await expect.poll(() => coverage(window), PATIENT).toBe(0);
    const path = join(data.dataDir, 'half.png');
    writeFileSync(path, await halfMask(96, 64));
    const [chooser] = await Promise.all([window.waitForEvent('filechooser'), chooseInMenu(window, 'More for Mask 1', 'Load a picture as mask…')]);
    await chooser.setFiles(path);
    await expect.poll(() => coverage(window), PATIENT).toBe(50);
    await chooseInMenu(window, 'More for Mask 1', 'Remove the mask');
    await window.getByText('No mask yet').waitFor();
    await drop(window, await halfMask(96, 64), 'Use as a mask');
    await expect.poll(() => coverage(window), PATIENT).toBe(50);
    // One step each: taking the picture away takes the mask that was made for it.
    await canvas(window).press('Control+z');
    await window.getByText('No mask yet').waitFor();
    await canvas(window).press('Control+z');
    await expect.poll(() => coverage(window), PATIENT).toBe(50);
  });

  it('takes a picture from the clipboard as a layer of the open document', async () => {
    const { window } = studio;
    await canvas(window).focus();
    await pastePicture(studio, await plain(32, 32, '#ffcc00'));
    await expect.poll(() => layers(window).count(), PATIENT).toBe(2);
    await canvas(window).press('Control+z');
    await expect.poll(() => layers(window).count(), PATIENT).toBe(1);
  });

  it('saves the mask as a picture that says the same', async () => {
    const path = join(data.dataDir, 'mask.png');
    await answerDialogs(studio, path);
    await chooseInMenu(studio.window, 'Document', 'Save the mask as PNG…');
    await studio.window.getByText(`Saved as ${path}`).waitFor();
    const { data: pixels, info } = await sharp(path).greyscale().raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, pixels[0], pixels[47], pixels[49], pixels[95]]).toEqual([96, 64, 255, 255, 0, 0]);
  });

  it('draws after a sketch when nothing is masked', async () => {
    const { window } = studio;
    await window.getByRole('button', { name: 'Clear', exact: true }).click();
    await canvas(window).press('s');
    await window.getByRole('textbox', { name: 'Size', exact: true }).fill('20');
    await paint(window);
    await expect.poll(() => layers(window).count(), PATIENT).toBe(2);
    await window.getByLabel('What should the marked part become?').fill('a lake');
    await window.getByRole('button', { name: 'Model and seed' }).click();
    await window.getByRole('combobox', { name: 'Model' }).click();
    await window.getByRole('option', { name: 'tiny-sd15' }).click();
    await window.getByRole('textbox', { name: 'Steps' }).fill('2');
    await generate(window).click();
    await window.getByRole('button', { name: 'Result 1 of 1' }).waitFor({ timeout: 60_000 });
    await window.getByRole('button', { name: 'More', exact: true }).click();
    await window.getByRole('button', { name: 'Result 2 of 2' }).waitFor({ timeout: 60_000 });
    await window.getByRole('button', { name: 'Discard', exact: true }).click();
    await window.getByRole('button', { name: 'Accept', exact: true }).click();
    await expect.poll(() => layers(window).count(), PATIENT).toBe(3);
    await screenshot(window, 'edit-sketch');
  });

  it('saves a document that opens again with all its layers and its way back', async () => {
    const { window } = studio;
    await answerDialogs(studio, file);
    await chooseInMenu(window, 'Document', 'Save as .palimpsest…');
    await window.getByText(`Saved as ${file}`).waitFor();
    await openFromHome(window);
    await expect.poll(() => layers(window).count(), PATIENT).toBe(3);
    await canvas(window).press('Control+z');
    await expect.poll(() => layers(window).count(), PATIENT).toBe(2);
  });

  it('opens what can be saved of a damaged document, and says what was lost', async () => {
    const { window } = studio;
    const bytes = readFileSync(file);
    const damaged = join(data.dataDir, 'damaged.palimpsest');
    // Cut inside of the third entry: the text and the first picture are there, the accepted result and the mask's picture are not.
    const third = bytes.indexOf(ENTRY, bytes.indexOf(ENTRY, 1) + 1);
    writeFileSync(damaged, bytes.subarray(0, third + 100));
    await answerDialogs(studio, damaged);
    await openFromHome(window);
    const notice = window.getByRole('alert').filter({ hasText: 'The file was damaged' });
    expect(await notice.innerText()).toMatch(/lost: .*a lake.*Mask 1/);
    await expect.poll(() => layers(window).count(), PATIENT).toBe(2);
  });

  it('flattens the layers into one, which can be taken back', async () => {
    const { window } = studio;
    await chooseInMenu(window, 'Document', 'Other documents…');
    await window.getByRole('button', { name: /^dropped/ }).last().click();
    await expect.poll(() => layers(window).count(), PATIENT).toBe(3);
    await window.getByRole('button', { name: 'Flatten', exact: true }).click();
    await expect.poll(() => layers(window).count(), PATIENT).toBe(1);
    await canvas(window).press('Control+z');
    await expect.poll(() => layers(window).count(), PATIENT).toBe(3);
  });
});
