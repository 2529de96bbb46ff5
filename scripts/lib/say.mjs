/** A failure that is told to a person as one sentence; every script ends on it with exit code 1 and no stack trace. */
export class Sentence extends Error {}

/**
 * Progress goes to stderr, because stdout belongs to the command line's own output (`--json`).
 * @param {string} line
 */
export const say = (line) => void process.stderr.write(`${line}\n`);

/**
 * Runs a script's main function and turns whatever it throws into one sentence and exit code 1.
 * @param {() => Promise<number | void>} main resolves to the exit code, nothing means 0
 */
export function runMain(main) {
  main().then(
    (code) => {
      process.exitCode = code ?? 0;
    },
    (/** @type {unknown} */ caught) => {
      say(oneSentence(caught));
      process.exitCode = 1;
    },
  );
}

/**
 * The first line of a failure's text, without the stack.
 * @param {unknown} caught
 * @returns {string}
 */
export function oneSentence(caught) {
  const text = caught instanceof Error ? caught.message : String(caught);
  return text.split('\n')[0]?.trim() || 'Something failed without saying why.';
}
