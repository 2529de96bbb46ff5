/** `npm run check`: the gate that needs neither Electron's binary nor a display, a GPU or a network. */
import { ensureInstalled } from './lib/fresh.mjs';
import { runMain, say } from './lib/say.mjs';
import { runChecks, STATIC_CHECKS } from './lib/checks.mjs';
import { addTallies, closingLine, runVitest } from './lib/vitest.mjs';

runMain(async () => {
  await ensureInstalled();
  const checks = await runChecks(STATIC_CHECKS);
  const failed = checks.filter((check) => !check.isPassed).length;
  const tests = await runVitest('unit');
  if (tests.passed === 0) say('No test passed, so nothing was proved.');
  process.stdout.write(`${closingLine(addTallies(tests, { passed: checks.length - failed, failed, skipped: 0 }))}\n`);
  return failed + tests.failed > 0 || tests.passed === 0 ? 1 : 0;
});
