import type { PaintStep } from '../../shared/canvas-document';
import type { AssetInfo } from '../../shared/contract';
import type { SaveFormat } from '../../shared/save-format';
import { DocumentId, type ImageId } from '../../shared/ids';
import type { GalleryImage } from '../../shared/gallery';
import { BRUSH_WIDTH } from '../canvas/canvas-view';
import { addStep } from '../canvas/edits/document-edits';
import { acceptResult, flatten } from '../canvas/edits/layer-edits';
import { addMask } from '../canvas/edits/mask-edits';
import { newDocument } from '../canvas/edits/new-document';
import { exportPicture, rasteriseMasks } from '../canvas/rasterise';
import { documentOf, LONGEST_NAME, type EditDeps } from './edit-deps';
import { nextMask } from './edit-masks';

/** What a dropped, pasted or chosen picture becomes. */
export type PictureUse = 'document' | 'layer' | 'mask';

/** How many brushes lie side by side in a new document. */
const BRUSH_SHARE = 12;

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

/** Opens a gallery picture as a new document. @throws StudioError */
export async function openImage(deps: EditDeps, image: GalleryImage): Promise<void> {
  const asset = await deps.api.request('assets.fromGallery', { imageId: image.id });
  const prompt = image.recipe?.prompt.trim() ?? '';
  startDocument(deps, { ...asset, name: prompt === '' ? image.fileName.replace(/\.[^.]*$/, '') : prompt, imageId: image.id });
}

/** Lets the person choose a picture or document; says what a damaged one has lost. @throws StudioError */
export async function openFile(deps: EditDeps): Promise<void> {
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

/** Takes a picture file; without an open document it always becomes one. @throws StudioError */
export async function takePicture(deps: EditDeps, file: File, use: PictureUse): Promise<void> {
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
  const step: PaintStep = { kind: 'image', assetId: asset.assetId, rect };
  const made = document.activeMaskId === null ? nextMask(t, document.masks.length) : null;
  stores.canvas.edit('maskPicture', (draft) => {
    if (made !== null) addMask(made)(draft);
    addStep({ kind: 'mask', id: made?.id ?? document.activeMaskId ?? '' }, step)(draft);
  });
}

async function uploadAndSave({ api, toasts, t }: EditDeps, file: { readonly blob: Blob; readonly name: string; readonly format: SaveFormat }): Promise<void> {
  const { assetId } = await api.request('assets.put', { bytes: new Uint8Array(await file.blob.arrayBuffer()) });
  const saved = await api.request('assets.saveAs', { assetId, suggestedName: file.name, format: file.format });
  if (saved !== null) toasts.show({ tone: 'plain', message: t('actions.saved', { file: saved.fileName }) });
}

const PNG = { type: 'image/png', quality: 1 } as const;

/** @throws StudioError */
export async function savePicture(deps: EditDeps, format: SaveFormat): Promise<void> {
  const document = documentOf(deps);
  if (document === null) return;
  await uploadAndSave(deps, { blob: await exportPicture(document, deps.sources, PNG), name: document.name, format });
}

/** The active mask as a grey PNG, white = repaint. @throws StudioError */
export async function saveMask(deps: EditDeps): Promise<void> {
  const document = documentOf(deps);
  const mask = document?.masks.find(({ id }) => id === document.activeMaskId);
  if (document === null || mask === undefined) return;
  const all = { x: 0, y: 0, width: document.width, height: document.height };
  const { png } = await rasteriseMasks(document, all, { sources: deps.sources, options: { maskIds: [mask.id], feather: false, strength: false } });
  await uploadAndSave(deps, { blob: png, name: `${document.name} ${mask.name}`.slice(0, LONGEST_NAME), format: 'png' });
}

/** @throws StudioError */
export async function flattenLayers(deps: EditDeps): Promise<void> {
  const { api, stores, t } = deps;
  const document = documentOf(deps);
  if (document === null) return;
  const blob = await exportPicture(document, deps.sources, PNG);
  const { assetId } = await api.request('assets.put', { bytes: new Uint8Array(await blob.arrayBuffer()) });
  // Whoever painted on meanwhile would lose it.
  if (documentOf(deps)?.layers !== document.layers) return;
  stores.canvas.edit('flatten', flatten({ layerId: crypto.randomUUID(), name: t('edit.layers.flattened'), assetId, imageId: null }));
}

/** The document with all that it needs as one `.palimpsest` file. @throws StudioError */
export async function saveDocument(deps: EditDeps): Promise<void> {
  const { api, stores, toasts, t } = deps;
  const id = documentOf(deps)?.id;
  if (id === undefined) return;
  await stores.canvas.flush();
  const saved = await api.request('documents.exportFile', { documentId: id });
  if (saved !== null) toasts.show({ tone: 'plain', message: t('actions.saved', { file: saved.fileName }) });
}
