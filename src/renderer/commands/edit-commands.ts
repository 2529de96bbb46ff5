import type { TFunction } from 'i18next';
import type { PaintStep } from '../../shared/canvas-document';
import type { AssetInfo } from '../../shared/contract';
import type { SaveFormat } from '../../shared/save-format';
import { DocumentId } from '../../shared/ids';
import type { DocumentId as Id, ImageId } from '../../shared/ids';
import type { GalleryImage } from '../../shared/gallery';
import type { CanvasSources } from '../canvas/canvas-sources';
import { BRUSH_WIDTH } from '../canvas/canvas-view';
import { acceptResult, addMask, addSketch, addStep, flatten, newDocument } from '../canvas/kernels/document-edits';
import { exportPicture, rasteriseMasks } from '../canvas/rasterise';
import { candidatesOf, shownCandidate, type StagedCandidate } from '../stores/canvas-staging';
import type { HandTool } from '../stores/canvas-view';
import type { Stores } from '../stores/stores';
import type { StudioApi } from '../studio-api';
import { reportError } from './commands';
import { generateEdit, moreOfEdit } from './edit-generate';
import type { Toasts } from './toasts';

/** What a dropped, pasted or chosen picture becomes. */
export type PictureUse = 'document' | 'layer' | 'mask';

/** What the Edit screen's buttons and keys do. None of them throws: a failure becomes a toast with one clear sentence. */
export interface EditCommands {
  openImage(image: GalleryImage): void;
  openFile(): void;
  openDocument(id: Id): void;
  closeDocument(): void;
  trashDocument(id: Id): void;
  /** Takes a picture file; without an open document it always becomes one. */
  takePicture(file: File, use: PictureUse): void;
  exportDocument(): void;
  exportPicture(format: SaveFormat): void;
  /** The active mask as a grey PNG, white = repaint. */
  exportMask(): void;
  flatten(): void;
  /** Puts a tool into the hand; the sketch brush makes its layer when there is none. */
  takeTool(tool: HandTool): void;
  /** One step on the active mask. */
  maskStep(step: PaintStep): void;
  addMask(): void;
  generate(): void;
  accept(): void;
  discard(): void;
  more(): void;
  undo(): void;
  redo(): void;
}

export interface EditDeps {
  readonly api: StudioApi;
  readonly stores: Stores;
  readonly sources: CanvasSources;
  readonly toasts: Toasts;
  readonly t: TFunction;
}

/** Tells masks apart on any picture, also for eyes that mix up red and green (Okabe and Ito's palette, 2008). */
const MASK_COLOURS = ['#d55e00', '#0072b2', '#cc79a7', '#009e73', '#f0e442', '#56b4e9'] as const;
const LONGEST_NAME = 80;
/** How many brushes lie side by side in a new document. */
const BRUSH_SHARE = 12;

const documentOf = ({ stores }: EditDeps) => stores.canvas.getState().edited?.document ?? null;

export function nextMask(t: TFunction, count: number): { readonly id: string; readonly name: string; readonly colour: string } {
  return { id: crypto.randomUUID(), name: t('edit.masks.name', { number: count + 1 }), colour: MASK_COLOURS[count % MASK_COLOURS.length] ?? MASK_COLOURS[0] };
}

interface OpenedPicture extends AssetInfo {
  readonly name: string;
  readonly imageId: ImageId | null;
}

function startDocument({ stores, t }: EditDeps, { name, assetId, imageId, width, height }: OpenedPicture): void {
  const picture = { assetId, imageId, layerId: crypto.randomUUID(), layerName: t('edit.layers.picture') };
  stores.canvas.start(newDocument({ id: DocumentId.parse(crypto.randomUUID()), name: name.slice(0, LONGEST_NAME), width, height, picture, mask: nextMask(t, 0) }));
  // A brush that fits a stamp is lost on a photograph.
  stores.canvasView.setBrush({ width: Math.min(BRUSH_WIDTH.max, Math.max(8, Math.round(Math.min(width, height) / BRUSH_SHARE))) });
  stores.view.show('edit');
}

