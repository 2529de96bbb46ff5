import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GenerationRequest } from '../../../shared/generation';
import { ModelId, type ImageId } from '../../../shared/ids';
import { inheritedLicences, type PartLicence } from '../../../shared/licences/inheritance';
import type { ModelSummary } from '../../../shared/model';
import type { Gallery } from '../gallery/gallery';
import type { ModelRegistry } from '../models/model-registry';
import type { LicensedModel, Licences } from './licences';

export interface LicenceSources {
  readonly licences: Licences;
  readonly models: Pick<ModelRegistry, 'find' | 'upscalerPath'>;
  readonly gallery: Pick<Gallery, 'get'>;
}

/** A model of the registry as its licence is looked for. */
export const licensedModel = (summary: ModelSummary, path: string): LicensedModel => {
  const { id, name, family, licence } = summary;
  return { id, path, name, family, licence };
};

/** An upscaler's own manifest tells its licence. */
export async function licensedUpscaler(name: string, path: string): Promise<LicensedModel> {
  const manifest: unknown = await readFile(join(path, 'upscaler.json'), 'utf8').then(JSON.parse, () => null);
  const licence = typeof manifest === 'object' && manifest !== null && 'licence' in manifest && typeof manifest.licence === 'string' ? manifest.licence : '';
  return { id: `upscaler:${name}`, path, name, family: '', licence };
}

/** What a source picture inherited. One made before licences were kept is asked of its model; one that is gone is unknown. */
export async function licencesOfSource(imageId: ImageId, { licences, models, gallery }: LicenceSources): Promise<readonly PartLicence[]> {
  let recipe;
  try {
    ({ recipe } = await gallery.get(imageId));
  } catch {
    return [{ part: 'source', name: '', licence: 'unknown' }];
  }
  // A photograph or a drawing of the user's own: no model's licence comes with it.
  if (recipe === null) return [];
  if (recipe.licences !== undefined) return recipe.licences;
  const { id, name } = recipe.model;
  const known = ModelId.safeParse(id);
  const found = known.success ? await models.find(known.data).catch(() => null) : null;
  return found === null ? [{ part: 'source', name, licence: 'unknown' }] : [await licences.partOf(licensedModel(found.summary, found.path), 'source')];
}

/** Everything that the pictures of a request inherit: its model, its upscaler, and its source pictures. */
export async function licencesOf(request: GenerationRequest, model: { readonly summary: ModelSummary; readonly path: string }, sources: LicenceSources): Promise<readonly PartLicence[]> {
  const { licences, models } = sources;
  const upscaler = request.kind === 'txt2img' && request.hires ? (model.summary.hires?.upscaler ?? null) : null;
  const own = await Promise.all([
    licences.partOf(licensedModel(model.summary, model.path), 'model'),
    ...(upscaler === null ? [] : [licensedUpscaler(upscaler, models.upscalerPath(upscaler)).then((found) => licences.partOf(found, 'upscaler'))]),
  ]);
  const parents = request.kind === 'txt2img' ? [] : request.parentImageIds;
  return inheritedLicences(own, await Promise.all(parents.map((id) => licencesOfSource(id, sources))));
}
