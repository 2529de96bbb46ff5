import type { Command } from 'commander';
import type { CommandContext } from './generate-command';
import { oneOf } from './parse-values';
import { resizeFiles, type UpscaleFlags } from './resize-command';
import { addSizeFlags } from './size-flags';

const parseRange = (text: string): 1 | 255 => (oneOf('--range', ['1', '255'])(text) === '1' ? 1 : 255);

/** `upscale`: enlarged by a network, then resampled to the very size. */
export function addUpscaleCommand(program: Command, context: CommandContext): void {
  addSizeFlags(program.command('upscale <files...>').description('enlarge pictures by a network; files, folders or patterns'))
    .option('--model <id|file>', "an upscaler's id, or an .onnx file (default: the fast one that ships with the program)")
    .option('--range <n>', 'largest value of a colour, 1 or 255, where the file does not tell', parseRange)
    .option('--order <order>', 'rgb or bgr, where the file does not tell', oneOf('--order', ['rgb', 'bgr']))
    .option('--layout <layout>', 'nchw or nhwc, where the file does not tell', oneOf('--layout', ['nchw', 'nhwc']))
    .action((patterns: string[], flags: UpscaleFlags) => resizeFiles(patterns, flags, { context, isByModel: true }));
}