async function openFile(deps: EditDeps): Promise<void> {
  const { api, stores, toasts, t } = deps;
  const opened = await api.request('documents.openFile', null);
  if (opened === null) return;
  if (opened.kind === 'picture') {
    startDocument(deps, { ...opened, imageId: null });
    return;
  }
  stores.canvas.adopt(opened);
  stores.view.show('edit');
  if (opened.lost.length === 0) return;
  const names = opened.lost.map((name) => (name === 'undo' ? t('edit.documents.lostUndo') : name)).join(', ');
  toasts.show({ tone: 'error', title: t('edit.documents.lostTitle'), message: t('edit.documents.lost', { names }) });
}

async function takePicture(deps: EditDeps, file: File, use: PictureUse): Promise<void> {
  const { api, stores, t } = deps;
  const asset = await api.request('assets.put', { bytes: new Uint8Array(await file.arrayBuffer()) });
  const document = documentOf(deps);
  const name = file.name.replace(/\.[^.]*$/, '');
  if (document === null || use === 'document') {
    startDocument(deps, { ...asset, name: name === '' ? t('edit.documents.pasted') : name, imageId: null });
    return;
  }
  if (use === 'layer') {
    const rect = { x: 0, y: 0, width: asset.width, height: asset.height };
    stores.canvas.edit('addPicture', acceptResult({ layerId: crypto.randomUUID(), name, assetId: asset.assetId, imageId: null, rect }));
    return;
  }
  // A mask belongs to the whole picture, whatever size it was saved in.
  const rect = { x: 0, y: 0, width: document.width, height: document.height };
  addMaskStep(deps, { kind: 'image', assetId: asset.assetId, rect });
}

const LABEL_OF_STEP = { stroke: 'stroke', polygon: 'shape', rectangle: 'shape', ellipse: 'shape', fill: 'fill', invert: 'invert', clear: 'clear', image: 'maskPicture' } as const;

function addMaskStep(deps: EditDeps, step: PaintStep): void {
  const id = documentOf(deps)?.activeMaskId ?? null;
  if (id === null) return;
  const label = step.kind === 'grow' ? (step.by < 0 ? 'shrink' : 'grow') : LABEL_OF_STEP[step.kind];
  deps.stores.canvas.edit(label, addStep({ kind: 'mask', id }, step));
}

async function uploadAndSave({ api, toasts, t }: EditDeps, file: { readonly blob: Blob; readonly name: string; readonly format: SaveFormat }): Promise<void> {
  const { assetId } = await api.request('assets.put', { bytes: new Uint8Array(await file.blob.arrayBuffer()) });
  const saved = await api.request('assets.saveAs', { assetId, suggestedName: file.name, format: file.format });
  if (saved !== null) toasts.show({ tone: 'plain', message: t('actions.saved', { file: saved.fileName }) });
}

const PNG = { type: 'image/png', quality: 1 } as const;

async function savePicture(deps: EditDeps, format: SaveFormat): Promise<void> {
  const document = documentOf(deps);
  if (document === null) return;
  await uploadAndSave(deps, { blob: await exportPicture(document, deps.sources, PNG), name: document.name, format });
}

async function saveMask(deps: EditDeps): Promise<void> {
  const document = documentOf(deps);
  const mask = document?.masks.find(({ id }) => id === document.activeMaskId);
  if (document === null || mask === undefined) return;
  const all = { x: 0, y: 0, width: document.width, height: document.height };
  const { png } = await rasteriseMasks(document, all, { sources: deps.sources, options: { maskIds: [mask.id], feather: false, strength: false } });
  await uploadAndSave(deps, { blob: png, name: `${document.name} ${mask.name}`.slice(0, LONGEST_NAME), format: 'png' });
}

async function flattenLayers(deps: EditDeps): Promise<void> {
  const { api, stores, t } = deps;
  const document = documentOf(deps);
  if (document === null) return;
  const blob = await exportPicture(document, deps.sources, PNG);
  const { assetId } = await api.request('assets.put', { bytes: new Uint8Array(await blob.arrayBuffer()) });
  // Whoever painted on meanwhile would lose it.
  if (documentOf(deps)?.layers !== document.layers) return;
  stores.canvas.edit('flatten', flatten({ layerId: crypto.randomUUID(), name: t('edit.layers.flattened'), assetId, imageId: null }));
}

