import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { ImageId, type JobId } from '../../shared/ids';
import type { Recipe } from '../../shared/recipe';
import type { FinishedImage, GenerateTask } from '../engine/engine';
import { encodePng } from '../engine/image/codec';
import { markPicture } from '../engine/watermark/marks';
import type { Provenance } from '../engine-protocol';
import { makeRecipe } from '../files/make-recipe';
import { withPngText } from '../files/png-text';
import { recipeTexts } from '../files/recipe-text';
import { makeFolder } from '../files/make-folder';
import { moveIntoPlace, writeAtomically, writeStaged } from '../files/write-file';
import type { OutputTarget } from './output-target';

export interface SaveContext {
  readonly task: GenerateTask;
  readonly target: OutputTarget;
  readonly appVersion: string;
  readonly model: Recipe['model'];
  readonly upscalerName: string | null;
  readonly licences: Recipe['licences'];
  readonly provenance: Provenance;
  /** The run's account; null = it is not counted. */
  readonly jobId: JobId | null;
}

/**
 * Writes a finished picture with its recipe inside; the file appears whole or not at all.
 * @returns its absolute path
 * @throws StudioError `storage-failed`
 */
export async function savePicture(finished: FinishedImage, { task, target, appVersion, model, upscalerName, jobId, licences, provenance }: SaveContext): Promise<string> {
  const imageId = ImageId.parse(randomUUID());
  const recipe = makeRecipe(task, finished, { imageId, jobId: jobId ?? undefined, appVersion, createdAt: new Date(), model, upscalerName, licences });
  const { width, height, data } = provenance.watermark ? markPicture(finished.image) : finished.image;
  const bytes = withPngText(await encodePng({ width, height, channels: 3, data }), recipeTexts(recipe, provenance.sourceType));
  const wanted = target.fileFor({ index: finished.index, count: task.count, recipe });
  makeFolder(dirname(wanted));
  if (target.isReplacing) {
    await writeAtomically(wanted, bytes);
    return wanted;
  }
  // The same folder as the result, so that the move into place is one step.
  const staged = join(dirname(wanted), `.${basename(wanted)}.${imageId}.tmp`);
  await writeStaged(staged, bytes);
  return moveIntoPlace(staged, wanted);
}
