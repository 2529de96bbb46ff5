import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Sentence } from './say.mjs';

/** The repository's root, wherever the script was started from. */
export const ROOT = resolve(import.meta.dirname, '../..');

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] laid over this process's environment
 * @property {import('node:child_process').StdioOptions} [stdio] default: output collected
 * @property {number} [timeoutMs] the process and its children are killed after this time
 *
 * @typedef {object} RunResult
 * @property {number} code exit code; 128 for a process ended by a signal or by the time limit
 * @property {string} stdout
 * @property {string} stderr
 * @property {boolean} isTimedOut
 */

/**
 * Runs a program to its end and never rejects for a non-zero exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>} rejects with a Sentence when the program cannot be started
 */
export function run(command, args, options = {}) {
  return new Promise((done, reject) => {
    const hasLimit = options.timeoutMs !== undefined;
    const child = spawn(command, args, {
      cwd: options.cwd ?? ROOT,
      env: { ...process.env, ...options.env },
      stdio: options.stdio ?? ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that the time limit ends grandchildren too.
      detached: hasLimit && process.platform !== 'win32',
    });
    const output = { stdout: '', stderr: '' };
    let isTimedOut = false;
    const timer = hasLimit ? setTimeout(() => ((isTimedOut = true), killGroup(child)), options.timeoutMs) : undefined;
    child.stdout?.setEncoding('utf8').on('data', (chunk) => (output.stdout += chunk));
    child.stderr?.setEncoding('utf8').on('data', (chunk) => (output.stderr += chunk));
    child.on('error', (cause) => {
      clearTimeout(timer);
      reject(new Sentence(`Expected to start "${command}" but it failed: ${cause.message}.`, { cause }));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      done({ code: code ?? 128, isTimedOut, ...output });
    });
  });
}

/** @param {import('node:child_process').ChildProcess} child */
function killGroup(child) {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}

/**
 * Runs npm's ordinary client: the one that started this script, or the one beside this Node, or the one on the path.
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function npm(args, options = {}) {
  const beside = join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js');
  const script = [process.env['npm_execpath'], beside].find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
  return script === undefined
    ? run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options)
    : run(process.execPath, [script, ...args], options);
}

/**
 * The last line of a program's output that says something, for a sentence about its failure.
 * @param {RunResult} result
 */
export function lastLine(result) {
  const lines = `${result.stdout}\n${result.stderr}`.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').at(-1) ?? `exit code ${result.code}`;
}
