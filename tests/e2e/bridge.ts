import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import type { Requests, RequestChannel, Result } from '../../src/shared/contract';
import type { JobEvent } from '../../src/shared/job';

/** Asks main over the page's own bridge, as the interface does; throws what main refuses. */
export async function ask<C extends RequestChannel>(page: Page, channel: C, input: Requests[C]['input']): Promise<Requests[C]['output']> {
  const answer = await page.evaluate(
    ([name, value]) => (window as unknown as { studio: { request(c: unknown, i: unknown): Promise<unknown> } }).studio.request(name, value),
    [channel, input] as const,
  );
  const result = answer as Result<Requests[C]['output']>;
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

interface Recording {
  readonly studio: { on(topic: string, listener: (event: JobEvent) => void): void };
  recorded: JobEvent[];
}

/** From now on the page keeps every job event (without previews) for `jobEvents`. */
export async function recordJobEvents(page: Page): Promise<void> {
  await page.evaluate(() => {
    const place = window as unknown as Recording;
    place.recorded = [];
    place.studio.on('jobs.event', (event) => place.recorded.push(event));
  });
}

export const jobEvents = (page: Page): Promise<readonly JobEvent[]> => page.evaluate(() => (window as unknown as Recording).recorded);

/** A data folder with one tiny model of the user's in it. */
export function dataFolderWithTinyModel(): { readonly dataDir: string; remove(): void } {
  const dataDir = mkdtempSync(join(tmpdir(), 'palimpsest-e2e-'));
  mkdirSync(join(dataDir, 'models'));
  cpSync(resolve(import.meta.dirname, '../fixtures/models/tiny-sd15'), join(dataDir, 'models', 'tiny-sd15'), { recursive: true });
  // A killed studio's child processes may still close their files for a moment.
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }) };
}