const stagedOf = ({ stores }: EditDeps): StagedCandidate | null => {
  const staging = stores.staging.getState();
  const documentId = stores.canvas.getState().edited?.document.id ?? null;
  return shownCandidate(staging, candidatesOf(staging, stores.jobs.getState().jobs, documentId));
};

async function accept(deps: EditDeps): Promise<void> {
  const { api, stores, t } = deps;
  const candidate = stagedOf(deps);
  if (candidate === null) return;
  const { assetId } = await api.request('assets.fromGallery', { imageId: candidate.imageId });
  const document = documentOf(deps);
  if (document?.id !== candidate.documentId) return;
  const prompt = document.settings.prompt.trim();
  const name = prompt === '' ? t(`edit.intents.${document.settings.intent}`) : prompt.slice(0, LONGEST_NAME);
  stores.canvas.edit('accept', acceptResult({ layerId: crypto.randomUUID(), name, assetId, imageId: candidate.imageId, rect: candidate.rect }));
  stores.staging.clear(candidate.documentId);
  stores.canvasView.update({ divider: null, isChangedShown: false, isHoldingBefore: false, measured: null });
}

function takeTool({ stores, t }: EditDeps, tool: HandTool): void {
  const document = stores.canvas.getState().edited?.document;
  if (tool === 'sketch' && document !== undefined && !document.layers.some((layer) => layer.kind === 'sketch')) {
    const id = crypto.randomUUID();
    stores.canvas.edit('addSketch', addSketch({ id, name: t('edit.layers.sketch') }));
  }
  stores.canvasView.take(tool);
}

export function createEditCommands(deps: EditDeps): EditCommands {
  const { api, stores, toasts, t } = deps;
  const guard = (work: Promise<unknown>): void => {
    work.catch((caught: unknown) => { reportError(deps, caught); });
  };

  const openImage = async (image: GalleryImage): Promise<void> => {
    const asset = await api.request('assets.fromGallery', { imageId: image.id });
    const prompt = image.recipe?.prompt.trim() ?? '';
    startDocument(deps, { ...asset, name: prompt === '' ? image.fileName.replace(/\.[^.]*$/, '') : prompt, imageId: image.id });
  };
  const exportDocument = async (): Promise<void> => {
    const id = documentOf(deps)?.id;
    if (id === undefined) return;
    await stores.canvas.flush();
    const saved = await api.request('documents.exportFile', { documentId: id });
    if (saved !== null) toasts.show({ tone: 'plain', message: t('actions.saved', { file: saved.fileName }) });
  };

  return {
    openImage: (image) => { guard(openImage(image)); },
    openFile: () => { guard(openFile(deps)); },
    openDocument: (id) => { guard(stores.canvas.open(id)); },
    closeDocument: () => { stores.canvas.close(); },
    trashDocument: (id) => { guard(stores.canvas.trash(id)); },
    takePicture: (file, use) => { guard(takePicture(deps, file, use)); },
    exportDocument: () => { guard(exportDocument()); },
    exportPicture: (format) => { guard(savePicture(deps, format)); },
    exportMask: () => { guard(saveMask(deps)); },
    flatten: () => { guard(flattenLayers(deps)); },
    takeTool: (tool) => { takeTool(deps, tool); },
    maskStep: (step) => { addMaskStep(deps, step); },
    addMask: () => {
      const count = documentOf(deps)?.masks.length ?? 0;
      stores.canvas.edit('addMask', addMask(nextMask(t, count)));
    },
    generate: () => { guard(generateEdit(deps)); },
    accept: () => { guard(accept(deps)); },
    discard: () => {
      const candidate = stagedOf(deps);
      if (candidate !== null) stores.staging.discard(candidate.imageId);
      stores.canvasView.update({ divider: null, isChangedShown: false, measured: null });
    },
    more: () => { moreOfEdit(deps); },
    undo: () => { stores.canvas.undo(); },
    redo: () => { stores.canvas.redo(); },
  };
}
