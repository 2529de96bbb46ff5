/** The value of `--data-dir DIR` or `--data-dir=DIR` among Electron's own switches; undefined when absent. */
export function dataDirFrom(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((arg) => arg === '--data-dir' || arg.startsWith('--data-dir='));
  const arg = argv[at];
  if (arg === undefined) return undefined;
  return arg.includes('=') ? arg.slice(arg.indexOf('=') + 1) : argv[at + 1];
}
