import { assertNever } from '../../shared/errors';
import type { CallName, Calls, HostCommand } from '../engine-protocol';
import type { Engine } from '../engine/engine';
import { convertPicture } from './convert-picture';
import { writeThumbnail } from './thumbnail';

type CallCommand = Extract<HostCommand, { type: 'call' }>;

/** @throws StudioError of the work itself; the host sends it back as data. */
export async function answerCall(command: CallCommand, getEngine: () => Promise<Engine>): Promise<Calls[CallName]['output']> {
  switch (command.name) {
    case 'describe':
      return (await getEngine()).describeModel(command.input.modelPath);
    case 'convert':
      await convertPicture(command.input);
      return null;
    case 'thumbnail':
      await writeThumbnail(command.input.source, command.input.target);
      return null;
    default:
      return assertNever(command);
  }
}
