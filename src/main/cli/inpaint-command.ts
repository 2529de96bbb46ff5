import type { Command } from 'commander';
import { finishGenerateCommand, type CommandContext } from './generate-command';
import { addImageFlags, addMaskEdgeFlags } from './generate-flags';
import { wholeNumber } from './parse-values';

export function addInpaintCommand(program: Command, context: CommandContext): void {
  const command = program.command('inpaint <prompt>').description('repaint the white part of a mask');
  addMaskEdgeFlags(addImageFlags(command))
    .requiredOption('--mask <file>', 'a picture of the same size; white is repainted, grey in part')
    .option('--only-masked', "work on the mask's surroundings alone, at the model's own size")
    .option('--padding <px>', 'margin around the mask; implies --only-masked (default: 32)', wholeNumber({ flag: '--padding', min: 0, max: 1024 }));
  finishGenerateCommand(command, 'inpaint', context);
}
