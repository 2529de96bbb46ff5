import { StudioError } from '../../../shared/errors';
import type { ModelLicence } from '../../../shared/licences/licence-contract';
import type { PartLicence } from '../../../shared/licences/inheritance';
import { licenceRecord, type LicenceId } from '../../../shared/licences/licence-record';
import { LICENCE_WORDS, licenceName } from '../../../shared/licences/licence-words';
import { usualLicenceOf } from '../../../shared/licences/recognise';
import { verdict, type UserProfile } from '../../../shared/licences/verdict';
import type { AcceptanceFile } from './acceptance-file';
import { findLicence, type FoundLicence } from './find-licence';

/** A model as its licence is looked for; the id is a ModelId, or the absolute folder of a model outside of the models folders. */
export interface LicensedModel {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly family: string;
  /** What its manifest says; empty for nothing. */
  readonly licence: string;
}

export type LicenceState = Omit<ModelLicence, 'modelId'>;

export interface Licences {
  stateOf(model: LicensedModel): Promise<LicenceState>;
  textOf(model: LicensedModel): Promise<string>;
  /**
   * Lets a model be used, or says why not.
   * @throws StudioError `licence-not-allowed` for this profile, or `licence-not-accepted`
   */
  admit(model: LicensedModel, profile: UserProfile): Promise<void>;
  /** @param textHash of the text that was read; absent = the present one. @throws StudioError `invalid-request` for another text */
  accept(model: LicensedModel, textHash?: string): Promise<LicenceState>;
  choose(model: LicensedModel, licence: LicenceId | null): Promise<LicenceState>;
  /** What a picture made with it inherits. */
  partOf(model: LicensedModel, part: PartLicence['part']): Promise<PartLicence>;
}

export interface LicencesOptions {
  readonly acceptances: AcceptanceFile;
  now(): Date;
}

export function createLicences({ acceptances, now }: LicencesOptions): Licences {
  const find = async ({ id, path, licence: manifest }: LicensedModel): Promise<FoundLicence> =>
    findLicence(path, { manifest, chosen: (await acceptances.read()).chosen[id] ?? null });

  const stateOf = async (model: LicensedModel): Promise<LicenceState> => {
    const { licence, source, stated, textHash, hasOwnText } = await find(model);
    const given = (await acceptances.read()).acceptances.findLast((known) => known.model === model.id && known.licence === licence && known.textHash === textHash);
    return {
      licence,
      source,
      stated,
      usual: licence === 'unknown' ? usualLicenceOf(model.family) : null,
      textHash,
      hasOwnText,
      acceptedAt: given?.at ?? null,
      needsAcceptance: licenceRecord(licence).isAskedFor && given === undefined,
    };
  };

  return {
    stateOf,
    textOf: async (model) => (await find(model)).text,
    admit: async (model, profile) => {
      const { licence, stated, needsAcceptance } = await stateOf(model);
      const record = licenceRecord(licence);
      const name = licenceName(record, stated);
      const { outcome, reason } = verdict(record, profile);
      if (outcome === 'refused') {
        throw new StudioError('licence-not-allowed', `${model.name} comes under the ${name}. ${LICENCE_WORDS.verdict[reason]} Choose another model, or correct who you are in Settings.`, {
          details: { model: model.id, modelName: model.name, licence, licenceName: name, reason, profile },
        });
      }
      if (needsAcceptance) {
        throw new StudioError('licence-not-accepted', `${model.name} comes under the ${name}: agree to its terms before its first use.`, {
          details: { model: model.id, modelName: model.name, licence, licenceName: name },
        });
      }
    },
    accept: async (model, textHash) => {
      const present = await find(model);
      if (textHash !== undefined && textHash !== present.textHash) {
        throw new StudioError('invalid-request', `The licence of ${model.name} has changed since you read it; read it again.`, { details: { model: model.id } });
      }
      await acceptances.accept({ model: model.id, licence: present.licence, textHash: present.textHash, at: now().toISOString() });
      return stateOf(model);
    },
    choose: async (model, licence) => {
      await acceptances.choose(model.id, licence);
      return stateOf(model);
    },
    partOf: async (model, part) => {
      const { licence, stated } = await find(model);
      return { part, name: model.name, licence, ...(licence === 'other' && stated !== '' ? { stated } : {}) };
    },
  };
}
