import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CanvasDocument, History } from '../../src/shared/canvas-document';
import { REQUEST_SCHEMAS } from '../../src/shared/contract-schemas';
import { StudioError } from '../../src/shared/errors';
import { AssetId, DocumentId } from '../../src/shared/ids';
import { addStep, setSettings } from '../../src/renderer/canvas/edits/document-edits';
import { newDocument } from '../../src/renderer/canvas/edits/new-document';
import { createCanvasStore } from '../../src/renderer/stores/canvas';
import { createStagingStore } from '../../src/renderer/stores/canvas-staging';
import type { StudioApi } from '../../src/renderer/studio-api';

interface Saved {
  readonly document: CanvasDocument;
  readonly history: History;
}

const idOf = (digit: number): DocumentId => DocumentId.parse(`00000000-0000-4000-8000-00000000000${String(digit)}`);

const documentOf = (digit: number): CanvasDocument =>
  newDocument({
    id: idOf(digit),
    name: `picture ${String(digit)}`,
    width: 640,
    height: 480,
    picture: { assetId: AssetId.parse('a'.repeat(64)), imageId: null, layerId: 'base', layerName: 'Picture' },
    mask: { id: 'mask', name: 'Mask 1', colour: '#d55e00' },
  });

/** The documents' channels with main's own validation; every write is kept, as JSON as on disk. */
function fakeDocuments(start: readonly Saved[] = []) {
  let disk = [...start];
  const writes: Saved[] = [];
  const state = { refuses: false };
  const answer = (channel: string, input: unknown): unknown => {
    switch (channel) {
      case 'documents.list':
        return disk.map(({ document: { id, name, width, height } }, index) => ({ id, name, width, height, modifiedAt: 100 - index }));
      case 'documents.load': {
        const found = disk.find(({ document }) => document.id === (input as { documentId: DocumentId }).documentId);
        if (found === undefined) throw new StudioError('image-missing', 'This document is gone.');
        return { ...found, staging: [], lost: [] };
      }
      case 'documents.save': {
        if (state.refuses) throw new StudioError('storage-failed', 'The disk is full.');
        const saved = JSON.parse(JSON.stringify(REQUEST_SCHEMAS['documents.save'].parse(input))) as Saved;
        writes.push(saved);
        disk = [saved, ...disk.filter(({ document }) => document.id !== saved.document.id)];
        return null;
      }
      case 'documents.trash':
        disk = disk.filter(({ document }) => document.id !== (input as { documentId: DocumentId }).documentId);
        return null;
      default:
        throw new Error(`Expected a documents channel but received ${channel}`);
    }
  };
  const api = {
    request: (channel: string, input: unknown) => new Promise((resolve) => { resolve(answer(channel, input)); }),
    on: () => () => undefined,
  } as unknown as StudioApi;
  return { api, writes, state, disk: () => disk };
}

const stroke = (x: number) => addStep({ kind: 'mask', id: 'mask' }, { kind: 'stroke', mode: 'paint', width: 20, hardness: 1, colour: null, points: [x, 10, 0.5, x + 5, 12, 0.5] });

describe('canvas store', () => {
  const failed: unknown[] = [];
  const make = (api: StudioApi) => createCanvasStore(api, createStagingStore(), (caught) => failed.push(caught));
  beforeEach(() => {
    failed.length = 0;
    vi.useFakeTimers();
  });
  afterEach(() => { vi.useRealTimers(); });

  it('writes strokes a moment after the last one, once', async () => {
    const { api, writes } = fakeDocuments();
    const store = make(api);
    store.start(documentOf(1));
    store.edit('stroke', stroke(1));
    await vi.advanceTimersByTimeAsync(300);
    store.edit('stroke', stroke(2));
    expect(store.getState().isSaved).toBe(false);
    await vi.advanceTimersByTimeAsync(399);
    expect(writes).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(10);
    expect(writes).toHaveLength(1);
    expect(writes[0]?.document.masks[0]?.steps).toHaveLength(2);
    expect(writes[0]?.history.undo.map(({ label }) => label)).toEqual(['stroke', 'stroke']);
    expect(store.getState().isSaved).toBe(true);
  });

  it('has every stroke and the way back again after a restart', async () => {
    const { api, disk } = fakeDocuments();
    const before = make(api);
    before.start(documentOf(1));
    for (let i = 0; i < 12; i++) before.edit('stroke', stroke(i));
    before.undo();
    before.undo();
    await before.flush();

    const after = make(fakeDocuments(disk()).api);
    await after.load();
    expect(after.getState().edited?.document.masks[0]?.steps).toHaveLength(10);
    for (const store of [before, after]) {
      store.redo();
      store.redo();
    }
    expect(after.getState().edited?.document.masks[0]?.steps).toHaveLength(12);
    expect(after.getState().edited?.document).toEqual(before.getState().edited?.document);
    for (let i = 0; i < 20; i++) after.undo();
    expect(after.getState().edited?.document).toEqual(documentOf(1));
  });

  it('goes back 500 strokes, one each', () => {
    const store = make(fakeDocuments().api);
    store.start(documentOf(1));
    for (let i = 0; i < 510; i++) store.edit('stroke', stroke(i));
    const stepsLeft = (): number | undefined => store.getState().edited?.document.masks[0]?.steps.length;
    for (let i = 0; i < 600; i++) store.undo();
    expect(stepsLeft()).toBe(10);
    store.redo();
    expect(stepsLeft()).toBe(11);
  });

  it('keeps the mask when the prompt changes, and the prompt when a stroke is taken back', () => {
    const store = make(fakeDocuments().api);
    store.start(documentOf(1));
    store.edit('stroke', stroke(1));
    store.adjust(setSettings({ prompt: 'a lake', intent: 'add' }));
    expect(store.getState().edited?.document.masks[0]?.steps).toHaveLength(1);
    store.undo();
    expect(store.getState().edited?.document).toMatchObject({ masks: [{ steps: [] }], settings: { prompt: 'a lake', intent: 'add' } });
  });

  it('opens the document that was changed last, and writes the open one before another takes its place', async () => {
    const saved = [2, 1].map((digit) => ({ document: documentOf(digit), history: { undo: [], redo: [] } }));
    const { api, disk } = fakeDocuments(saved);
    const store = make(api);
    await store.load();
    expect(store.getState().edited?.document.id).toBe(idOf(2));
    store.edit('stroke', stroke(1));
    await store.open(idOf(1));
    expect(store.getState().edited?.document.id).toBe(idOf(1));
    expect(disk().find(({ document }) => document.id === idOf(2))?.document.masks[0]?.steps).toHaveLength(1);
    await store.flush();
    // The one that was opened last is the newest now.
    expect(disk()[0]?.document.id).toBe(idOf(1));
  });

  it('writes what is open when it is closed, and lists it', async () => {
    const { api } = fakeDocuments();
    const store = make(api);
    store.start(documentOf(3));
    store.edit('stroke', stroke(1));
    store.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.getState()).toMatchObject({ edited: null, documents: [{ id: idOf(3) }] });
    await store.trash(idOf(3));
    expect(store.getState().documents).toEqual([]);
  });

  it('tells when it could not write, and writes with the next change', async () => {
    const { api, state, writes } = fakeDocuments();
    const store = make(api);
    store.start(documentOf(1));
    state.refuses = true;
    await store.flush();
    expect(failed).toHaveLength(1);
    expect(store.getState().isSaved).toBe(false);
    state.refuses = false;
    store.edit('stroke', stroke(1));
    await store.flush();
    expect(writes).toHaveLength(1);
    expect(store.getState().isSaved).toBe(true);
  });
});
