import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A colour on its way from one theme to the other is no colour of ours; what turns for ever is not waited for. */
const settle = (window: Page): Promise<unknown> =>
  window.evaluate(() => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    return Promise.allSettled(ending.map((animation) => animation.finished)).then(() => undefined);
  });

/** What axe calls serious or critical, as one line per rule. */
export async function seriousProblems(window: Page): Promise<readonly string[]> {
  await settle(window);
  await window.evaluate(AXE);
  const violations = await window.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof axeCore };
    const { violations: found } = await axe.run(document, { resultTypes: ['violations'] });
    return found.map(({ id, impact, nodes }) => ({ id, impact, html: nodes.map((node) => node.html) }));
  });
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, html }) => `${id}: ${html.join(' ')}`);
}
