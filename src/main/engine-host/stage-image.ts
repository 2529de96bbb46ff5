import { join } from 'node:path';
import { StudioError } from '../../shared/errors';
import type { OutputPlan, StagedImage } from '../engine-protocol';
import type { FinishedImage, GenerateTask } from '../engine/engine';
import { encodePng } from '../engine/image/codec';
import { makeRecipe } from '../files/make-recipe';
import { withPngText } from '../files/png-text';
import { recipeTexts } from '../files/recipe-text';
import { writeStaged } from '../files/write-file';
import { writeThumbnail } from './thumbnail';

/**
 * Writes one finished picture with its recipe inside into the staging folder, flushed to disk.
 * Moving it into the gallery is main's work: the rename there is the commit mark.
 */
export async function stageImage(run: {
  readonly task: GenerateTask;
  readonly finished: FinishedImage;
  readonly output: OutputPlan;
}): Promise<StagedImage> {
  const { task, finished, output } = run;
  const imageId = output.imageIds[finished.index];
  if (imageId === undefined) throw new StudioError('internal', `Expected an id for picture ${finished.index} but received ${output.imageIds.length} ids.`);
  const recipe = makeRecipe(task, finished, {
    imageId,
    jobId: output.jobId,
    appVersion: output.appVersion,
    createdAt: new Date(),
    model: output.model,
    upscalerName: output.upscalerName,
    edit: output.edit,
  });
  const stagedPath = join(output.stagingFolder, `${imageId}.png`);
  const { width, height, data } = finished.image;
  const png = await encodePng({ width, height, channels: 3, data });
  await writeStaged(stagedPath, withPngText(png, recipeTexts(recipe)));
  await writeThumbnail(stagedPath, join(output.thumbnailFolder, `${imageId}.webp`));
  return { imageId, stagedPath, recipe, width, height };
}
