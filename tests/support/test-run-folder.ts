import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string | null = null;

/** One folder for everything a test run leaves in the system's temporary folder: workers, and what they start, inherit it. */
export function setup(): void {
  folder = mkdtempSync(join(tmpdir(), 'palimpsest-tests-'));
  process.env['TMPDIR'] = folder;
}

export function teardown(): void {
  if (folder !== null) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
