import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/main/app/database/database';
import type { GalleryQuery } from '../../../src/shared/gallery';
import { BoardId, SavedSearchId } from '../../../src/shared/ids';
import { A1111_TEXT, pngWith } from '../../support/foreign-pictures';
import { anImageId } from '../../support/samples';
import { edit, NOW, setUp } from './open-library';

describe('a search', () => {
  it('finds by words, fields, negation and comparison', async () => {
    const { write, ask, settle, library } = await setUp();
    const fox = write('2026-11/fox.png', { prompt: 'A red-fox in the snow, fire', seed: 42, createdAt: '2026-11-20T10:00:00.000Z' });
    write('2026-10/apple.png', { prompt: 'a Red Apple', model: { id: 'user:x', name: 'SDXL base', family: '' }, numInferenceSteps: 30, createdAt: '2026-10-02T10:00:00.000Z' });
    write('2026-10/edit.png', { kind: 'inpaint', prompt: 'an äpple, 狐が雪の中', strength: 0.5, edit: edit([fox], true), createdAt: '2026-10-03T10:00:00.000Z' });
    write('foreign.png', A1111_TEXT);
    await settle();
    await library['gallery.mark']({ imageIds: [fox], patch: { rating: 4, label: 'green', addTags: ['winter', 'keep me'], name: 'My fox' } });
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['red', ['apple', 'foreign', 'fox']],
      ['fox', ['foreign', 'fox']],
      ['"red fox"', ['foreign', 'fox']],
      ['"fox red"', []],
      ['prompt:fo -detailed', ['fox']],
      ['-red', ['edit']],
      ['apple', ['apple', 'edit']],
      ['prompt:狐', ['edit']],
      ['狐が', ['edit']],
      ['model:sdxl', ['apple']],
      ['model:"sdxl base",v1', ['apple', 'foreign']],
      ['negative:blurry', ['foreign']],
      ['rating>=4', ['fox']],
      ['rating:0', ['apple', 'edit', 'foreign']],
      ['label:green', ['fox']],
      ['label:none red', ['apple', 'foreign']],
      ['tag:winter', ['fox']],
      ['tag:"keep me"', ['fox']],
      ['name:"my fox"', ['fox']],
      ['seed:42,1234567890', ['apple', 'edit', 'foreign', 'fox']],
      ['steps:25..35', ['apple', 'foreign']],
      ['cfg<7', ['foreign']],
      ['size:1x1', ['apple', 'edit', 'foreign', 'fox']],
      ['size>1', []],
      ['shape:square', ['apple', 'edit', 'foreign', 'fox']],
      ['has:mask', ['edit']],
      ['has:children', ['fox']],
      ['has:recipe -has:mask', ['apple', 'fox']],
      ['has:settings', ['apple', 'edit', 'foreign', 'fox']],
      ['has:tags', ['fox']],
      ['origin:a1111', ['foreign']],
      ['kind:inpaint', ['edit']],
      ['sampler:karras', ['apple', 'edit', 'foreign', 'fox']],
      ['sampler:nothing', []],
      ['folder:2026-10', ['apple', 'edit']],
      ['date:2026-10', ['apple', 'edit']],
      ['date>2026-10', ['foreign', 'fox']],
      ['unknown:thing red', ['apple', 'foreign', 'fox']],
      ["'; DROP TABLE images; --", []],
      ['%', []],
    ];
    for (const [text, expected] of cases) expect([text, await ask(text, { sort: { by: 'created', isDescending: false } }).then((found) => [...found].sort())]).toEqual([text, expected]);
    // The user's name counts for the order.
    expect(await ask('')).toEqual(['apple', 'edit', 'foreign', 'fox']);
  });

  it('sorts by everything, both ways', async () => {
    const { write, ask, settle } = await setUp();
    write('b.png', { seed: 1, model: { id: 'm', name: 'beta', family: '' }, prompt: 'z', createdAt: '2026-01-01T00:00:00.000Z' });
    write('a.png', { seed: 3, model: { id: 'm', name: 'Alpha', family: '' }, prompt: 'y', createdAt: '2026-01-03T00:00:00.000Z' });
    write('C.png', { seed: 2, model: { id: 'm', name: 'gamma', family: '' }, prompt: 'X', createdAt: '2026-01-02T00:00:00.000Z' });
    await settle();
    const expected = { name: ['a', 'b', 'C'], seed: ['b', 'C', 'a'], model: ['a', 'b', 'C'], prompt: ['C', 'a', 'b'], created: ['b', 'C', 'a'] } as const;
    for (const [by, order] of Object.entries(expected)) {
      expect(await ask('', { sort: { by: by as keyof typeof expected, isDescending: false } })).toEqual(order);
      expect(await ask('', { sort: { by: by as keyof typeof expected, isDescending: true } })).toEqual([...order].reverse());
    }
  });

  it('pages, tells aspects and neighbours in one order', async () => {
    const { write, settle, library } = await setUp();
    for (let n = 0; n < 7; n++) write(`${n}.png`, { createdAt: `2026-01-0${n + 1}T00:00:00.000Z` });
    await settle();
    const query: GalleryQuery = { text: '', boardId: null, sort: { by: 'created', isDescending: true } };
    const ids = await library['gallery.ids']({ query, offset: 0, limit: 100 });
    const page = await library['gallery.page']({ query, offset: 2, limit: 3 });
    expect(page.images.map(({ id }) => id)).toEqual(ids.slice(2, 5));
    const aspects = await library['gallery.aspects']({ query });
    expect([...aspects.aspects]).toEqual(Array(7).fill(256));
    expect(aspects.revision).toBe(page.revision);
    expect(await library['gallery.neighbours']({ query, imageId: ids[0] ?? anImageId() })).toEqual({ index: 0, previous: null, next: ids[1] });
    expect(await library['gallery.neighbours']({ query, imageId: ids[6] ?? anImageId() })).toEqual({ index: 6, previous: ids[5], next: null });
    expect(await library['gallery.neighbours']({ query, imageId: anImageId() })).toEqual({ index: null, previous: null, next: null });
  });

  it('suggests fields, values and words with how often they occur', async () => {
    const { write, settle, library } = await setUp();
    write('a.png', { prompt: 'forest fox', model: { id: 'm', name: 'SDXL base', family: '' } });
    const second = write('b.png', { prompt: 'forest', negativePrompt: 'fog' });
    await settle();
    await library['gallery.mark']({ imageIds: [second], patch: { addTags: ['for later'] } });
    await library['boards.create']({ name: 'Forests', query: 'forest' });
    const suggest = async (text: string) => (await library['gallery.suggest']({ text, caret: text.length })).options.map(({ insert, count }) => [insert, count]);
    expect(await suggest('fo')).toEqual([['folder:', null], ['format:', null], ['forest', 2], ['fox', 1], ['for', 1]]);
    expect(await suggest('model:sd')).toEqual([['"SDXL base"', 1]]);
    expect(await suggest('tag:')).toEqual([['"for later"', 1]]);
    expect(await suggest('-board:f')).toEqual([['Forests', 2]]);
    expect(await suggest('kind:')).toEqual([['txt2img', 2]]);
    expect(await suggest('has:r')).toEqual([['recipe', 2]]);
    expect(await suggest('negative:fo')).toEqual([['fog', 1]]);
    expect(await library['gallery.suggest']({ text: 'fox model:s', caret: 11 })).toMatchObject({ from: 10, to: 11 });
  });
});

