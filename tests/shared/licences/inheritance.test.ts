import { describe, expect, it } from 'vitest';
import { inheritedLicences, PartLicence, strictestOf } from '../../../src/shared/licences/inheritance';
import { LICENCE_IDS, licenceRecord, type LicenceId } from '../../../src/shared/licences/licence-record';
import { USER_PROFILES, verdict } from '../../../src/shared/licences/verdict';

const part = (licence: LicenceId, name: string = licence, kind: PartLicence['part'] = 'model'): PartLicence => ({ part: kind, name, licence });

describe('what a picture inherits', () => {
  /** Rows and columns: what made the two halves; cells: which of the two binds the picture. */
  const TABLE: Readonly<Record<string, Readonly<Partial<Record<LicenceId, LicenceId>>>>> = {
    mit: { mit: 'mit', 'openrail-m': 'openrail-m', 'stability-community': 'stability-community', unknown: 'unknown', 'cc-by-nc-4.0': 'cc-by-nc-4.0', 'stability-nc-research': 'stability-nc-research' },
    'bsd-3-clause': { mit: 'bsd-3-clause', 'openrail++-m': 'openrail++-m' },
    'openrail-m': { mit: 'openrail-m', 'openrail++-m': 'openrail-m', 'stability-community': 'stability-community', unknown: 'unknown', 'cc-by-nc-4.0': 'cc-by-nc-4.0' },
    'openrail++-m': { 'openrail-m': 'openrail++-m', 'stability-nc-research': 'stability-nc-research' },
    'stability-community': { mit: 'stability-community', 'openrail-m': 'stability-community', unknown: 'unknown', other: 'other', 'cc-by-nc-4.0': 'cc-by-nc-4.0' },
    unknown: { mit: 'unknown', other: 'unknown', 'stability-community': 'unknown', 'cc-by-nc-4.0': 'cc-by-nc-4.0', 'stability-nc-research': 'stability-nc-research' },
    'cc-by-nc-4.0': { mit: 'cc-by-nc-4.0', unknown: 'cc-by-nc-4.0', 'stability-nc-research': 'stability-nc-research' },
    'stability-nc-research': { 'cc-by-nc-4.0': 'stability-nc-research', mit: 'stability-nc-research' },
  };
  const cells = Object.entries(TABLE).flatMap(([model, row]) => Object.entries(row).map(([source, binding]) => [model, source, binding] as const));

  it.each(cells)('made by %s from a picture under %s: bound by %s', (model, source, binding) => {
    const own = [part(model as LicenceId, 'a')];
    const parts = inheritedLicences(own, [[part(source as LicenceId, 'b')]]);
    expect(parts).toEqual([own[0], { part: 'source', name: 'b', licence: source }]);
    expect(strictestOf(parts)?.licence).toBe(binding);
  });

  it('goes on through every generation, and names each thing once', () => {
    const first = inheritedLicences([part('cc-by-nc-4.0', 'Old'), part('bsd-3-clause', 'Enlarger', 'upscaler')], []);
    const second = inheritedLicences([part('mit', 'Draw')], [first]);
    const third = inheritedLicences([part('mit', 'Draw'), part('bsd-3-clause', 'Enlarger', 'upscaler')], [second, first]);
    expect(third).toEqual([
      { part: 'model', name: 'Draw', licence: 'mit' },
      { part: 'upscaler', name: 'Enlarger', licence: 'bsd-3-clause' },
      { part: 'source', name: 'Old', licence: 'cc-by-nc-4.0' },
    ]);
    expect(strictestOf(third)?.name).toBe('Old');
  });

  it('is nothing for a photograph of one’s own', () => {
    expect(strictestOf(inheritedLicences([], [[]]))).toBeNull();
  });

  it('reads a licence that a later version knows as another one', () => {
    expect(PartLicence.parse({ part: 'model', name: 'x', licence: 'from-the-future' }).licence).toBe('other');
  });
});

describe('the verdict', () => {
  it('is one answer for every licence and user', () => {
    const answers = Object.fromEntries(LICENCE_IDS.map((id) => [id, USER_PROFILES.map((profile) => verdict(licenceRecord(id), profile).outcome).join(' ')]));
    const yes = 'allowed allowed allowed allowed';
    expect(answers).toEqual({
      'apache-2.0': yes,
      mit: yes,
      'bsd-3-clause': yes,
      'cc0-1.0': yes,
      'openrail-m': yes,
      'openrail++-m': yes,
      // personal, company up to a million, company above it, research
      'stability-community': 'allowed allowed refused allowed',
      'stability-nc-research': 'allowed refused refused allowed',
      'cc-by-nc-4.0': 'allowed refused refused allowed',
      other: 'unclear unclear unclear unclear',
      unknown: 'unclear unclear unclear unclear',
    });
  });

  it('tells why', () => {
    expect(verdict(licenceRecord('stability-community'), 'company-above-1m').reason).toBe('above-threshold');
    expect(verdict(licenceRecord('openrail-m'), 'personal').reason).toBe('restricted-uses');
  });

  it('never lets a licence that says no stand below one that says yes', () => {
    const rank = (id: LicenceId): number => licenceRecord(id).strictness;
    expect(Math.min(rank('cc-by-nc-4.0'), rank('stability-nc-research'))).toBeGreaterThan(Math.max(...LICENCE_IDS.filter((id) => licenceRecord(id).commercial !== 'no').map(rank)));
  });
});
