import { randomUUID } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createAssetStore } from '../../src/main/app/assets/asset-store';
import { createDocumentStore, type SavedDocument } from '../../src/main/app/documents/document-store';
import { AssetId, DocumentId } from '../../src/shared/ids';
import { Staging } from '../../src/shared/staging';
import { aJobId, anImageId, aRequest, ONE_PIXEL_PNG } from '../support/samples';
import { tempFolder } from '../support/temp-folder';

const aDocument = (name = 'fox'): SavedDocument => ({
  document: {
    version: 1,
    id: DocumentId.parse(randomUUID()),
    name,
    width: 64,
    height: 48,
    layers: [],
    masks: [],
    activeMaskId: null,
    frame: { x: 0, y: 0, width: 64, height: 48 },
    settings: {
      intent: 'change', modelId: null, prompt: '', negativePrompt: '', strength: 1, fill: 'original', area: 'whole', padding: 32, grow: 4,
      colourMatch: true, numInferenceSteps: null, guidanceScale: null, seed: null, count: 1,
    },
  },
  history: { undo: [{ label: 'rename', patches: [{ op: 'replace', path: ['name'], value: name }], inverse: [] }], redo: [] },
  staging: [],
});

describe('the document store', () => {
  it('keeps what waits to be chosen from, and opens a file of before that had none', async () => {
    const folder = tempFolder();
    const store = createDocumentStore(folder);
    const saved = aDocument();
    const request = { ...aRequest(), kind: 'img2img' as const, sourceAssetId: AssetId.parse('a'.repeat(64)), strength: 1, documentId: saved.document.id, parentImageIds: [] };
    const staging = Staging.parse([{ jobId: aJobId(), request, discarded: [anImageId()] }]);
    await store.save({ ...saved, staging });
    expect((await store.load(saved.document.id)).staging).toEqual(staging);
    const { document, history } = saved;
    writeFileSync(join(folder, `${document.id}.json`), JSON.stringify({ document, history }));
    expect(await store.load(document.id)).toEqual(saved);
  });

  it('gives back a document with its history', async () => {
    const store = createDocumentStore(tempFolder());
    const saved = aDocument();
    await store.save(saved);
    expect(await store.load(saved.document.id)).toEqual(saved);
    expect(await store.list()).toMatchObject([{ id: saved.document.id, name: 'fox', width: 64, height: 48 }]);
  });

  it('keeps the last of many quick saves', async () => {
    const store = createDocumentStore(tempFolder());
    const saved = aDocument();
    await Promise.all(Array.from({ length: 25 }, (_, i) => store.save({ ...saved, document: { ...saved.document, name: String(i) } })));
    expect((await store.load(saved.document.id)).document.name).toBe('24');
  });

  it('leaves a damaged file alone, does not list it, and says so when it is opened', async () => {
    const folder = tempFolder();
    const store = createDocumentStore(folder);
    const { document } = aDocument();
    writeFileSync(join(folder, `${document.id}.json`), '{"document":');
    expect(await store.list()).toEqual([]);
    await expect(store.load(document.id)).rejects.toMatchObject({ code: 'image-invalid' });
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('gives up a damaged history rather than the picture', async () => {
    const folder = tempFolder();
    const { document } = aDocument();
    writeFileSync(join(folder, `${document.id}.json`), JSON.stringify({ document, history: 'gone' }));
    expect(await createDocumentStore(folder).load(document.id)).toEqual({ document, history: { undo: [], redo: [] }, staging: [] });
  });

  it('moves a document to the trash', async () => {
    const folder = tempFolder();
    const store = createDocumentStore(folder);
    const saved = aDocument();
    await store.save(saved);
    await store.trash(saved.document.id);
    expect(await store.list()).toEqual([]);
    expect(readdirSync(join(folder, '.trash'))).toHaveLength(1);
  });
});

describe('the asset store', () => {
  const setUp = () =>
    createAssetStore({ folder: tempFolder(), normalise: (source, target) => sharp(source).png().toFile(target).then(() => undefined) });

  it('makes a PNG of another format', async () => {
    const jpeg = await sharp({ create: { width: 5, height: 4, channels: 3, background: 'red' } }).jpeg().toBuffer();
    expect(await setUp().put(jpeg)).toMatchObject({ width: 5, height: 4 });
  });

  it('keeps the same bytes once, under their hash', async () => {
    const store = setUp();
    const first = await store.put(ONE_PIXEL_PNG);
    expect(await store.put(ONE_PIXEL_PNG)).toEqual(first);
    expect(store.pathOf(first.assetId)).toMatch(/[0-9a-f]{64}\.png$/);
  });

  it('refuses a cut PNG and keeps nothing of it', async () => {
    const folder = tempFolder();
    const store = createAssetStore({ folder, normalise: () => Promise.resolve() });
    await expect(store.put(ONE_PIXEL_PNG.subarray(0, 40))).rejects.toMatchObject({ code: 'image-invalid' });
    expect(readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.png'))).toEqual([]);
  });
});
