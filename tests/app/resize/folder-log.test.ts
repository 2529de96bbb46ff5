import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDoneIndex } from '../../../src/main/app/resize/done-index';
import { findPictures } from '../../../src/main/app/resize/find-pictures';
import { FolderLog, type FolderHeader } from '../../../src/main/app/resize/folder-log';
import { freeName } from '../../../src/main/app/resize/folder-names';
import { countsOf, folderView } from '../../../src/main/app/resize/folder-view';
import { ResizeFolderId } from '../../../src/shared/resize/requests';
import { RESAMPLE, percent } from '../../support/resize';
import { tempFolder } from '../../support/temp-folder';

const header = (outputFolder: string, files: readonly string[]): FolderHeader => ({
  version: 1,
  id: ResizeFolderId.parse('0b0c0d0e-0f00-4100-8200-030405060708'),
  name: 'holiday',
  createdAt: 1000,
  settings: { target: percent(50), way: RESAMPLE, creative: null },
  output: { format: 'same', quality: 90, namePattern: '{name}', ifExists: 'number' },
  outputFolder,
  files: [...files],
});

describe('FolderLog', () => {
  it('is after a crash what it was before, and forgets a line that was cut short', async () => {
    const folder = tempFolder();
    const log = await FolderLog.create(folder, header('/out', ['/in/a.png', '/in/b.png', '/in/c.png']));
    await log.tell({ type: 'named', index: 0, outputName: 'a.png' });
    await log.tell({ type: 'file', index: 0, state: 'done', outputName: 'a.png', error: null, warnings: ['one'] });
    await log.tell({ type: 'file', index: 1, state: 'failed', outputName: null, error: { code: 'image-invalid', message: 'No.' }, warnings: [] });
    await log.tell({ type: 'run', state: 'paused' });
    appendFileSync(join(folder, 'log.jsonl'), '{"type":"file","index":2,"sta');
    const again = await FolderLog.open(folder);
    expect(again?.files).toEqual(log.files);
    expect(again?.files.map(({ state }) => state)).toEqual(['done', 'failed', 'waiting']);
    expect(again?.isPaused).toBe(true);
    if (again === null) throw new Error('Expected a run');
    expect(countsOf(again, null)).toMatchObject({ done: 1, failed: 1, waiting: 1 });
    expect(folderView(again, null, 2000)).toMatchObject({ state: 'paused', total: 3, secondsLeft: null });
    await again.tell({ type: 'run', state: 'running' });
    expect(folderView(again, null, 2000)).toMatchObject({ state: 'running', secondsLeft: 2 });
  });

  it('gives away no name of another result, and none of a source that lies among them', async () => {
    const folder = tempFolder();
    const out = join(folder, 'out');
    const log = await FolderLog.create(join(folder, 'log'), header(out, [join(out, 'A.png'), '/in/b.png', '/in/c.png']));
    await log.tell({ type: 'named', index: 1, outputName: 'b.png' });
    expect(log.takenNames(2)).toEqual(['A.png', 'b.png']);
    expect(log.takenNames(1)).toEqual(['A.png']);
    const options = { taken: log.takenNames(2), outputFolder: out } as const;
    // On some disks these are one and the same file.
    expect(freeName('a.PNG', { ...options, ifExists: 'overwrite' })).toBe('a (2).PNG');
    mkdirSync(out);
    writeFileSync(join(out, 'c.png'), 'mine');
    expect(['skip', 'number', 'overwrite'].map((ifExists) => freeName('c.png', { ...options, ifExists: ifExists as 'skip' }))).toEqual([null, 'c (2).png', 'c.png']);
  });

  it('is null for a folder of something else', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'run.json'), '{"version":9}');
    expect(await FolderLog.open(folder)).toBeNull();
    expect(await FolderLog.open(join(folder, 'nowhere'))).toBeNull();
  });
});

describe('the index of what is done', () => {
  it('knows a result by its key while the file is there as it was written', async () => {
    const folder = tempFolder();
    const file = join(folder, 'log', 'done.jsonl');
    const result = join(folder, 'a.png');
    writeFileSync(result, 'pixels');
    await createDoneIndex(file).add('key', result);
    appendFileSync(file, '{"key":"half');
    const index = createDoneIndex(file);
    expect(await index.find('key')).toBe(result);
    expect(await index.find('other')).toBeNull();
    writeFileSync(result, 'cut');
    expect(await index.find('key')).toBeNull();
    expect(existsSync(file) && readFileSync(file, 'utf8').includes('"key":"key"')).toBe(true);
  });
});

describe('findPictures', () => {
  it('takes pictures at any depth in the order people count, and neither hidden files nor our own results', async () => {
    const folder = tempFolder();
    for (const sub of ['sub', '.hidden', 'Palimpsest']) mkdirSync(join(folder, sub));
    for (const name of ['10.png', '2.JPG', 'sub/1.webp', 'notes.txt', '.hidden/x.png', 'Palimpsest/2_2x.jpg', '.y.png']) writeFileSync(join(folder, name), '');
    const { files, ignored } = await findPictures([folder]);
    expect(files.map((file) => file.slice(folder.length + 1))).toEqual(['2.JPG', '10.png', 'sub/1.webp']);
    expect(ignored).toEqual(['notes.txt']);
  });
});
