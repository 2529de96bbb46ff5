import { describe, expect, it } from 'vitest';
import { isInstalledAsLocked } from '../../scripts/lib/fresh.mjs';

const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b-linux': { version: '2.0.0', optional: true },
    'node_modules/b-darwin': { version: '2.0.0', optional: true },
  },
};

describe('whether node_modules is what the lockfile asks for', () => {
  it('accepts an install that lacks only another platform\'s optional packages', () => {
    const installed = { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b-linux': { version: '2.0.0' } } };
    expect(isInstalledAsLocked(wanted, installed)).toBe(true);
  });

  it('refuses another version', () => {
    expect(isInstalledAsLocked(wanted, { packages: { 'node_modules/a': { version: '1.0.1' } } })).toBe(false);
  });

  it('refuses a missing package', () => {
    expect(isInstalledAsLocked(wanted, { packages: {} })).toBe(false);
  });

  it('refuses a package that the lockfile no longer has', () => {
    const installed = { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/old': { version: '1.0.0' } } };
    expect(isInstalledAsLocked(wanted, installed)).toBe(false);
  });
});
