import { join } from 'node:path';
import { StudioError } from '../../shared/errors';
import { firedRules, type PictureScores } from '../../shared/moderation/moderation';
import type { Recipe } from '../../shared/recipe';
import type { OutputPlan, StagedImage } from '../engine-protocol';
import type { FinishedImage, GenerateTask, RgbImage } from '../engine/engine';
import { encodePng } from '../engine/image/codec';
import { markPicture } from '../engine/watermark/marks';
import { makeRecipe } from '../files/make-recipe';
import { withPngText } from '../files/png-text';
import { recipeTexts } from '../files/recipe-text';
import { writeStaged } from '../files/write-file';

type Classify = (folder: string, image: RgbImage) => Promise<PictureScores>;

interface Judged {
  readonly moderation: Recipe['moderation'];
  readonly warnings: readonly string[];
}

/** What the checks say of a picture; nothing where none was asked. A check that fails must not cost the picture: it says so. */
async function judge(image: RgbImage, moderation: OutputPlan['moderation'], classify: Classify): Promise<Judged> {
  if (moderation === undefined) return { moderation, warnings: [] };
  const { prompt, picture: check } = moderation;
  if (check === null) return { moderation: { prompt: [...prompt], picture: null }, warnings: [] };
  const { classifier, folder, thresholds } = check;
  try {
    const scores = await classify(folder, image);
    return { moderation: { prompt: [...prompt], picture: { classifier, scores, thresholds, fired: firedRules(scores, thresholds) } }, warnings: [] };
  } catch (caught) {
    return { moderation: { prompt: [...prompt], picture: null }, warnings: [`The picture was not checked: ${StudioError.fromCaught(caught).message}`] };
  }
}

/**
 * Writes one finished picture with its recipe inside into the staging folder, flushed to disk.
 * Moving it into the gallery is main's work: the rename there is the commit mark.
 */
export async function stageImage(run: {
  readonly task: GenerateTask;
  readonly finished: FinishedImage;
  readonly output: OutputPlan;
  readonly classify: Classify;
}): Promise<StagedImage> {
  const { task, finished, output, classify } = run;
  const imageId = output.imageIds[finished.index];
  if (imageId === undefined) throw new StudioError('internal', `Expected an id for picture ${finished.index} but received ${output.imageIds.length} ids.`);
  const { moderation, warnings } = await judge(finished.image, output.moderation, classify);
  const recipe = makeRecipe(task, { ...finished, warnings: [...finished.warnings, ...warnings] }, {
    imageId,
    jobId: output.jobId,
    appVersion: output.appVersion,
    createdAt: new Date(),
    model: output.model,
    upscalerName: output.upscalerName,
    edit: output.edit,
    licences: output.licences,
    moderation,
  });
  const stagedPath = join(output.stagingFolder, `${imageId}.png`);
  const { width, height, data } = output.provenance?.watermark === true ? markPicture(finished.image) : finished.image;
  const png = await encodePng({ width, height, channels: 3, data });
  await writeStaged(stagedPath, withPngText(png, recipeTexts(recipe, output.provenance?.sourceType)));
  return { imageId, stagedPath, recipe, width, height };
}
