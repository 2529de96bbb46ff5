import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousProblems } from './accessibility';
import { ask } from './bridge';
import { screenButton } from './edit-page';
import { countText, dataFolderWithPictures, grid, PROMPTS, searchBox, tile } from './gallery-pictures';
import { launchStudio, screenshot, type Studio } from './launch';

const PATIENT = { timeout: 20_000 } as const;

describe('the Gallery screen in the real window', () => {
  let studio: Studio;
  let data: Awaited<ReturnType<typeof dataFolderWithPictures>>;
  const complaints: string[] = [];
  const open = async (): Promise<Studio> => {
    const opened = await launchStudio({ dataDir: data.dataDir, args: ['--lang=en-US'] });
    opened.window.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text()); });
    opened.window.on('pageerror', (error) => complaints.push(error.message));
    opened.window.setDefaultTimeout(15_000);
    await screenButton(opened.window, 'Gallery').click();
    await countText(opened.window).filter({ hasText: `${String(PROMPTS.length)} pictures` }).waitFor(PATIENT);
    return opened;
  };
  const marksOf = async (prompt: string) => {
    const { images } = await ask(studio.window, 'gallery.page', { query: { text: `"${prompt}"`, boardId: null, sort: { by: 'created', isDescending: true } }, offset: 0, limit: 5 });
    return images[0]?.marks;
  };
  const find = async (text: string, expected: number): Promise<void> => {
    await searchBox(studio.window).fill(text);
    await countText(studio.window).filter({ hasText: new RegExp(`^${String(expected)} picture`) }).waitFor(PATIENT);
  };

  beforeAll(async () => {
    data = await dataFolderWithPictures();
    studio = await open();
  });
  afterAll(async () => {
    await studio.close();
    data.remove();
  });

  it('shows every picture, the newest first, with its thumbnail', async () => {
    const { window } = studio;
    expect(await grid(window).getByRole('option').evaluateAll((tiles) => tiles.map((element) => element.getAttribute('aria-label')))).toEqual([...PROMPTS]);
    await expect.poll(() => grid(window).locator('img').evaluateAll((images) => images.every((image) => image instanceof HTMLImageElement && image.naturalWidth > 0)), PATIENT).toBe(true);
    await screenshot(window, 'gallery-dark');
  });

  it('is walked, chosen and rated by keyboard', async () => {
    const { window } = studio;
    await tile(window, 'a red fox').click();
    await grid(window).press('ArrowRight');
    await grid(window).press('4');
    await expect.poll(async () => (await marksOf('a snowy owl'))?.rating, PATIENT).toBe(4);
    await tile(window, 'a snowy owl, 4 stars').waitFor();
    await grid(window).press('6');
    await expect.poll(async () => (await marksOf('a snowy owl'))?.label, PATIENT).toBe('red');
    await grid(window).press('Shift+ArrowRight');
    await grid(window).press('Shift+ArrowRight');
    await countText(window).filter({ hasText: '3 selected' }).waitFor();
    await grid(window).press('Control+a');
    await countText(window).filter({ hasText: `${String(PROMPTS.length)} selected` }).waitFor();
    await grid(window).press('Escape');
    expect(await countText(window).innerText()).toBe(`${String(PROMPTS.length)} pictures`);
    await grid(window).press('End');
    expect(await grid(window).getAttribute('aria-activedescendant')).toBe(`gallery-tile-${String(PROMPTS.length - 1)}`);
  });

  it('finds by words, fields and marks, with suggestions and chips', async () => {
    const { window } = studio;
    await find('red', 3);
    await find('red -car', 2);
    await window.getByRole('button', { name: 'Remove the filter -car' }).click();
    await countText(window).filter({ hasText: '3 pictures' }).waitFor();
    await find('rating>=4', 1);
    await tile(window, 'a snowy owl').waitFor();
    await searchBox(window).fill('lab');
    await window.getByRole('option', { name: /^label/ }).first().click();
    expect(await searchBox(window).inputValue()).toBe('label:');
    await searchBox(window).fill('rating:many');
    await window.getByText(/needs a number/).waitFor();
    await searchBox(window).fill('');
    await countText(window).filter({ hasText: `${String(PROMPTS.length)} pictures` }).waitFor(PATIENT);
  });

  it('keeps a search under a name, and pictures on a board', async () => {
    const { window } = studio;
    await find('red', 3);
    await window.getByRole('button', { name: 'Save this search' }).click();
    await window.getByRole('textbox', { name: 'Name' }).last().fill('Red things');
    await window.keyboard.press('Enter');
    await window.getByRole('button', { name: 'Red things', exact: true }).waitFor();
    await tile(window, 'a red fox').click();
    await tile(window, 'a red car').click({ modifiers: ['Control'] });
    await window.getByRole('button', { name: 'New board' }).click();
    await window.getByRole('menuitem', { name: 'Board for chosen pictures' }).click();
    await window.getByRole('textbox', { name: 'Name' }).last().fill('Favourites');
    await window.keyboard.press('Enter');
    const board = window.getByRole('button', { name: /^Favourites/ });
    await board.click();
    await countText(window).filter({ hasText: '2 pictures' }).waitFor(PATIENT);
    await screenshot(window, 'gallery-board');
    await window.getByRole('button', { name: /^All pictures/ }).click();
    await countText(window).filter({ hasText: `${String(PROMPTS.length)} pictures` }).waitFor(PATIENT);
  });

  it('deletes into the trash, and brings back with undo and from the trash', async () => {
    const { window } = studio;
    await tile(window, 'a rocket').click();
    await grid(window).press('Delete');
    await countText(window).filter({ hasText: '11 pictures' }).waitFor(PATIENT);
    await window.getByRole('button', { name: 'Undo' }).click();
    await countText(window).filter({ hasText: '12 pictures' }).waitFor(PATIENT);
    await tile(window, 'a rocket').click();
    await grid(window).press('Delete');
    await window.getByRole('button', { name: /^Trash/ }).click();
    await window.getByRole('button', { name: /^Put a rocket/ }).click();
    await window.getByText('The trash is empty.').waitFor(PATIENT);
    await window.getByRole('button', { name: /^All pictures/ }).click();
    await tile(window, 'a rocket').waitFor(PATIENT);
  });

  it('shows one picture on the whole window, zooms to the cursor and goes on by keys', async () => {
    const { window } = studio;
    await tile(window, 'a blue boat').click();
    await grid(window).press(' ');
    const viewer = window.getByRole('dialog', { name: 'Viewer' });
    await viewer.getByText('3 of 12').waitFor();
    const picture = viewer.locator('[data-scale]');
    const before = Number(await picture.getAttribute('data-scale'));
    const size = window.viewportSize() ?? { width: 1200, height: 800 };
    await window.mouse.move(size.width / 2, size.height / 2);
    await window.mouse.wheel(0, -300);
    await expect.poll(async () => Number(await picture.getAttribute('data-scale'))).toBeGreaterThan(before * 1.5);
    await window.keyboard.press('ArrowRight');
    await viewer.getByText('4 of 12').waitFor();
    expect(Number(await picture.getAttribute('data-scale'))).toBe(before);
    await window.keyboard.press('5');
    await expect.poll(async () => (await marksOf('a red apple'))?.rating, PATIENT).toBe(5);
    await window.keyboard.press('i');
    await viewer.getByText('DPM++ 2M Karras').waitFor();
    await screenshot(window, 'gallery-viewer');
    await window.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });
    expect(await grid(window).getAttribute('aria-activedescendant')).toBe('gallery-tile-3');
  });

  it('compares pictures side by side, by slider and by their difference', async () => {
    const { window } = studio;
    await tile(window, 'a red fox').click();
    await tile(window, 'a snowy owl').click({ modifiers: ['Control'] });
    await grid(window).press('c');
    const compare = window.getByRole('dialog', { name: 'Compare' });
    await compare.getByRole('figure').nth(1).waitFor();
    await compare.locator('label').filter({ hasText: 'Slider' }).click();
    await compare.getByRole('slider', { name: 'Dividing line' }).fill('20');
    await compare.locator('label').filter({ hasText: 'Difference' }).click();
    await compare.getByText(/% of the pixels differ/).waitFor(PATIENT);
    await screenshot(window, 'gallery-difference');
    await compare.getByRole('button', { name: 'What changed' }).click();
    const changes = window.getByRole('dialog', { name: 'What changed' });
    await changes.getByRole('rowheader', { name: 'Seed' }).waitFor();
    await window.keyboard.press('Escape');
    await compare.waitFor();
    await window.keyboard.press('Escape');
    await compare.waitFor({ state: 'detached' });
  });

  it.each(['light', 'dark'] as const)('has nothing serious for axe to find, in %s', async (theme) => {
    const { window } = studio;
    await ask(window, 'settings.set', { theme });
    await window.reload();
    await screenButton(window, 'Gallery').click();
    await tile(window, 'a red fox').click();
    const found = [...(await seriousProblems(window))];
    await screenshot(window, `gallery-${theme}`);
    await grid(window).press(' ');
    await window.getByRole('dialog', { name: 'Viewer' }).waitFor();
    found.push(...(await seriousProblems(window)));
    await window.keyboard.press('Escape');
    expect(found).toEqual([]);
  });

  it('has marks, boards and searches again after a restart', async () => {
    await studio.close();
    studio = await open();
    const { window } = studio;
    await tile(window, 'a snowy owl, 4 stars, Red label').waitFor();
    await window.getByRole('button', { name: 'Red things', exact: true }).waitFor();
    await window.getByRole('button', { name: /^Favourites/ }).click();
    await countText(window).filter({ hasText: '2 pictures' }).waitFor(PATIENT);
  });

  it('kept to the page’s content policy all along', () => {
    expect(complaints.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
  });
});
