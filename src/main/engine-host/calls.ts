import { assertNever } from '../../shared/errors';
import type { CallName, Calls, HostCommand } from '../engine-protocol';
import type { Engine } from '../engine/engine';
import { decodeImage, encodePng } from '../engine/image/codec';
import { packDocument, unpackDocument } from '../files/document-archive';
import { writeAtomically } from '../files/write-file';
import { comparePictures } from './compare-pictures';
import { convertPicture } from './convert-picture';
import { addToExport, closeExport, openExport } from './export-session';
import { inspectPicture, measurePicture } from './inspect-picture';
import { cancelPreview, previewResize } from './preview-resize';
import { readLook, writeThumbnail } from './thumbnail';

type CallCommand = Extract<HostCommand, { type: 'call' }>;

/** @throws StudioError of the work itself; the host sends it back as data. */
export async function answerCall(command: CallCommand, getEngine: () => Promise<Engine>): Promise<Calls[CallName]['output']> {
  switch (command.name) {
    case 'describe':
      return (await getEngine()).describeModel(command.input.modelPath);
    case 'convert':
      await convertPicture(command.input);
      return null;
    case 'normalise':
      await writeAtomically(command.input.target, await encodePng(await decodeImage(command.input.source)));
      return null;
    case 'packDocument':
      await packDocument(command.input);
      return null;
    case 'unpackDocument':
      return unpackDocument(command.input);
    case 'describeUpscaler':
      return (await getEngine()).describeUpscaler(command.input.path);
    case 'inspectPicture':
      return inspectPicture(command.input.path);
    case 'measurePicture':
      return measurePicture(command.input.path);
    case 'previewResize':
      return previewResize(command.input, await getEngine());
    case 'cancelPreview':
      cancelPreview(command.input.previewId);
      return null;
    case 'openExport':
      await openExport(command.input);
      return null;
    case 'addToExport':
      await addToExport(command.input);
      return null;
    case 'closeExport':
      await closeExport(command.input);
      return null;
    case 'look':
      return readLook(command.input);
    case 'comparePictures':
      return comparePictures(command.input);
    case 'thumbnail':
      return writeThumbnail(command.input);
    default:
      return assertNever(command);
  }
}
