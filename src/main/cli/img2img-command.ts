import type { Command } from 'commander';
import { finishGenerateCommand, type CommandContext } from './generate-command';
import { addImageFlags } from './generate-flags';

export function addImg2ImgCommand(program: Command, context: CommandContext): void {
  const command = program.command('img2img <prompt>').description('make a picture from words and another picture');
  finishGenerateCommand(addImageFlags(command), 'img2img', context);
}
