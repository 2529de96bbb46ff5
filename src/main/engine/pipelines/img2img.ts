import { resizeToMode } from '../image/resize';
import type { Picture, Run } from '../run-context';
import { denoise } from '../stages/denoise';
import { encodeImage, samplePosterior, toPlanes } from '../stages/encode-image';
import { encodePrompt } from '../stages/encode-prompt';
import { releaseParts } from '../stages/load-part';
import { makePictures } from '../stages/make-pictures';
import { drawNoise, noisedLatents, resolveSize } from '../stages/prepare-latents';
import { createSchedule } from '../stages/schedule';
import { readSource, workingSize } from '../stages/source-image';

const DEFAULT_STRENGTH = 0.8;

/** Image to image: the picture's latents, brought to the noise level at which the last `strength` of the schedule starts. */
export async function img2img(run: Run, pictures: readonly Picture[]): Promise<void> {
  const { layout, parts } = run.model;
  const source = await readSource(run);
  const size = resolveSize(run, workingSize(run, source));
  parts.plan(layout, size.width * size.height);
  const schedule = createSchedule(run, size, run.task.strength ?? DEFAULT_STRENGTH);
  const encoded = await encodeImage(run, toPlanes(resizeToMode(source, size, 'default')));
  if (layout.vae.encoder !== null) await releaseParts(run, [layout.vae.encoder.part]);
  const guidance = await encodePrompt(run, size);
  await releaseParts(run, layout.textEncoders.map(({ part }) => part));
  await makePictures(run, pictures, {
    latentsOf(picture) {
      const original = samplePosterior(run, picture, encoded);
      const noise = drawNoise(run, picture, size);
      return denoise(run, { picture, schedule, guidance, initial: noisedLatents(original, noise, schedule) });
    },
  });
}
