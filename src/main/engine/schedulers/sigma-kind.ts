import { StudioError } from '../../../shared/errors';
import { betaSigmas, exponentialSigmas, karrasSigmas, type SigmaRange } from './sigmas';
import { readFlag, type SchedulerConfig } from './scheduler-config';

export type SigmaKind = 'karras' | 'exponential' | 'beta' | 'lu';

const FLAGS: Readonly<Record<SigmaKind, string>> = {
  karras: 'use_karras_sigmas',
  exponential: 'use_exponential_sigmas',
  beta: 'use_beta_sigmas',
  lu: 'use_lu_lambdas',
};

export const SIGMA_FLAGS: readonly string[] = Object.values(FLAGS);

/**
 * Which respacing of the noise levels the config asks for among those the class knows; null for none.
 * @throws StudioError `model-unsupported` when it asks for more than one.
 */
export function readSigmaKind<T extends SigmaKind>(config: SchedulerConfig, known: readonly T[]): T | null {
  const asked = known.filter((kind) => readFlag(config, FLAGS[kind], false));
  if (asked.length > 1) {
    const names = asked.map((kind) => FLAGS[kind]).join(', ');
    throw new StudioError(
      'model-unsupported',
      `Expected at most one noise spacing for ${config.className} but received ${names}; keep one of them in scheduler_config.json.`,
    );
  }
  return asked[0] ?? null;
}

/** `range.count` noise levels from range.max down to range.min. */
export function respaceSigmas(kind: SigmaKind, range: SigmaRange): number[] {
  switch (kind) {
    case 'karras':
      return karrasSigmas(range);
    case 'exponential':
    case 'lu':
      return exponentialSigmas(range);
    case 'beta':
      return betaSigmas(range);
  }
}
