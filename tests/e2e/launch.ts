import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { findElectron } from '../../scripts/electron-runtime.mjs';

const repoRoot = resolve(import.meta.dirname, '../..');
const shotsFolder = join(import.meta.dirname, '.shots');

export interface LaunchOptions {
  /** Keep and reuse a data folder, e.g. to see what a restart finds; a fresh temporary one otherwise. */
  readonly dataDir?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Studio {
  readonly app: ElectronApplication;
  readonly window: Page;
  readonly dataDir: string;
  /** What the main process wrote so far on stdout and stderr. */
  output(): string;
  /** Ends the studio; a data folder that this launch made is removed. */
  close(): Promise<void>;
}

/**
 * Opens the built studio in a real Electron window.
 * @throws when no window appears within 30 s; the message carries what the main process wrote.
 */
export async function launchStudio(options: LaunchOptions = {}): Promise<Studio> {
  const { executable } = await findElectron();
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'palimpsest-e2e-'));
  const app = await _electron.launch({
    executablePath: executable,
    args: ['--no-sandbox', repoRoot, '--data-dir', dataDir, ...(options.args ?? [])],
    env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:', ...options.env },
    timeout: 30_000,
  });
  let output = '';
  const collect = (chunk: Buffer): void => void (output += chunk.toString());
  app.process().stdout?.on('data', collect);
  app.process().stderr?.on('data', collect);
  const close = async (): Promise<void> => {
    await app.close();
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const window = await app.firstWindow({ timeout: 30_000 });
    await window.waitForLoadState('domcontentloaded');
    return { app, window, dataDir, output: () => output, close };
  } catch (cause) {
    await close();
    throw new Error(`The studio opened no window; it wrote: ${output}`, { cause });
  }
}

/** Saves what the window shows as `tests/e2e/.shots/<name>.png`, for people to look at. */
export async function screenshot(window: Page, name: string): Promise<string> {
  mkdirSync(shotsFolder, { recursive: true });
  const path = join(shotsFolder, `${name}.png`);
  await window.screenshot({ path });
  return path;
}
