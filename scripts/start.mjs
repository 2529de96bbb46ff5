/**
 * `npm start`: installs, builds and opens the studio. With arguments it is the command line. Without a display it
 * makes one demo picture and says how to get the window.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findElectron, sandboxArgs } from './electron-runtime.mjs';
import { ensureBuilt, ensureInstalled } from './lib/fresh.mjs';
import { lastLine, ROOT, run } from './lib/run.mjs';
import { runMain, say, Sentence } from './lib/say.mjs';
import { hasDisplay, installCommand, missingPackages, missingPackagesOf, thisSystem } from './lib/system-libraries.mjs';

const CLI = join(ROOT, 'out/main/cli.js');
const DEMO_PROMPT = 'a red apple';

/**
 * The command line in plain Node, on this terminal's own streams.
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code
 */
function runCommandLine(args) {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], { stdio: 'inherit' });
    // Ctrl+C reaches the child through the terminal; this process waits so that it can pass on the exit code.
    const forward = (/** @type {NodeJS.Signals} */ signal) => void (signal === 'SIGTERM' && child.kill(signal));
    process.on('SIGINT', forward).on('SIGTERM', forward);
    child.on('error', reject);
    child.on('close', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

/**
 * Says why there is no window and makes one picture instead.
 * @param {string} why one sentence
 * @param {readonly string[]} packages Debian packages that are missing
 */
async function demoInstead(why, packages) {
  say(why);
  const result = await run(process.execPath, [CLI, 'txt2img', DEMO_PROMPT, '--json']);
  if (result.code !== 0) {
    say(howToGetTheWindow(packages));
    throw new Sentence(`The demo picture could not be made: ${lastLine(result).replace(/^error: /, '')}`);
  }
  process.stdout.write(`${JSON.parse(result.stdout).file}\n`);
  say(`Above: the demo picture "${DEMO_PROMPT}". More: npm start -- txt2img "your words"`);
  say(howToGetTheWindow(packages));
  return 0;
}

/** @param {readonly string[]} packages */
function howToGetTheWindow(packages) {
  const need = packages.length === 0 ? '' : `install the missing packages with: ${thisSystem().isDebian ? installCommand(packages) : packages.join(' ')}; then `;
  return `For the window, ${need}start it in a desktop session, or without a screen by: xvfb-run -a npm start`;
}

/** Lines of Chromium and GLib about services that a small system lacks; they tell a user nothing. */
const NOISE = /ERROR:(bus|env|object_proxy|viz_main_impl|gpu_|command_buffer|gl_|angle_|vaapi|sandbox_linux)|GLib-GIO|dconf|libva error|DevTools listening/;

/** @returns {Promise<{ code: number, hasNoServer: boolean }>} */
async function openWindow() {
  const { executable } = await findElectron();
  const packages = await missingPackagesOf(executable);
  if (packages.length > 0) {
    return { code: await demoInstead(`Electron cannot start because the system lacks ${packages.join(', ')}; here is a picture instead.`, packages), hasNoServer: false };
  }
  return new Promise((done, reject) => {
    const child = spawn(executable, [...sandboxArgs(), ROOT], { stdio: ['inherit', 'inherit', 'pipe'] });
    let hasNoServer = false;
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (line.includes('Missing X server')) hasNoServer = true;
      else if (!NOISE.test(line) && line.trim() !== '') say(line);
    });
    process.on('SIGTERM', () => child.kill('SIGTERM')).on('SIGINT', () => undefined);
    child.on('error', reject);
    child.on('close', (code) => done({ code: code ?? 1, hasNoServer }));
  });
}

runMain(async () => {
  const args = process.argv.slice(2);
  await ensureInstalled();
  await ensureBuilt();
  if (args.length > 0) return runCommandLine(args);
  if (!hasDisplay()) {
    return demoInstead('There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so here is a picture instead of the window.', await missingPackages({ isVirtual: true }));
  }
  const { code, hasNoServer } = await openWindow();
  if (hasNoServer) return demoInstead(`The display "${process.env['DISPLAY']}" does not answer, so here is a picture instead of the window.`, []);
  return code;
});