describe('what the user says of pictures', () => {
  it('answers what was there before, so that it can be taken back', async () => {
    const { write, settle, library } = await setUp();
    const id = write('a.png');
    await settle();
    const { before } = await library['gallery.mark']({ imageIds: [id, anImageId()], patch: { rating: 3, addTags: ['b', 'a', 'b'] } });
    expect(before).toEqual([{ imageId: id, marks: { rating: 0, label: null, tags: [], boardIds: [], name: null } }]);
    expect((await library['gallery.get']({ imageId: id })).marks).toMatchObject({ rating: 3, tags: ['a', 'b'] });
    await library['gallery.mark']({ imageIds: [id], patch: { removeTags: ['a'], label: 'red', name: '' } });
    expect((await library['gallery.get']({ imageId: id })).marks).toEqual({ rating: 3, label: 'red', tags: ['b'], boardIds: [], name: null });
    await library['gallery.setMarks']({ marks: before });
    expect((await library['gallery.get']({ imageId: id })).marks).toEqual(before[0]?.marks);
  });

  it('survives a rename, a move, a lost index and a file that comes back', async () => {
    const { write, settle, library, folders, root, close } = await setUp();
    const id = write('a.png');
    writeFileSync(join(folders.pictures, 'foreign.png'), pngWith({ parameters: A1111_TEXT }));
    await settle();
    const foreign = (await library['gallery.list']({ limit: 9, before: null })).find(({ fileName }) => fileName === 'foreign.png');
    if (foreign === undefined) throw new Error('the foreign picture was expected');
    await library['gallery.mark']({ imageIds: [id, foreign.id], patch: { rating: 5, addTags: ['mine'] } });
    mkdirSync(join(folders.pictures, 'elsewhere'));
    renameSync(join(folders.pictures, 'a.png'), join(folders.pictures, 'elsewhere', 'b.png'));
    renameSync(join(folders.pictures, 'foreign.png'), join(root, 'away.png'));
    await settle();
    expect((await library['gallery.get']({ imageId: id })).marks).toMatchObject({ rating: 5, tags: ['mine'] });
    renameSync(join(root, 'away.png'), join(folders.pictures, 'back.png'));
    await settle();
    expect(await library['gallery.get']({ imageId: foreign.id })).toMatchObject({ fileName: 'back.png', marks: { rating: 5 } });
    await close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(folders.database + suffix, { force: true });
    const again = await setUp(root);
    await again.settle();
    for (const imageId of [id, foreign.id]) expect((await again.library['gallery.get']({ imageId })).marks).toMatchObject({ rating: 5, tags: ['mine'] });
    expect(await again.ask('rating:5 tag:mine')).toHaveLength(2);
  });

  it('reaches an index that has missed it, e.g. by a crash between the two databases', async () => {
    const { write, settle, library, folders, root, close } = await setUp();
    const [id, other] = [write('a.png'), write('b.png')];
    await settle();
    await library['gallery.mark']({ imageIds: [id], patch: { rating: 2, addTags: ['late'] } });
    await close();
    const { database } = openDatabase(folders.database, () => NOW);
    database.exec(`UPDATE images SET rating = 0; UPDATE details SET tags = NULL; DELETE FROM tags; UPDATE images SET rating = 5 WHERE id = '${other}'; UPDATE meta SET value = '0' WHERE key = 'marks'`);
    database.close();
    const again = await setUp(root);
    expect(await again.ask('rating:2 tag:late')).toEqual(['a']);
    expect(await again.ask('rating:0')).toEqual(['b']);
  });

  it('comes from the file where the user has said nothing, and can be written into it', async () => {
    const { write, settle, library, folders, root, close } = await setUp();
    const id = write('a.png');
    await settle();
    await library['gallery.mark']({ imageIds: [id], patch: { rating: 4, addTags: ['written'], label: 'blue' } });
    expect(await library['gallery.writeMarks']({ imageIds: [id] })).toEqual({ written: 1, problems: [] });
    await close();
    for (const path of [folders.database, folders.marks]) for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    const again = await setUp(root);
    await again.settle();
    expect((await again.library['gallery.get']({ imageId: id })).marks).toMatchObject({ rating: 4, label: 'blue', tags: ['written'] });
    await again.library['gallery.mark']({ imageIds: [id], patch: { rating: 0 } });
    expect((await again.library['gallery.get']({ imageId: id })).marks).toMatchObject({ rating: 0, tags: ['written'] });
  });

  it('is copied once a day, seven copies kept, and the newest takes a damaged file’s place', async () => {
    const { write, settle, library, folders, root, close } = await setUp();
    const id = write('a.png');
    await settle();
    await library['gallery.mark']({ imageIds: [id], patch: { rating: 3 } });
    await close();
    for (let day = 1; day <= 9; day++) writeFileSync(join(folders.backups, `marks-2026-10-0${day}.db`), 'damaged, too');
    await (await setUp(root)).close();
    const copies = readdirSync(folders.backups).sort();
    expect(copies).toHaveLength(7);
    expect(copies.at(-1)).toBe('marks-2026-11-24.db');
    for (const suffix of ['-wal', '-shm']) rmSync(folders.marks + suffix, { force: true });
    writeFileSync(folders.marks, 'no database '.repeat(1000));
    const again = await setUp(root);
    expect(again.problem).toContain('come from the copy');
    expect((await again.library['gallery.get']({ imageId: id })).marks.rating).toBe(3);
    expect(readdirSync(root).some((name) => name.startsWith('marks.db.damaged'))).toBe(true);
  });
});

