import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, run } from './run.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 * @typedef {{ status: string, assertionResults: readonly { status: string }[] }} SuiteReport
 * @typedef {{ testResults: readonly SuiteReport[] }} VitestReport
 */

/** @type {(...tallies: readonly Tally[]) => Tally} */
export const addTallies = (...tallies) =>
  tallies.reduce((sum, t) => ({ passed: sum.passed + t.passed, failed: sum.failed + t.failed, skipped: sum.skipped + t.skipped }), { passed: 0, failed: 0, skipped: 0 });

/**
 * Counts the tests of one run. A file that broke before its tests could be counted, and a run that failed outside any
 * test (an unhandled rejection, no test file found), count as one failure each.
 * @param {VitestReport | undefined} report vitest's JSON report; undefined when none was written
 * @param {number} exitCode of vitest
 * @returns {Tally}
 */
export function tallyOf(report, exitCode) {
  const suites = report?.testResults ?? [];
  const tests = suites.flatMap((suite) => suite.assertionResults);
  /** @param {string} status */
  const count = (status) => tests.filter((test) => test.status === status).length;
  const broken = suites.filter((suite) => suite.status === 'failed' && !suite.assertionResults.some((test) => test.status === 'failed'));
  const failed = count('failed') + broken.length;
  const passed = count('passed');
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped: tests.length - passed - count('failed') };
}

/**
 * The closing line that CI reads, alone on the last line.
 * @param {Tally} tally
 */
export const closingLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/**
 * Runs one project of vitest.config.ts with its output on this terminal.
 * @param {'unit' | 'e2e'} project
 * @param {{ wrapper?: readonly string[], env?: NodeJS.ProcessEnv }} [options] `wrapper`: a program to run it in
 * @returns {Promise<Tally>}
 */
export async function runVitest(project, { wrapper = [], env = {} } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'palimpsest-report-'));
  const file = join(folder, 'report.json');
  try {
    const vitest = [process.execPath, join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', project];
    const [command = '', ...args] = [...wrapper, ...vitest, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const { code } = await run(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
    const report = await readFile(file, 'utf8').then((text) => JSON.parse(text), () => undefined);
    return tallyOf(report, code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
