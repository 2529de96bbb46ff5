import { z } from 'zod';
import { CreditsPlan } from './credits';
import type { CreditsRequests } from './credits-contract';
import { GenerationRequest } from './generation';
import { JobId } from './ids';

/** Input schemas of the credits' channels. */
export const CREDITS_SCHEMAS: { readonly [C in keyof CreditsRequests]: z.ZodType<CreditsRequests[C]['input']> } = {
  'credits.get': z.null(),
  'credits.ledger': z.strictObject({ limit: z.int().min(1).max(1000), before: z.int().min(1).nullable() }),
  'credits.price': z.strictObject({ request: GenerationRequest }),
  'credits.job': z.strictObject({ jobId: JobId }),
  'credits.setPlan': CreditsPlan,
  'credits.usage': z.strictObject({ from: z.iso.date(), to: z.iso.date() }),
  'credits.verify': z.null(),
  'credits.export': z.null(),
  'credits.openPrices': z.null(),
};
