import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeImage } from '../../../src/main/engine/image/codec';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';
import { classifierInput, PictureClassifier } from '../../../src/main/engine/safety/classifier';
import type { PictureScores } from '../../../src/shared/moderation/moderation';

const ROOT = resolve(import.meta.dirname, '../../..');
const CLASSIFIER = join(ROOT, 'resources/models/classifiers/nsfw-mobilenet-v2');
/** Written by training/classifier_golden.mjs from the original. */
const golden = JSON.parse(readFileSync(join(ROOT, 'tests/fixtures/golden/classifier.json'), 'utf8')) as { readonly pictures: Readonly<Record<string, PictureScores>> };

describe('the picture check', () => {
  const classifier = new PictureClassifier(ortRuntime());
  afterAll(() => classifier.release());

  it.each(Object.entries(golden.pictures))('says of %s what the original says, within 0.0001', async (path, wanted) => {
    const { width, height, data } = await decodeImage(join(ROOT, path));
    const scores = await classifier.classify(CLASSIFIER, { width, height, data });
    for (const [name, share] of Object.entries(wanted)) expect(Math.abs(scores[name as keyof PictureScores] - share)).toBeLessThan(1e-4);
  });

  it('takes a picture of one pixel', () => {
    const input = classifierInput({ width: 1, height: 1, data: Uint8Array.of(255, 0, 51) });
    expect([input[0], input[224 * 224], input[2 * 224 * 224]].map((value) => value?.toFixed(2))).toEqual(['1.00', '0.00', '0.20']);
  });

  it('names the file when it is missing, and can be asked again', async () => {
    const broken = new PictureClassifier(ortRuntime());
    const image = { width: 8, height: 8, data: new Uint8Array(192) };
    await expect(broken.classify('/nowhere/check', image)).rejects.toMatchObject({ code: 'model-missing' });
    expect((await broken.classify(CLASSIFIER, image)).neutral).toBeGreaterThan(0);
    await broken.release();
  });
});
