import { Command, CommanderError } from 'commander';
import { StudioError } from '../../shared/errors';
import { addCreditsCommand } from './credits-command';
import { addGalleryCommand } from './gallery-command';
import type { CommandContext } from './generate-command';
import { addImg2ImgCommand } from './img2img-command';
import { addInpaintCommand } from './inpaint-command';
import { addModelsCommand } from './models-command';
import { addOutpaintCommand } from './outpaint-command';
import { findProgramRoot } from './program-root';
import { addResizeCommand } from './resize-command';
import { addTxt2ImgCommand } from './txt2img-command';
import { addUpscaleCommand } from './upscale-command';
import { addWatermarkCommand } from './watermark-command';

const EXIT_FAILED = 1;
/** 128 + SIGINT, as shells count. */
const EXIT_CANCELLED = 130;

function createProgram(context: CommandContext): Command {
  const program = new Command('palimpsest')
    .description('Make and edit pictures with local diffusion models; the same engine as the studio, without a window.')
    .version(findProgramRoot(import.meta.dirname).version)
    .exitOverride()
    .showSuggestionAfterError(false);
  addTxt2ImgCommand(program, context);
  addImg2ImgCommand(program, context);
  addInpaintCommand(program, context);
  addOutpaintCommand(program, context);
  addModelsCommand(program, context);
  addCreditsCommand(program, context);
  addWatermarkCommand(program, context);
  addUpscaleCommand(program, context);
  addResizeCommand(program, context);
  addGalleryCommand(program, context);
  return program;
}

/** The first line alone: a cause's text may run over several. */
const firstLine = (text: string): string => text.split('\n')[0] ?? text;

/** @returns the exit code; every failure has been said in one sentence on stderr */
async function run(argv: readonly string[], signal: AbortSignal): Promise<number> {
  const warn = (line: string): void => void process.stderr.write(`${line}\n`);
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  try {
    await createProgram({ signal, print, warn }).parseAsync(argv);
    return 0;
  } catch (caught) {
    // commander has already printed its own sentence, or the help that was asked for.
    if (caught instanceof CommanderError) return caught.exitCode;
    const error = StudioError.fromCaught(caught);
    if (signal.aborted || error.code === 'cancelled') return EXIT_CANCELLED;
    warn(`error: ${firstLine(error.message)}`);
    return EXIT_FAILED;
  }
}

const controller = new AbortController();
const cancel = (): void => {
  // A second Ctrl+C does not wait for the running step.
  if (controller.signal.aborted) process.exit(EXIT_CANCELLED);
  controller.abort();
};
process.on('SIGINT', cancel);
process.on('SIGTERM', cancel);
// A reader that closes its end early (`| head -1`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : EXIT_FAILED));

process.exitCode = await run(process.argv, controller.signal);
