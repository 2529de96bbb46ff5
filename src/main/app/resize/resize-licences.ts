import type { ImageId } from '../../../shared/ids';
import { inheritedLicences, type PartLicence } from '../../../shared/licences/inheritance';
import { licensedModel, licensedUpscaler, licencesOfSource, type LicenceSources } from '../licences/job-licences';
import type { ResolvedSettings } from './resolve-settings';

/** What a resized picture inherits: the networks that worked on it, and whatever its source had. */
export async function licencesOfResize({ upscaler, drawing }: ResolvedSettings, parents: readonly ImageId[], sources: LicenceSources): Promise<readonly PartLicence[]> {
  const { licences } = sources;
  const own = await Promise.all([
    ...(drawing === null ? [] : [licences.partOf(licensedModel(drawing.summary, drawing.path), 'model')]),
    ...(upscaler === null ? [] : [licensedUpscaler(upscaler.summary.name, upscaler.folder).then((found) => licences.partOf(found, 'upscaler'))]),
  ]);
  return inheritedLicences(own, await Promise.all(parents.map((id) => licencesOfSource(id, sources))));
}
