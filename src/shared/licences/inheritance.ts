import { z } from 'zod';
import { LicenceId, licenceRecord } from './licence-record';

export const LICENSED_PARTS = ['model', 'upscaler', 'adapter', 'source'] as const;

/** One thing that helped to make a picture, and the licence it came under. Kept in the recipe. */
export const PartLicence = z.object({
  part: z.enum(LICENSED_PARTS),
  /** Name of the model, upscaler or adapter; for a source, of the model that the source was made with. */
  name: z.string(),
  /** A licence that a later version of the studio knows by name is another one here. */
  licence: LicenceId.catch('other'),
  /** The licence as its maker names it, where the studio does not know it. */
  stated: z.string().optional(),
});
export type PartLicence = z.infer<typeof PartLicence>;

const keyOf = ({ name, licence, stated }: PartLicence): string => [name, licence, stated ?? ''].join('\n');

/**
 * Everything a picture inherits: what made it itself, then what its source pictures inherited. The same model under the
 * same licence is named once, as the part that stands nearest to the picture.
 */
export function inheritedLicences(own: readonly PartLicence[], sources: readonly (readonly PartLicence[])[]): readonly PartLicence[] {
  const all = [...own, ...sources.flat().map((part) => ({ ...part, part: 'source' as const }))];
  const found = new Map<string, PartLicence>();
  for (const part of all) if (!found.has(keyOf(part))) found.set(keyOf(part), part);
  return [...found.values()];
}

/** The part that binds most; the earlier of equals. Null for a picture that nothing licensed has made. */
export function strictestOf(parts: readonly PartLicence[]): PartLicence | null {
  return parts.reduce<PartLicence | null>(
    (strictest, part) => (strictest === null || licenceRecord(part.licence).strictness > licenceRecord(strictest.licence).strictness ? part : strictest),
    null,
  );
}
