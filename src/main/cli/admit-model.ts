import { StudioError } from '../../shared/errors';
import { ModelId } from '../../shared/ids';
import { inheritedLicences, type PartLicence } from '../../shared/licences/inheritance';
import { licensedUpscaler } from '../app/licences/job-licences';
import type { LicensedModel } from '../app/licences/licences';
import { refuseBlocked } from '../app/moderation/job-checks';
import { openSettings } from '../app/settings/settings-file';
import type { GenerateTask } from '../engine/engine';
import type { ChosenModel } from './find-model';
import type { Workbench } from './open-engine';

/** A folder outside of the models folders is told apart by its path, because its name alone could be another's. */
export const licensedModelOf = ({ id, path, description }: ChosenModel): LicensedModel => ({
  id: ModelId.safeParse(id).success ? id : path,
  path,
  name: description.name,
  family: description.family,
  licence: description.licence,
});

export interface Admission {
  readonly model: ChosenModel;
  readonly prompt: string;
  readonly bench: Pick<Workbench, 'licences' | 'folders'>;
  /** `--accept-licence` was given. */
  readonly isAccepting: boolean;
}

/**
 * The same gate as the window's, by the same settings of the data folder.
 * @throws StudioError `licence-not-allowed`, `licence-not-accepted` or `prompt-blocked`
 */
export async function admitModel({ model, prompt, bench, isAccepting }: Admission): Promise<void> {
  const settings = (await openSettings(bench.folders.settings)).get();
  const licensed = licensedModelOf(model);
  try {
    await bench.licences.admit(licensed, settings.userProfile);
  } catch (caught) {
    const error = StudioError.fromCaught(caught);
    if (error.code !== 'licence-not-accepted') throw error;
    if (!isAccepting) {
      const hint = `Read them with "models licence ${model.id}", and agree with --accept-licence.`;
      throw new StudioError(error.code, `${error.message} ${hint}`, { details: error.details ?? {}, cause: caught });
    }
    await bench.licences.accept(licensed);
  }
  refuseBlocked({ prompt }, settings);
}

/** What the pictures of a task inherit from its model and its upscaler; a source file's past is not known here. */
export async function licencesOfTask(model: ChosenModel, task: GenerateTask, { licences }: Pick<Workbench, 'licences'>): Promise<PartLicence[]> {
  const own = [await licences.partOf(licensedModelOf(model), 'model')];
  const upscaler = task.upscaler ?? null;
  if (upscaler !== null) {
    own.push(await licences.partOf(await licensedUpscaler(model.description.hires?.upscaler ?? 'upscaler', upscaler.modelPath), 'upscaler'));
  }
  return [...inheritedLicences(own, [])];
}
