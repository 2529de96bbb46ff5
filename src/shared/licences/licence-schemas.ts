import { z } from 'zod';
import { ModelId } from '../ids';
import type { LicenceRequests } from './licence-contract';
import { LicenceId } from './licence-record';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const model = z.strictObject({ modelId: ModelId });

/** Channel -> input schema, for contract-schemas.ts. */
export const LICENCE_SCHEMAS: { readonly [C in keyof LicenceRequests]: z.ZodType<LicenceRequests[C]['input']> } = {
  'licences.list': z.null(),
  'licences.accept': model.extend({ textHash: sha256 }),
  'licences.choose': model.extend({ licence: LicenceId.nullable() }),
  'licences.text': model,
  'about.notices': z.null(),
};
