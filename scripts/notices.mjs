/**
 * Writes NOTICE.md: what the packaged studio contains that is not ours, with licence and copyright line.
 * Run it after a dependency has changed: `npm run notices`.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './lib/run.mjs';

/** Bundled into the page by vite, so they ship although they are development dependencies. */
const BUNDLED = [
  '@dagrejs/dagre', '@fontsource-variable/inter', '@mantine/core', '@mantine/hooks', '@mantine/notifications', '@tabler/icons-react',
  '@tanstack/react-virtual', 'diff', 'fuzzysort', 'i18next', 'immer', 'konva', 'react', 'react-dom', 'react-i18next', 'zustand',
];
const MODULES = join(ROOT, 'node_modules');

/** @param {string} name @returns {{ version: string, license?: string, dependencies?: Record<string, string> } | null} */
function manifest(name) {
  const path = join(MODULES, name, 'package.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

/** @param {string} name */
function copyright(name) {
  const file = readdirSync(join(MODULES, name)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  if (file === undefined) return '';
  const lines = readFileSync(join(MODULES, name, file), 'utf8').split('\n').map((line) => line.trim());
  return (lines.find((line) => /^copyright\b.*\d{4}/i.test(line)) ?? '').replaceAll('|', '\\|');
}

/** Every package reachable from the roots, installed at the top level. @param {readonly string[]} roots */
function closure(roots) {
  const found = new Set();
  const visit = (/** @type {string} */ name) => {
    const info = manifest(name);
    if (found.has(name) || info === null) return;
    found.add(name);
    Object.keys(info.dependencies ?? {}).forEach(visit);
  };
  roots.forEach(visit);
  return [...found].sort();
}

const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const rows = closure([...Object.keys(own.dependencies), ...BUNDLED]).map((name) => {
  const info = manifest(name);
  return `| ${name} | ${info?.version} | ${info?.license ?? 'see its folder'} | ${copyright(name)} |`;
});

writeFileSync(
  join(ROOT, 'NOTICE.md'),
  `# Notices

Palimpsest's own code is under the Apache License 2.0 (\`LICENSE\`). This file is written by \`npm run notices\`.

## Weights and data

Each model in \`resources/models/\` carries its own card and licence; \`resources/models/manifest.json\` lists every file with
source, licence and SHA-256. The CLIP vocabulary in \`tests/fixtures/tokenizers\` is OpenAI's, MIT; its text lies beside it.

## Libraries that ship with the program

The full texts lie in each package's folder. Electron brings its own \`LICENSE\` and \`LICENSES.chromium.html\`.

| package | version | licence | copyright |
|---|---|---|---|
${rows.join('\n')}
`,
);
