import { spawn } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll } from 'vitest';
import { ensureBuilt } from '../../scripts/lib/fresh.mjs';
import { tempFolder } from '../support/temp-folder';

const ROOT = resolve(import.meta.dirname, '../..');
const CLI = join(ROOT, 'out/main/cli.js');
export const FIXTURES = join(ROOT, 'tests/fixtures');
export const model = (name: string): string => join(FIXTURES, 'models', name);

/** Whoever uses the studio on this machine does not find the tests' runs in their account. */
const NO_DATA = join(tmpdir(), 'palimpsest-no-data-folder');

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliRun {
  readonly done: Promise<CliResult>;
  /** Sends a signal once stderr has said this. */
  signalAfter(text: string, signal: NodeJS.Signals): void;
}

/** The command line is tested as it is shipped: the built file, in plain Node, as a process of its own. */
export const useBuiltCli = (): void => void beforeAll(ensureBuilt, 300_000);

export function startCli(args: readonly string[], { env = {} }: { readonly env?: NodeJS.ProcessEnv } = {}): CliRun {
  const child = spawn(process.execPath, [CLI, ...args], { cwd: ROOT, env: { ...process.env, XDG_DATA_HOME: NO_DATA, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  let trigger: { readonly text: string; readonly signal: NodeJS.Signals } | null = null;
  const check = (): void => {
    if (trigger === null || !stderr.includes(trigger.text)) return;
    child.kill(trigger.signal);
    trigger = null;
  };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
    check();
  });
  const done = new Promise<CliResult>((settle, reject) => {
    child.on('error', reject);
    child.on('close', (code) => settle({ code, stdout, stderr }));
  });
  return {
    done,
    signalAfter: (text, signal) => {
      trigger = { text, signal };
      check();
    },
  };
}

export const runCli = (args: readonly string[]): Promise<CliResult> => startCli(args).done;

/** A copy of a tiny model that a test may damage; gone when the test ends. */
export function copyModel(name: string): string {
  const folder = join(tempFolder(), name);
  cpSync(model(name), folder, { recursive: true });
  return folder;
}

/** A copy of a tiny model with another scheduler_config.json. */
export function modelWithScheduler(name: string, scheduler: { readonly class: string; readonly config: Readonly<Record<string, unknown>> }): string {
  const folder = copyModel(name);
  writeFileSync(join(folder, 'scheduler/scheduler_config.json'), JSON.stringify({ _class_name: scheduler.class, ...scheduler.config }));
  return folder;
}

/** A 64x64 picture in a moment: the least that still runs every stage. */
export const QUICK = ['--model', model('tiny-sd15'), '--steps', '2', '--seed', '3', '--width', '64', '--height', '64'] as const;
