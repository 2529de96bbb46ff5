import { acceptResult } from '../canvas/edits/layer-edits';
import { candidatesOf, shownCandidate, type StagedCandidate } from '../stores/canvas-staging';
import { documentOf, LONGEST_NAME, type EditDeps } from './edit-deps';

/** The result on the canvas, or null while there is none to choose from. */
export function stagedOf(deps: Pick<EditDeps, 'stores'>): StagedCandidate | null {
  const { staging, jobs } = deps.stores;
  const state = staging.getState();
  return shownCandidate(state, candidatesOf(state, jobs.getState().jobs, documentOf(deps)?.id ?? null));
}

/** Makes the shown result a layer and ends the choosing. @throws StudioError */
export async function accept(deps: EditDeps): Promise<void> {
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

/** Takes the shown result out of the strip; its picture stays in the gallery. */
export function discard(deps: EditDeps): void {
  const candidate = stagedOf(deps);
  if (candidate !== null) deps.stores.staging.discard(candidate);
  deps.stores.canvasView.update({ divider: null, isChangedShown: false, measured: null });
}
