import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Locator, Page } from 'playwright-core';
import { withPngText } from '../../src/main/files/png-text';
import { recipeTexts } from '../../src/main/files/recipe-text';
import { ImageId } from '../../src/shared/ids';
import { aRecipe } from '../support/samples';

export const PROMPTS = ['a red fox', 'a snowy owl', 'a blue boat', 'a red apple', 'a green heart', 'a rocket', 'a birthday cake', 'a rainbow', 'a cat face', 'a house', 'a yellow star', 'a red car'] as const;

/** A picture of one colour with a square in it, so that no two look alike. */
export function paintedPng(number: number, side = 96): Promise<Buffer> {
  const [red, green, blue] = [(number * 67) % 256, (number * 131) % 256, (number * 29) % 256];
  const square = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${String(side)}" height="${String(side)}"><rect x="${String(5 + ((number * 11) % 50))}" y="${String(5 + ((number * 23) % 50))}" width="30" height="30" fill="white"/></svg>`);
  return sharp({ create: { width: side, height: side, channels: 3, background: { r: red, g: green, b: blue } } }).composite([{ input: square }]).png().toBuffer();
}

/** A data folder whose pictures, one for each prompt, carry recipes; the first prompt is the newest. */
export async function dataFolderWithPictures(): Promise<{ readonly dataDir: string; remove(): void }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'palimpsest-e2e-'));
  const folder = join(dataDir, 'pictures', '2026-11');
  mkdirSync(folder, { recursive: true });
  for (const [number, prompt] of PROMPTS.entries()) {
    const createdAt = new Date(Date.UTC(2026, 10, 20, 12) - number * 3_600_000).toISOString();
    const recipe = aRecipe({ imageId: ImageId.parse(randomUUID()), prompt, createdAt, seed: 100 + number, width: 96, height: 96 });
    writeFileSync(join(folder, `${prompt}.png`), withPngText(await paintedPng(number), recipeTexts(recipe)));
  }
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }) };
}

export const grid = (window: Page): Locator => window.getByRole('listbox', { name: 'Pictures', exact: true });
export const tile = (window: Page, name: string): Locator => grid(window).getByRole('option', { name: new RegExp(`^${name}`) });
export const searchBox = (window: Page): Locator => window.getByRole('combobox', { name: 'Search the pictures' });
/** What stands above the grid, e.g. "12 pictures". */
export const countText = (window: Page): Locator => window.getByRole('status').filter({ hasText: /\d pictures?/ });

/** Drops a file as the desktop would, onto the zone with this name. */
export async function dropFile(window: Page, file: { readonly bytes: Buffer; readonly name: string; readonly type: string }, zone: string): Promise<void> {
  await window.evaluate(({ base64, name, type }) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name, { type }));
    Object.assign(window, { dropped: data });
    document.querySelector('main h1')?.dispatchEvent(new DragEvent('dragenter', { bubbles: true, dataTransfer: data }));
  }, { base64: file.bytes.toString('base64'), name: file.name, type: file.type });
  await window.getByText(zone, { exact: true }).evaluate((element) => {
    const { dropped } = window as unknown as { dropped: DataTransfer };
    element.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: dropped }));
  });
}
