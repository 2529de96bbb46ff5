import type { Command } from 'commander';
import { resolve } from 'node:path';
import type { CommandContext } from './generate-command';

/** `watermark read FILE`: whether a picture carries a mark that is known. */
export function addWatermarkCommand(program: Command, context: CommandContext): void {
  program
    .command('watermark')
    .description('the invisible mark in the pixels of a picture')
    .command('read <file>')
    .description('which known mark a picture carries, if any')
    .option('--json', 'print one line of JSON')
    .action(async (file: string, { json }: { readonly json?: boolean }) => {
      const [{ decodeImage }, { findMark }] = await Promise.all([import('../engine/image/codec'), import('../engine/watermark/marks')]);
      const { width, height, data } = await decodeImage(resolve(file));
      const mark = findMark({ width, height, data });
      if (json === true) return context.print(JSON.stringify({ mark }));
      context.print(mark === null ? 'No known mark.' : `${mark.name}: ${mark.agreeing} of ${mark.bits} bits agree.`);
    });
}
