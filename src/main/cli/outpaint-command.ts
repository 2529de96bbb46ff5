import type { Command } from 'commander';
import { LIMITS } from '../../shared/limits';
import { finishGenerateCommand, type CommandContext } from './generate-command';
import { addImageFlags, addMaskEdgeFlags } from './generate-flags';
import { oneOf, wholeNumber } from './parse-values';

export function addOutpaintCommand(program: Command, context: CommandContext): void {
  const growth = (flag: string) => wholeNumber({ flag, min: 0, max: LIMITS.side.max });
  const command = program.command('outpaint <prompt>').description('continue a picture beyond its edges');
  addMaskEdgeFlags(addImageFlags(command))
    .option('--left <px>', 'pixels to add', growth('--left'))
    .option('--right <px>', 'pixels to add', growth('--right'))
    .option('--top <px>', 'pixels to add', growth('--top'))
    .option('--bottom <px>', 'pixels to add', growth('--bottom'))
    .option('--fill <kind>', 'what the new area holds before denoising: edge, mirror, noise or solid', oneOf('--fill', ['edge', 'mirror', 'noise', 'solid']), 'edge');
  finishGenerateCommand(command, 'outpaint', context);
}
