import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Bundles a TypeScript file of this project for plain Node, with packages left outside, so that it can run in a process
 * of its own.
 * @param {string} entry path from the project's root
 * @param {string} name folder below out/
 * @returns {Promise<string>} URL of the module
 */
export async function bundleForNode(entry, name) {
  const outDir = join(ROOT, 'out', name);
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: { ssr: join(ROOT, entry), outDir, emptyOutDir: true, target: 'node20', rollupOptions: { output: { entryFileNames: 'entry.mjs' } } },
  });
  return pathToFileURL(join(outDir, 'entry.mjs')).href;
}
