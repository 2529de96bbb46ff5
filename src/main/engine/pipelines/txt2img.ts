import type { Picture, Run } from '../run-context';
import { denoise } from '../stages/denoise';
import { encodePrompt } from '../stages/encode-prompt';
import { releaseParts } from '../stages/load-part';
import { makePictures } from '../stages/make-pictures';
import { drawNoise, resolveSize, scaledNoise } from '../stages/prepare-latents';
import { createSchedule } from '../stages/schedule';

/** Text to image: noise from each picture's own seed, denoised under the prompt, decoded. */
export async function txt2img(run: Run, pictures: readonly Picture[]): Promise<void> {
  const { layout, parts } = run.model;
  const size = resolveSize(run, null);
  parts.plan(layout, size.width * size.height);
  const schedule = createSchedule(run, size, 1);
  const guidance = await encodePrompt(run, size);
  await releaseParts(run, layout.textEncoders.map(({ part }) => part));
  await makePictures(run, pictures, {
    latentsOf: (picture) => denoise(run, { picture, schedule, guidance, initial: scaledNoise(drawNoise(run, picture, size), schedule) }),
  });
}
