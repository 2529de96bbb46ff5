import type { Command } from 'commander';
import type { GenerateTask } from '../engine/engine';
import { addSharedFlags, type GenerateFlags } from './generate-flags';
import { runGeneration } from './run-generation';

/** What the commands need from the process they run in. */
export interface CommandContext {
  readonly signal: AbortSignal;
  print(line: string): void;
  warn(line: string): void;
}

/** Finishes one generating command: the shared flags, and the same way to run it and to print what came of it. */
export function finishGenerateCommand(command: Command, kind: GenerateTask['kind'], context: CommandContext): void {
  addSharedFlags(command).action(async (prompt: string, flags: GenerateFlags) => {
    const report = await runGeneration({ kind, prompt, flags, signal: context.signal, warn: context.warn });
    if (flags.json === true) context.print(JSON.stringify(report));
    else for (const file of report.files) context.print(file);
    for (const warning of report.warnings) context.warn(warning);
  });
}
