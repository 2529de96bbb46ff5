import type { CanvasDocument } from '../../shared/canvas-document';
import type { ExtendPass } from '../../shared/generation';
import type { AssetId, DocumentId, JobId } from '../../shared/ids';
import { LIMITS } from '../../shared/limits';
import type { ModelSummary } from '../../shared/model';
import type { EditRequest } from '../../shared/staging';
import type { CanvasSources } from '../canvas/canvas-sources';
import { passesOfFrame } from '../canvas/kernels/extend-passes';
import { checkEditForm, checkRegion, effectiveEdit, pickEditModel, type EditFieldProblem, type EditProblems } from '../stores/canvas-form';
import { candidatesOf } from '../stores/canvas-staging';
import { newJobId } from '../stores/jobs';
import type { Stores } from '../stores/stores';
import type { StudioApi } from '../studio-api';
import { chooseRegion, composeEditRegion, markAll, onGrid, type EditRegion } from './edit-region';

export interface GenerateDeps {
  readonly api: StudioApi;
  readonly stores: Stores;
  readonly sources: CanvasSources;
}

type Refusal = { readonly ok: false; readonly problems: EditProblems };
type Submitted = { readonly ok: true } | Refusal;

const refuse = (field: 'frame' | 'mask', problem: EditFieldProblem): Refusal => ({ ok: false, problems: { [field]: problem } });

const hasSketch = (document: CanvasDocument): boolean => document.layers.some((layer) => layer.kind === 'sketch' && layer.visible && layer.steps.length > 0);

const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());

interface Uploaded {
  readonly region: EditRegion;
  /** Null = all at once. */
  readonly passes: readonly ExtendPass[] | null;
  readonly sourceAssetId: AssetId;
  readonly maskAssetId: AssetId | null;
}

async function upload(api: StudioApi, region: EditRegion): Promise<Omit<Uploaded, 'passes'>> {
  const { assetId: sourceAssetId } = await api.request('assets.put', { bytes: await bytesOf(region.picture) });
  const mask = region.mask === null ? null : await api.request('assets.put', { bytes: await bytesOf(region.mask) });
  return { region, sourceAssetId, maskAssetId: mask?.assetId ?? null };
}

function requestOf(document: CanvasDocument, model: ModelSummary, { region, passes, sourceAssetId, maskAssetId }: Uploaded): EditRequest {
  const { settings } = document;
  const common = {
    modelId: model.id,
    prompt: settings.prompt,
    negativePrompt: model.usesNegativePrompt ? settings.negativePrompt : '',
    ...effectiveEdit(settings, model),
    scheduler: null,
    seed: settings.seed,
    count: settings.count,
    width: region.rect.width,
    height: region.rect.height,
    sourceAssetId,
    strength: settings.strength,
    documentId: document.id,
    at: { x: region.rect.x, y: region.rect.y },
    parentImageIds: [...region.parentImageIds],
  };
  if (maskAssetId === null) return { kind: 'img2img', ...common };
  return {
    kind: 'inpaint',
    ...common,
    maskAssetId,
    maskBlur: region.feather,
    onlyMaskedPadding: region.isScaled || settings.area === 'masked' ? settings.padding : null,
    // Where the picture is new there is no original to begin from.
    maskedContent: region.isExtending && settings.fill === 'original' ? 'blur' : settings.fill,
    matchColours: settings.colourMatch,
    ...(passes !== null && { passes: [...passes] }),
  };
}

/** What is new around the picture may be more than the model draws well at once; a hole in it is not, and is filled with the rest. */
const passesOf = (document: CanvasDocument, region: EditRegion, model: ModelSummary): readonly ExtendPass[] | null =>
  document.settings.intent === 'extend' && region.isExtending && !region.hasHoles ? passesOfFrame(region.rect, document, model) : null;

/** Whether what the frame holds can be sent as it is: something to repaint, or a sketch to draw after. */
function checkPixels(document: CanvasDocument, { region, passes }: Pick<Uploaded, 'region' | 'passes'>, model: ModelSummary): Refusal | null {
  const isMasked = region.mask !== null;
  if (!isMasked && !hasSketch(document)) return refuse('mask', { kind: 'emptyMask' });
  if (passes !== null) return passes.length > LIMITS.passes.max ? refuse('frame', { kind: 'tooManyPasses', count: passes.length, max: LIMITS.passes.max }) : null;
  // Without a mask a large sketch is scaled like the part around a mask.
  const problem = !isMasked || document.settings.area === 'masked' ? null : checkRegion(region.rect, model);
  return problem === null ? null : refuse('frame', problem);
}

/** Composes the frame, uploads it and asks for the edit; or says what stops it. @throws StudioError */
async function submitEdit({ api, stores, sources }: GenerateDeps, document: CanvasDocument, model: ModelSummary): Promise<Submitted> {
  let region = await composeEditRegion(document, await chooseRegion(document, sources, model.nativeSize), sources);
  const passes = passesOf(document, region, model);
  const refusal = checkPixels(document, { region, passes }, model);
  if (refusal !== null) return refusal;
  if (region.mask === null) {
    const isDirect = model.tasks.includes('img2img') && checkRegion(region.rect, model) === null;
    region = isDirect ? await composeEditRegion(document, onGrid(document.frame, model.size.multipleOf), sources) : await markAll(region);
  }
  const uploaded = await upload(api, region);
  await stageAndSubmit(stores, document.id, requestOf(document, model, { ...uploaded, passes }));
  return { ok: true };
}

/** @throws StudioError */
export async function generateEdit(deps: GenerateDeps, count?: number): Promise<void> {
  const { stores } = deps;
  const open = stores.canvas.getState().edited?.document;
  if (open === undefined || stores.staging.getState().isSending) return;
  const document = count === undefined ? open : { ...open, settings: { ...open.settings, count } };
  const model = pickEditModel(stores.models.getState().models, document.settings.modelId);
  const problems = checkEditForm(document.settings, model);
  stores.editForm.report(problems);
  if (model === null || Object.keys(problems).length > 0) return;
  stores.staging.setSending(true);
  try {
    const result = await submitEdit(deps, document, model);
    if (!result.ok) stores.editForm.report(result.problems);
  } finally {
    stores.staging.setSending(false);
  }
}

/** The document knows of the request before the studio works on it, so that no result is ever without a place. */
async function stageAndSubmit({ jobs, staging, canvas }: Stores, documentId: DocumentId, request: EditRequest): Promise<void> {
  const jobId = newJobId();
  staging.add({ jobId, documentId, request });
  await canvas.flush();
  jobs.submit(request, jobId);
}

/** The seed after those that were used so far, so that "more" never gives the same picture again. */
function nextSeed({ gallery }: Stores, jobId: JobId): number | null {
  const seeds = gallery.getState().images.flatMap(({ recipe }) => (recipe?.jobId === jobId ? [recipe.seed] : []));
  return seeds.length === 0 ? null : (Math.max(...seeds) + 1) % 2 ** 32;
}

/** Asks for the last edit again with the next seeds. @throws StudioError */
export async function moreOfEdit({ stores }: Pick<GenerateDeps, 'stores'>): Promise<void> {
  const documentId = stores.canvas.getState().edited?.document.id ?? null;
  const last = candidatesOf(stores.staging.getState(), stores.jobs.getState().jobs, documentId).at(-1);
  if (last !== undefined) await stageAndSubmit(stores, last.documentId, { ...last.request, seed: nextSeed(stores, last.jobId) });
}
