import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

/** What Electron's window needs from the system: shared library -> the Debian 12 package that holds it. */
const PACKAGE_OF_LIBRARY = Object.freeze({
  'libgtk-3.so.0': 'libgtk-3-0',
  'libgdk-3.so.0': 'libgtk-3-0',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libsmime3.so': 'libnss3',
  'libnspr4.so': 'libnspr4',
  'libasound.so.2': 'libasound2',
  'libgbm.so.1': 'libgbm1',
  'libXss.so.1': 'libxss1',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0',
  'libcups.so.2': 'libcups2',
  'libdrm.so.2': 'libdrm2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libgio-2.0.so.0': 'libglib2.0-0',
  'libglib-2.0.so.0': 'libglib2.0-0',
  'libgobject-2.0.so.0': 'libglib2.0-0',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libcairo.so.2': 'libcairo2',
  'libexpat.so.1': 'libexpat1',
  'libudev.so.1': 'libudev1',
  'libxkbcommon.so.0': 'libxkbcommon0',
  'libX11.so.6': 'libx11-6',
  'libxcb.so.1': 'libxcb1',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libXrandr.so.2': 'libxrandr2',
  'libXi.so.6': 'libxi6',
  'libXtst.so.6': 'libxtst6',
});

/** The libraries that bring all the others with them when their packages are installed. */
const ROOT_LIBRARIES = Object.freeze(['libgtk-3.so.0', 'libnss3.so', 'libasound.so.2', 'libgbm.so.1', 'libXss.so.1']);

/** Packages that Debian 13 and Ubuntu 24.04 renamed when time became 64 bits wide. */
const RENAMED_BY_TIME64 = new Set(['libgtk-3-0', 'libasound2', 'libatk1.0-0', 'libatk-bridge2.0-0', 'libatspi2.0-0', 'libcups2', 'libglib2.0-0']);

/**
 * The libraries a program needs and the system lacks.
 * @param {string} lddOutput what `ldd PROGRAM` printed
 * @returns {string[]} e.g. ["libgtk-3.so.0"]
 */
export function missingLibraries(lddOutput) {
  const names = [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '');
  return [...new Set(names)];
}

/**
 * The libraries that the dynamic linker's cache does not hold.
 * @param {string} ldconfigOutput what `ldconfig -p` printed
 * @returns {string[]}
 */
export function missingRootLibraries(ldconfigOutput) {
  return ROOT_LIBRARIES.filter((library) => !ldconfigOutput.includes(`\t${library} `));
}

/**
 * Debian's packages for missing libraries; a library nobody knows keeps its own name, so that nothing is hidden.
 * @param {readonly string[]} libraries
 * @param {{ hasTime64Names?: boolean }} [system]
 * @returns {string[]} sorted, without duplicates
 */
export function packagesFor(libraries, { hasTime64Names = false } = {}) {
  const known = new Map(Object.entries(PACKAGE_OF_LIBRARY));
  const names = libraries.map((library) => known.get(library) ?? library);
  return [...new Set(names.map((name) => (hasTime64Names && RENAMED_BY_TIME64.has(name) ? `${name}t64` : name)))].sort();
}

/**
 * @param {string} osRelease text of /etc/os-release
 * @returns {{ isDebian: boolean, hasTime64Names: boolean }} Debian and what is made from it
 */
export function readOsRelease(osRelease) {
  /** @param {string} key */
  const value = (key) => new RegExp(`^${key}="?([^"\\n]*)"?$`, 'm').exec(osRelease)?.[1] ?? '';
  const isUbuntu = value('ID') === 'ubuntu';
  const isDebian = value('ID') === 'debian' || `${value('ID')} ${value('ID_LIKE')}`.includes('debian');
  // Debian testing has no VERSION_ID.
  const version = Number.parseFloat(value('VERSION_ID') || '99');
  return { isDebian, hasTime64Names: isDebian && version >= (isUbuntu ? 24.04 : 13) };
}

export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY']);

/** @returns {{ isDebian: boolean, hasTime64Names: boolean }} */
export function thisSystem() {
  return existsSync('/etc/os-release') ? readOsRelease(readFileSync('/etc/os-release', 'utf8')) : { isDebian: false, hasTime64Names: false };
}

/** @param {string} program */
function isOnPath(program) {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

/**
 * Debian packages that a real window lacks here, by name; needs no Electron on disk.
 * @param {{ isVirtual: boolean }} want whether an X server without a screen is wanted too
 * @returns {Promise<string[]>} empty on other systems than Linux
 */
export async function missingPackages({ isVirtual }) {
  if (process.platform !== 'linux') return [];
  const ldconfig = ['/sbin/ldconfig', '/usr/sbin/ldconfig'].find((path) => existsSync(path)) ?? 'ldconfig';
  const { stdout } = await run(ldconfig, ['-p']);
  const server = isVirtual ? [...(isOnPath('Xvfb') && isOnPath('xvfb-run') ? [] : ['xvfb']), ...(isOnPath('xauth') ? [] : ['xauth'])] : [];
  return [...server, ...packagesFor(missingRootLibraries(stdout), thisSystem())];
}

/**
 * Debian packages that this Electron lacks, exactly, from the dynamic linker itself.
 * @param {string} executable
 * @returns {Promise<string[]>}
 */
export async function missingPackagesOf(executable) {
  if (process.platform !== 'linux') return [];
  const { stdout } = await run('ldd', [executable]);
  return packagesFor(missingLibraries(stdout), thisSystem());
}

/** @param {readonly string[]} packages */
export const installCommand = (packages) => `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
