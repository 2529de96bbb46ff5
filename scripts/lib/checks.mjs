import { join } from 'node:path';
import { ROOT, run } from './run.mjs';
import { say } from './say.mjs';

/**
 * @typedef {{ name: string, args: readonly string[] }} Check
 * @typedef {{ name: string, isPassed: boolean, seconds: number, output: string }} CheckResult
 */

/** @param {string} path inside node_modules */
const tool = (path) => join(ROOT, 'node_modules', path);
/** @param {string} environment @returns {Check} */
const types = (environment) => ({ name: `types: ${environment}`, args: [tool('typescript/bin/tsc'), '-p', `tsconfig.${environment}.json`] });

/** Everything that can be judged without running the program; longest first, because two run at a time. */
export const STATIC_CHECKS = Object.freeze([
  { name: 'lint', args: [tool('eslint/bin/eslint.js'), '.', '--max-warnings', '0'] },
  types('tests'),
  types('renderer'),
  types('node'),
  types('electron'),
  types('shared'),
  { name: 'layers', args: [tool('dependency-cruiser/bin/dependency-cruise.mjs'), 'src', '--config', '.dependency-cruiser.cjs'] },
  { name: 'unused', args: [tool('knip/bin/knip.js')] },
]);

/**
 * Runs checks two at a time and prints one line for each; a failed check's output follows its line.
 * @param {readonly Check[]} checks
 * @returns {Promise<readonly CheckResult[]>}
 */
export async function runChecks(checks) {
  const waiting = [...checks];
  /** @type {CheckResult[]} */
  const results = [];
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const start = performance.now();
      const { code, stdout, stderr } = await run(process.execPath, check.args);
      const result = { name: check.name, isPassed: code === 0, seconds: (performance.now() - start) / 1000, output: `${stdout}${stderr}`.trim() };
      say(checkLine(result));
      if (!result.isPassed) say(result.output);
      results.push(result);
    }
  };
  await Promise.all([work(), work()]);
  return results;
}

/**
 * @param {CheckResult} result
 * @returns {string} e.g. "ok    lint             12.3 s"
 */
export const checkLine = ({ name, isPassed, seconds }) => `${isPassed ? 'ok   ' : 'FAIL '} ${name.padEnd(18)} ${seconds.toFixed(1).padStart(6)} s`;
