/**
 * `npm test`: everything, the end-to-end tests in the real Electron window included. Installs what it needs where it
 * may (as root on Debian) and otherwise names what is missing. The last line is the result.
 */
import { findElectron } from './electron-runtime.mjs';
import { runChecks, STATIC_CHECKS } from './lib/checks.mjs';
import { ensureBuilt, ensureInstalled } from './lib/fresh.mjs';
import { lastLine, run } from './lib/run.mjs';
import { oneSentence, runMain, say, Sentence } from './lib/say.mjs';
import { installCommand, missingPackages, missingPackagesOf, thisSystem } from './lib/system-libraries.mjs';
import { addTallies, closingLine, runVitest } from './lib/vitest.mjs';

/** @param {readonly string[]} packages */
async function installPackages(packages) {
  if (packages.length === 0) return;
  if (!thisSystem().isDebian || process.getuid?.() !== 0) {
    throw new Sentence(`The window cannot be tested because the system lacks ${packages.join(', ')}; install with: ${installCommand(packages)}`);
  }
  say(`Installing ${packages.join(', ')} ...`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  // Another apt may be at work on the same machine: wait for its lock instead of failing.
  const options = ['-q', '-o', 'DPkg::Lock::Timeout=240', '-o', 'Acquire::Retries=3'];
  await run('apt-get', [...options, 'update'], { env });
  const result = await run('apt-get', [...options, 'install', '-y', '--no-install-recommends', ...packages], { env });
  if (result.code !== 0) throw new Sentence(`The packages ${packages.join(', ')} could not be installed: ${lastLine(result)}`);
}

/** @returns {Promise<import('./lib/vitest.mjs').Tally>} */
async function testWindow() {
  try {
    await installPackages(await missingPackages({ isVirtual: true }));
    const { executable, version, source } = await findElectron();
    await installPackages(await missingPackagesOf(executable));
    say(`End-to-end tests in Electron ${version} (${source}).`);
    const isVirtual = process.platform === 'linux';
    return await runVitest('e2e', {
      wrapper: isVirtual ? ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24'] : [],
      env: { DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
    });
  } catch (caught) {
    say(oneSentence(caught));
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** @returns {Promise<import('./lib/vitest.mjs').Tally>} */
async function testBuild() {
  try {
    await ensureBuilt();
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (caught) {
    say(oneSentence(caught));
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

runMain(async () => {
  await ensureInstalled();
  const checks = await runChecks(STATIC_CHECKS);
  const failedChecks = checks.filter((check) => !check.isPassed).length;
  // The build comes before the tests, because the command line is tested as it is shipped.
  const build = await testBuild();
  const unit = await runVitest('unit');
  const window = build.failed > 0 ? { passed: 0, failed: 0, skipped: 1 } : await testWindow();
  const total = addTallies({ passed: checks.length - failedChecks, failed: failedChecks, skipped: 0 }, build, unit, window);
  for (const { name, isPassed } of checks) if (!isPassed) say(`FAIL  ${name}`);
  process.stdout.write(`${closingLine(total)}\n`);
  return total.failed > 0 || unit.passed === 0 || window.passed === 0 ? 1 : 0;
});
