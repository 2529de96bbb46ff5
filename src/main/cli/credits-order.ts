import type { PriceRequest } from '../../shared/pricing/price-of';
import { priceRequestOf, type PricedModel } from '../../shared/pricing/price-request';
import type { GenerateTask } from '../engine/engine';
import { readPictureSize } from '../engine/image/codec';

/** Pixels of the picture a task starts from, an outpaint's growth included. @throws StudioError when it cannot be read */
async function sourceSize({ imagePath, outpaint }: GenerateTask): Promise<{ readonly width: number; readonly height: number } | null> {
  if (imagePath === undefined) return null;
  const { width, height } = await readPictureSize(imagePath);
  const { left = 0, right = 0, top = 0, bottom = 0 } = outpaint ?? {};
  return { width: width + left + right, height: height + top + bottom };
}

/**
 * What a task's price depends on, as the studio would price the same request: a size that was asked for, else that of
 * the source, else the model's own.
 * @throws StudioError `image-missing` or `image-invalid` for a source that cannot be read
 */
export async function priceRequestOfTask(task: GenerateTask, model: PricedModel): Promise<PriceRequest> {
  const { kind, numInferenceSteps } = task;
  const source = await sourceSize(task);
  const size = { width: task.width ?? source?.width ?? model.nativeSize, height: task.height ?? source?.height ?? model.nativeSize, numInferenceSteps };
  if (kind === 'txt2img') return priceRequestOf({ kind, ...size, hires: task.upscaler != null }, model);
  if (kind === 'img2img') return priceRequestOf({ kind, ...size }, model);
  const request = priceRequestOf({ kind: 'inpaint', ...size, onlyMaskedPadding: task.onlyMaskedPadding ?? null }, model);
  return { ...request, tool: kind };
}
