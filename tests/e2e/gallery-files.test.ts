import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withPngText } from '../../src/main/files/png-text';
import { ask } from './bridge';
import { screenButton } from './edit-page';
import { countText, dataFolderWithPictures, dropFile, grid, paintedPng, PROMPTS, tile } from './gallery-pictures';
import { launchStudio, screenshot, type Studio } from './launch';

const PATIENT = { timeout: 30_000 } as const;

/** As AUTOMATIC1111's web interface writes it (modules/processing.py, create_infotext). */
const A1111 = `a fox in the snow, (detailed fur:1.2)
Negative prompt: blurry, lowres
Steps: 28, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 6.5, Seed: 3892711, Size: 512x768, Model hash: 879db523c3, Model: dreamshaper_8, ADetailer model: face_yolov8n.pt, Version: v1.10.1`;

/** Answers the system's dialogs. */
const choose = (studio: Studio, path: string): Promise<void> =>
  studio.app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);

describe('pictures that come to the gallery and leave it', () => {
  let studio: Studio;
  let data: Awaited<ReturnType<typeof dataFolderWithPictures>>;
  beforeAll(async () => {
    data = await dataFolderWithPictures();
    studio = await launchStudio({ dataDir: data.dataDir, args: ['--lang=en-US'] });
    studio.window.setDefaultTimeout(15_000);
    await studio.window.getByText('Palimpsest Draw').first().waitFor({ state: 'attached' });
  });
  afterAll(async () => {
    await studio.close();
    data.remove();
  });

  it('reads the settings of a picture from another program that is dropped on Create, and takes what one chooses', async () => {
    const { window } = studio;
    const bytes = withPngText(await paintedPng(3), { parameters: A1111 });
    await dropFile(window, { bytes, name: 'fox.png', type: 'image/png' }, 'Read its settings');
    const dialog = window.getByRole('dialog', { name: 'Settings found in this picture' });
    await dialog.getByText('Made with: AUTOMATIC1111').waitFor(PATIENT);
    await dialog.getByText('This model is not installed; the one in use stays.').waitFor();
    await dialog.getByText(/settings? that this studio has no field for/).click();
    await dialog.getByText('face_yolov8n.pt').waitFor();
    await screenshot(window, 'gallery-recall');
    await dialog.getByRole('checkbox', { name: 'Left out' }).uncheck();
    await dialog.getByRole('button', { name: /^Use \d settings$/ }).click();
    await expect.poll(async () => (await ask(window, 'settings.get', null)).draft, PATIENT).toMatchObject({ prompt: 'a fox in the snow, (detailed fur:1.2)', negativePrompt: '', numInferenceSteps: 28, guidanceScale: 6.5, seed: 3892711 });
    expect(await window.getByRole('textbox').first().inputValue()).toBe('a fox in the snow, (detailed fur:1.2)');
  });

  it('shows what looks like a picture that is dropped', async () => {
    const { window } = studio;
    await screenButton(window, 'Gallery').click();
    await tile(window, 'a red fox').waitFor(PATIENT);
    // Asking begins the looking; a moment later every picture has been looked at.
    const bytes = await sharp(await paintedPng(2)).resize(64).jpeg({ quality: 80 }).toBuffer();
    const best = async (): Promise<string | undefined> => {
      const { assetId } = await ask(window, 'assets.put', { bytes: new Uint8Array(bytes) });
      const { matches, pending } = await ask(window, 'gallery.similar', { assetId });
      return pending > 0 ? undefined : matches[0]?.image.recipe?.prompt;
    };
    await expect.poll(best, PATIENT).toBe('a blue boat');
    await dropFile(window, { bytes, name: 'boat.jpg', type: 'image/jpeg' }, 'Find similar pictures');
    await window.getByRole('list', { name: 'Filters' }).getByText('Similar pictures').waitFor(PATIENT);
    expect(await grid(window).getByRole('option').first().getAttribute('aria-label')).toBe('a blue boat');
    await window.getByRole('button', { name: 'Remove the filter Similar pictures' }).click();
    await countText(window).filter({ hasText: `${String(PROMPTS.length)} pictures` }).waitFor(PATIENT);
  });

  it('exports what is chosen into a zip that opens again, named by the pattern', async () => {
    const { window } = studio;
    const target = join(data.dataDir, 'export.zip');
    await choose(studio, target);
    await tile(window, 'a red fox').click();
    await tile(window, 'a red car').click({ modifiers: ['Control'] });
    await window.getByRole('complementary', { name: 'Details' }).getByRole('button', { name: 'Export…' }).click();
    const dialog = window.getByRole('dialog', { name: 'Export 2 pictures' });
    await dialog.getByRole('textbox', { name: 'Names of the files' }).fill('{n} {prompt}-{seed}');
    await dialog.getByText('For example: 1 a red fox-100.png').waitFor();
    await screenshot(window, 'gallery-export');
    await dialog.getByRole('button', { name: 'Export…' }).click();
    await window.getByText(/^2 pictures exported/).waitFor(PATIENT);
    const files = unzipSync(readFileSync(target));
    expect(Object.keys(files).sort()).toEqual(['1 a red fox-100.png', '2 a red car-111.png']);
    const first = files['1 a red fox-100.png'];
    expect((await sharp(first).metadata()).width).toBe(96);
    expect(Buffer.from(first ?? []).toString('latin1')).toContain('palimpsest');
  });

  it('exports into a folder, smaller, as JPEG, without the recipe', async () => {
    const { window } = studio;
    await choose(studio, data.dataDir);
    await tile(window, 'a red fox').click();
    await window.getByRole('complementary', { name: 'Details' }).getByRole('button', { name: 'Export…' }).click();
    const dialog = window.getByRole('dialog', { name: 'Export 1 picture' });
    await dialog.locator('label').filter({ hasText: 'A folder' }).click();
    await dialog.getByRole('combobox', { name: 'Format' }).click();
    await window.getByRole('option', { name: 'JPEG, smaller' }).click();
    await dialog.locator('label').filter({ hasText: 'At most' }).click();
    await dialog.getByRole('textbox', { name: 'Longest side' }).fill('48');
    await dialog.getByRole('switch', { name: 'With its recipe' }).press(' ');
    await dialog.getByRole('button', { name: 'Export…' }).click();
    const done = window.getByText(/^1 picture exported to /);
    await done.waitFor(PATIENT);
    const folder = (await done.innerText()).replace('1 picture exported to ', '');
    const file = join(folder, 'a red fox.jpg');
    expect([existsSync(file), (await sharp(file).metadata()).width]).toEqual([true, 48]);
    expect(readFileSync(file).toString('latin1')).not.toContain('a red fox');
  });
});
