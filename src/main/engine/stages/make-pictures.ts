import type { PixelImage } from '../image/pixel-image';
import type { Planes } from '../models/vae';
import type { Picture, Run } from '../run-context';
import { decode } from './decode';
import { enlarge } from './enlarge';
import { releaseParts } from './load-part';

/** What differs from one kind of picture to the next. */
export interface PictureWork {
  /** Denoised latents of one picture. */
  latentsOf(picture: Picture): Promise<Planes>;
  /** What is done with the decoded picture before it is enlarged. */
  finish?(decoded: PixelImage): PixelImage;
}

/**
 * Denoises, decodes and hands out the pictures of a request. Each is finished before the next is begun where all parts
 * stay in memory; where they take turns, all are denoised first, so that denoiser and decoder are loaded once.
 */
export async function makePictures(run: Run, pictures: readonly Picture[], work: PictureWork): Promise<void> {
  const { layout, parts } = run.model;
  const rounds = parts.isResident ? pictures.map((picture) => [picture]) : [pictures];
  for (const round of rounds) {
    const denoised: { readonly picture: Picture; readonly latents: Planes }[] = [];
    for (const picture of round) {
      run.beginPicture(picture.index);
      denoised.push({ picture, latents: await work.latentsOf(picture) });
    }
    await releaseParts(run, [layout.denoiser.part]);
    for (const { picture, latents } of denoised) {
      const decoded = await decode(run, latents);
      await run.finish(picture, await enlarge(run, work.finish?.(decoded) ?? decoded));
    }
    await releaseParts(run, [layout.vae.decoder.part]);
  }
}
