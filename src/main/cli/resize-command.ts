import { join } from 'node:path';
import type { Command } from 'commander';
import { StudioError } from '../../shared/errors';
import { unknownTokens, NAME_TOKENS } from '../../shared/resize/name-pattern';
import type { UpscalerTraits } from '../../shared/resize/upscaler';
import { createUpscalerMemory } from '../app/resize/upscaler-facts';
import { createUpscalerRegistry, type ChosenUpscaler, type UpscalerRegistry } from '../app/resize/upscaler-registry';
import { findModel } from './find-model';
import { findUpscaler } from './find-upscaler';
import type { CommandContext } from './generate-command';
import { openWorkbench, type Workbench } from './open-engine';
import { createProgressLine } from './progress-line';
import { findProgramRoot } from './program-root';
import { findFiles, resizeOutput } from './resize-files';
import { resizeSettings } from './resize-settings';
import { runResize, type ResizeResultLine } from './run-resize';
import { addSizeFlags, type SizeFlags } from './size-flags';

/** Which network enlarges, and how it takes pixels where its file does not tell. */
export interface UpscaleFlags extends SizeFlags {
  readonly model?: string;
  readonly range?: UpscalerTraits['range'];
  readonly order?: UpscalerTraits['order'];
  readonly layout?: UpscalerTraits['layout'];
}

function openUpscalers({ engine, folders }: Workbench): UpscalerRegistry {
  const memory = createUpscalerMemory({ file: join(folders.root, 'cache', 'upscalers.json'), probe: (path) => engine.describeUpscaler(path) });
  return createUpscalerRegistry({ builtinFolder: join(findProgramRoot(import.meta.dirname).builtinModels, 'upscalers'), userFolder: folders.upscalers, memory });
}

function checkName(pattern: string): void {
  const unknown = unknownTokens(pattern);
  if (unknown.length > 0) throw new StudioError('invalid-request', `Expected --name to use ${NAME_TOKENS.map((token) => `{${token}}`).join(' ')} but received {${unknown[0]}}.`);
}

/** Says what is guessed about a network, so that a person can say better. */
function warnOfGuesses({ summary }: ChosenUpscaler, flags: UpscaleFlags, context: CommandContext): void {
  const guessed = summary.questions.filter((trait) => flags[trait] === undefined);
  if (guessed.length > 0) context.warn(`The file of ${summary.name} does not tell its ${guessed.join(' and ')}; taken as ${guessed.map((trait) => summary.traits[trait]).join(' and ')}, otherwise say ${guessed.map((trait) => `--${trait}`).join(', ')}.`);
}

function report(results: readonly ResizeResultLine[], context: CommandContext): void {
  const failed = results.filter(({ state }) => state === 'failed');
  if (failed.length === 0) return;
  for (const { error } of failed) context.warn(`error: ${error ?? ''}`);
  throw new StudioError('image-invalid', `${failed.length} of ${results.length} ${results.length === 1 ? 'picture' : 'pictures'} could not be resized.`);
}

function tell({ file, state, output, warnings }: ResizeResultLine, context: CommandContext): void {
  if (state === 'done') context.print(output ?? '');
  if (state === 'known') context.warn(`${file}: done before, as ${output ?? ''}`);
  if (state === 'exists') context.warn(`${file}: left alone, because ${output ?? ''} exists`);
  for (const warning of warnings) context.warn(`${file}: ${warning}`);
}

/**
 * Resizes the files that a command line names.
 * @param isByModel whether a network enlarges
 * @throws StudioError for flags, and at the end when files have failed
 */
export async function resizeFiles(patterns: readonly string[], flags: UpscaleFlags, { context, isByModel }: { readonly context: CommandContext; readonly isByModel: boolean }): Promise<void> {
  checkName(flags.name);
  const files = await findFiles(patterns);
  const { folder, output } = resizeOutput(flags, files);
  const bench = await openWorkbench(flags.dataDir);
  const line = createProgressLine(process.stderr, flags.verbose === true);
  try {
    const upscaler = isByModel ? await findUpscaler(flags, openUpscalers(bench)) : null;
    if (upscaler !== null) warnOfGuesses(upscaler, flags, context);
    const creative = flags.creative === undefined ? null : await findModel(flags.creative, bench);
    const settings = resizeSettings(flags, { upscaler: upscaler?.summary ?? null, creative });
    const drawing = settings.creative === null ? null : await bench.registry.find(settings.creative.modelId);
    const results = await runResize(
      { files, settings, resolved: { settings, upscaler, drawing }, folder, output },
      { bench, line, signal: context.signal, onResult: (result) => flags.json !== true && tell(result, context) },
    );
    if (flags.json === true) context.print(JSON.stringify({ outputFolder: folder, results }));
    report(results, context);
  } finally {
    line.clear();
    await bench.engine.release();
  }
}

/** `resize`: another size by resampling, cropping or padding. */
export function addResizeCommand(program: Command, context: CommandContext): void {
  addSizeFlags(program.command('resize <files...>').description('bring pictures to another size; files, folders or patterns')).action((patterns: string[], flags: SizeFlags) =>
    resizeFiles(patterns, flags, { context, isByModel: false }),
  );
}
