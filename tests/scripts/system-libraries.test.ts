import { describe, expect, it } from 'vitest';
import { installCommand, missingLibraries, missingRootLibraries, packagesFor, readOsRelease } from '../../scripts/lib/system-libraries.mjs';

const LDD = `
\tlinux-vdso.so.1 (0x00007ffd2a5f2000)
\tlibffmpeg.so => /opt/electron/libffmpeg.so (0x00007f0e5a000000)
\tlibgtk-3.so.0 => not found
\tlibgdk-3.so.0 => not found
\tlibnss3.so => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f0e58000000)
\tlibgtk-3.so.0 => not found
`;

const LDCONFIG = `
313 libs found in cache \`/etc/ld.so.cache'
\tlibnss3.so (libc6,x86-64) => /lib/x86_64-linux-gnu/libnss3.so
\tlibgbm.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libgbm.so.1
\tlibXss.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libXss.so.1
`;

describe('missing system libraries', () => {
  it('reads each missing library of an ldd listing once', () => {
    expect(missingLibraries(LDD)).toEqual(['libgtk-3.so.0', 'libgdk-3.so.0', 'libnss3.so']);
  });

  it('finds nothing missing where everything resolves', () => {
    expect(missingLibraries('\tlibc.so.6 => /lib/libc.so.6 (0x0000)\n')).toEqual([]);
  });

  it('names the libraries that the linker cache lacks', () => {
    expect(missingRootLibraries(LDCONFIG)).toEqual(['libgtk-3.so.0', 'libasound.so.2']);
  });

  it('maps libraries to Debian packages, two of one package to one name, an unknown one to itself', () => {
    expect(packagesFor(['libgtk-3.so.0', 'libgdk-3.so.0', 'libnss3.so', 'libnew.so.9'])).toEqual(['libgtk-3-0', 'libnew.so.9', 'libnss3']);
  });

  it('uses the names of Debian 13, where time became 64 bits wide', () => {
    expect(packagesFor(['libgtk-3.so.0', 'libasound.so.2', 'libnss3.so'], { hasTime64Names: true })).toEqual(['libasound2t64', 'libgtk-3-0t64', 'libnss3']);
  });

  it.each([
    ['ID=debian\nVERSION_ID="12"\n', { isDebian: true, hasTime64Names: false }],
    ['ID=debian\nVERSION_ID="13"\n', { isDebian: true, hasTime64Names: true }],
    ['ID=debian\nPRETTY_NAME="Debian sid"\n', { isDebian: true, hasTime64Names: true }],
    ['ID=ubuntu\nID_LIKE=debian\nVERSION_ID="22.04"\n', { isDebian: true, hasTime64Names: false }],
    ['ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\n', { isDebian: true, hasTime64Names: true }],
    ['ID=fedora\nVERSION_ID=41\n', { isDebian: false, hasTime64Names: false }],
  ])('tells Debian and its age from %j', (text, expected) => {
    expect(readOsRelease(text)).toEqual(expected);
  });

  it('writes the command a person can paste', () => {
    expect(installCommand(['xvfb', 'libnss3'])).toBe('sudo apt-get install -y --no-install-recommends xvfb libnss3');
  });
});
