import type { Picture, Run } from '../run-context';
import { denoise } from './denoise';
import { encodePrompt } from './encode-prompt';
import { layBack } from './lay-back';
import { releaseParts } from './load-part';
import { makePictures } from './make-pictures';
import type { RepaintFrame } from './repaint-frame';
import { encodeRepaint, startRepaint } from './repaint-loop';
import { createSchedule } from './schedule';

/** Repaints the masked part of a framed picture; inpainting and outpainting differ only in how they make the frame. */
export async function repaint(run: Run, pictures: readonly Picture[], options: { readonly frame: RepaintFrame; readonly strength: number }): Promise<void> {
  const { layout, parts } = run.model;
  const { frame, strength } = options;
  parts.plan(layout, frame.size.width * frame.size.height);
  const schedule = createSchedule(run, frame.size, strength);
  const startsFromNoise = strength >= 1;
  const input = await encodeRepaint(run, frame, { startsFromNoise });
  if (layout.vae.encoder !== null) await releaseParts(run, [layout.vae.encoder.part]);
  const guidance = await encodePrompt(run, frame.size);
  await releaseParts(run, layout.textEncoders.map(({ part }) => part));
  await makePictures(run, pictures, {
    latentsOf: (picture) => denoise(run, { picture, schedule, guidance, ...startRepaint(run, picture, { input, schedule, startsFromNoise }) }),
    finish: (generated) => layBack(run, frame, generated),
  });
}
