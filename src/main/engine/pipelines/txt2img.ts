import type { Picture, Run } from '../run-context';
import { decode } from '../stages/decode';
import { denoise } from '../stages/denoise';
import { encodePrompt } from '../stages/encode-prompt';
import { enlarge } from '../stages/enlarge';
import { releaseParts } from '../stages/load-part';
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
  for (const picture of pictures) {
    run.beginPicture(picture.index);
    const initial = scaledNoise(drawNoise(run, picture, size), schedule);
    const latents = await denoise(run, { picture, schedule, guidance, initial });
    await releaseParts(run, [layout.denoiser.part]);
    const image = await decode(run, latents);
    await releaseParts(run, [layout.vae.decoder.part]);
    await run.finish(picture, await enlarge(run, image));
  }
}
