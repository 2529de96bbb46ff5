import type { DifferenceAnswer, DifferenceQuestion } from './difference-messages';
import { differenceOf } from './kernels/difference';

/** A difference of 1 in 255 is invisible; eight times stronger one sees where it is. */
const GAIN = 8;

async function pixelsOf(url: string, { width, height }: DifferenceQuestion): Promise<ImageData> {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (context === null) throw new Error('This window has no canvas');
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}

async function answer(question: DifferenceQuestion): Promise<DifferenceAnswer> {
  const [a, b] = await Promise.all(question.urls.map((url) => pixelsOf(url, question)));
  if (a === undefined || b === undefined) return { ok: false };
  const { pixels, changed, largest } = differenceOf(a.data, b.data, GAIN);
  return { ok: true, bitmap: await createImageBitmap(new ImageData(pixels, question.width, question.height)), changed, largest };
}

addEventListener('message', ({ data }: MessageEvent<DifferenceQuestion>) => {
  answer(data)
    .catch((): DifferenceAnswer => ({ ok: false }))
    .then((result) => { postMessage(result, { transfer: result.ok ? [result.bitmap] : [] }); })
    .catch(() => undefined);
});