describe('boards and saved searches', () => {
  it('hold pictures by hand or by a search', async () => {
    const { write, settle, library, ask } = await setUp();
    const [a, b] = [write('a.png', { prompt: 'fox' }), write('b.png', { prompt: 'owl' })];
    await settle();
    const hand = await library['boards.create']({ name: 'Best', query: null });
    const smart = await library['boards.create']({ name: 'Owls', query: 'owl' });
    expect(smart).toMatchObject({ count: 1, coverId: b });
    await library['boards.setPictures']({ boardId: hand.id, add: [a, b, anImageId()], remove: [] });
    await library['boards.setPictures']({ boardId: hand.id, add: [], remove: [b] });
    expect(await ask('', { boardId: hand.id })).toEqual(['a']);
    expect(await ask('fox', { boardId: smart.id })).toEqual([]);
    expect(await ask('board:best')).toEqual(['a']);
    expect(await ask('board:owls')).toEqual(['b']);
    expect(await ask('-has:board')).toEqual(['b']);
    expect((await library['gallery.get']({ imageId: a })).marks.boardIds).toEqual([hand.id]);
    await expect(library['boards.setPictures']({ boardId: smart.id, add: [a], remove: [] })).rejects.toThrow('This board is a search');
    await expect(library['boards.create']({ name: 'best', query: null })).rejects.toThrow('already');
    await library['boards.rename']({ boardId: hand.id, name: 'Finest' });
    await library['boards.remove']({ boardId: smart.id });
    expect(await library['boards.list'](null)).toEqual([{ id: hand.id, name: 'Finest', query: null, count: 1, coverId: a }]);
    expect(await ask('', { boardId: BoardId.parse(anImageId()) })).toEqual([]);
    const search = { id: SavedSearchId.parse(anImageId()), name: 'Good', text: 'rating>=4' };
    await library['searches.save'](search);
    await library['searches.save']({ ...search, name: 'Better' });
    expect(await library['searches.list'](null)).toEqual([{ ...search, name: 'Better' }]);
    await library['searches.remove']({ searchId: search.id });
    expect(await library['searches.list'](null)).toEqual([]);
  });
});

