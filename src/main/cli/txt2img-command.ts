import type { Command } from 'commander';
import { finishGenerateCommand, type CommandContext } from './generate-command';

export function addTxt2ImgCommand(program: Command, context: CommandContext): void {
  finishGenerateCommand(program.command('txt2img <prompt>').description('make a picture from words'), 'txt2img', context);
}
