import type { ModelId } from '../../../shared/ids';
import type { ModelLicence } from '../../../shared/licences/licence-contract';
import type { HandlersOf } from '../handlers';
import type { StudioDependencies } from '../studio-dependencies';
import { licensedModel } from './job-licences';
import type { LicenceState, LicensedModel } from './licences';

/** The `licences.…` and `about.…` channels. */
export function licenceHandlers({ models, licences, notices }: StudioDependencies): HandlersOf<'licences' | 'about'> {
  const find = async (modelId: ModelId): Promise<LicensedModel> => {
    const { summary, path } = await models.find(modelId);
    return licensedModel(summary, path);
  };
  const withId = (modelId: ModelId, state: LicenceState): ModelLicence => ({ modelId, ...state });
  return {
    'licences.list': async () => {
      const usable = (await models.list()).filter(({ problem }) => problem === null);
      return Promise.all(usable.map(async ({ id }) => withId(id, await licences.stateOf(await find(id)))));
    },
    'licences.accept': async ({ modelId, textHash }) => withId(modelId, await licences.accept(await find(modelId), textHash)),
    'licences.choose': async ({ modelId, licence }) => withId(modelId, await licences.choose(await find(modelId), licence)),
    'licences.text': async ({ modelId }) => ({ text: await licences.textOf(await find(modelId)) }),
    'about.notices': async () => notices(),
  };
}
