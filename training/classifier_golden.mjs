/**
 * What the original classifier says of some pictures of this repository, for tests/engine/safety/classifier.test.ts.
 * The original runs on TF.js, which is no dependency of ours: `npm install nsfwjs@4.3.0 @tensorflow/tfjs@4.22.0` in a
 * folder outside, then `node training/classifier_golden.mjs THAT/FOLDER`.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import sharp from 'sharp';

const ROOT = resolve(import.meta.dirname, '..');
const PICTURES = [
  'resources/icons/icon.png',
  'training/runs/first/at-016k.png',
  'tests/fixtures/golden/images/resize-in.png',
  'tests/fixtures/golden/images/tiled-decoded.png',
  'tests/fixtures/golden/images/overlay-gen.png',
  'tests/fixtures/golden/images/blur-in.png',
];

const load = createRequire(join(resolve(process.argv[2] ?? '.'), 'package.json'));
const tf = load('@tensorflow/tfjs');
const original = await load('nsfwjs').load('MobileNetV2');

/** @param {string} picture a path below the repository */
async function judge(picture) {
  const { data, info } = await sharp(join(ROOT, picture)).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const pixels = tf.tensor3d(new Int32Array(data), [info.height, info.width, 3], 'int32');
  const found = await original.classify(pixels, 5);
  pixels.dispose();
  return [picture, Object.fromEntries(found.map(({ className, probability }) => [className.toLowerCase(), probability]).sort())];
}

const golden = [];
for (const picture of PICTURES) golden.push(await judge(picture));
writeFileSync(join(ROOT, 'tests/fixtures/golden/classifier.json'), `${JSON.stringify({ source: 'nsfwjs@4.3.0 MobileNetV2 on tfjs 4.22.0', pictures: Object.fromEntries(golden) }, null, 2)}\n`);
