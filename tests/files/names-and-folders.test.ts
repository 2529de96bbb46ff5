import { describe, expect, it } from 'vitest';
import { resolveDataFolders } from '../../src/main/files/data-folders';
import { pictureName } from '../../src/main/files/picture-name';
import { aRecipe } from '../support/samples';

describe('picture names', () => {
  it.each([
    ['a red apple', '2026-11/20261124-173005-42-a-red-apple.png'],
    ['../../etc/passwd', '2026-11/20261124-173005-42-etc-passwd.png'],
    ['', '2026-11/20261124-173005-42-picture.png'],
    ['狐 in de sneeuw!', '2026-11/20261124-173005-42-狐-in-de-sneeuw.png'],
    ['CON\0|<>:"\\', '2026-11/20261124-173005-42-con.png'],
    ['x'.repeat(500), `2026-11/20261124-173005-42-${'x'.repeat(48)}.png`],
  ])('makes a harmless name of %j', (prompt, name) => {
    expect(pictureName(aRecipe({ prompt })).replaceAll('\\', '/')).toBe(name);
  });
});

describe('data folders', () => {
  const home = '/nowhere/me';
  it('follow the XDG folders on Linux', () => {
    expect(resolveDataFolders(undefined, { platform: 'linux', env: { XDG_DATA_HOME: '/data' }, home }).root).toBe('/data/palimpsest');
    expect(resolveDataFolders(undefined, { platform: 'linux', env: {}, home }).root).toBe('/nowhere/me/.local/share/palimpsest');
  });
  it('lie all below --data-dir when it is given', () => {
    const { root, ...rest } = resolveDataFolders('/tmp/studio', { platform: 'linux', env: {}, home });
    expect(Object.values(rest).filter((path) => !path.startsWith(root))).toEqual([]);
  });
});
