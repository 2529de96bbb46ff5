import { z } from 'zod';
import type { LicenceRecord } from './licence-record';

/** For whom the studio is used; decides what a licence allows. */
export const USER_PROFILES = ['personal', 'company-below-1m', 'company-above-1m', 'research'] as const;
export const UserProfile = z.enum(USER_PROFILES);
export type UserProfile = z.infer<typeof UserProfile>;

export type VerdictReason = 'permissive' | 'restricted-uses' | 'below-threshold' | 'above-threshold' | 'non-commercial' | 'commercial-not-allowed' | 'unclear';

export interface Verdict {
  /** `unclear` does not refuse: nobody said no, and nobody said yes. */
  readonly outcome: 'allowed' | 'refused' | 'unclear';
  readonly reason: VerdictReason;
}

const isCompany = (profile: UserProfile): boolean => profile === 'company-below-1m' || profile === 'company-above-1m';

/** Whether a licence lets this user make pictures, and why. Pure: a record and a profile in, an answer out. */
export function verdict(licence: Pick<LicenceRecord, 'commercial' | 'mayNot'>, profile: UserProfile): Verdict {
  switch (licence.commercial) {
    case 'yes':
      return { outcome: 'allowed', reason: licence.mayNot.length === 0 ? 'permissive' : 'restricted-uses' };
    case 'below-threshold':
      return profile === 'company-above-1m' ? { outcome: 'refused', reason: 'above-threshold' } : { outcome: 'allowed', reason: 'below-threshold' };
    case 'no':
      return isCompany(profile) ? { outcome: 'refused', reason: 'commercial-not-allowed' } : { outcome: 'allowed', reason: 'non-commercial' };
    case 'unclear':
      return { outcome: 'unclear', reason: 'unclear' };
  }
}
