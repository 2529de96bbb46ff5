/**
 * `node scripts/make-library.mjs DIR [COUNT]`: a data folder with COUNT (100,000) small pictures of random colours and
 * prompts, each with a whole recipe, in month folders as the studio makes them. For benchmarks; nothing of it is kept in
 * the repository. The same COUNT gives the same pictures.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { crc32, deflateSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const SUBJECTS = 'fox,castle,ship,dragon,apple,forest,robot,queen,city,mountain,owl,river,lighthouse,desert,garden,horse,violin,storm,comet,market'.split(',');
const STYLES = 'watercolour,oil painting,photograph,pencil sketch,woodcut,pixel art,poster,etching'.split(',');
const LIGHTS = 'at dawn,in moonlight,under stars,in fog,at noon,in autumn,after rain,by candlelight'.split(',');
const MODELS = [
  ['user:dreamshaper', 'DreamShaper 8', 'Stable Diffusion 1.x'],
  ['user:sdxl', 'SDXL base', 'Stable Diffusion XL'],
  ['user:juggernaut', 'Juggernaut XL', 'Stable Diffusion XL'],
  ['builtin:palimpsest-draw', 'Palimpsest Draw', 'Palimpsest Draw'],
];
const SIZES = [[512, 512], [512, 768], [768, 512], [640, 640], [832, 1216]].map(([width = 0, height = 0]) => ({ width, height }));
const SCHEDULERS = [['DPMSolverMultistepScheduler', 'DPM++ 2M Karras'], ['EulerDiscreteScheduler', 'Euler'], ['DDIMScheduler', 'DDIM']];
/** Pixels are few: a sixteenth of what the recipe says, so that a hundred thousand files fit on any disk. */
const SHRINK = 16;

/** @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  data.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)) >>> 0, 8 + data.length);
  return out;
}

/** @param {number} seed mulberry32 */
function random(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** @template T @param {readonly T[]} list @param {number} r @returns {T} */
const pick = (list, r) => /** @type {T} */ (list[Math.floor(r * list.length)]);

/** A picture of the library, whole, with the name it has in the pictures folder. @param {number} n */
function picture(n) {
  const next = random(n + 1);
  const hex = createHash('sha256').update(`library ${n}`).digest('hex');
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
  const { width, height } = pick(SIZES, next());
  const [modelId, name, family] = pick(MODELS, next());
  const [className, label] = pick(SCHEDULERS, next());
  const subject = pick(SUBJECTS, next());
  const prompt = `${pick(STYLES, next())} of a ${subject} and a ${pick(SUBJECTS, next())} ${pick(LIGHTS, next())}, highly detailed`;
  const seed = Math.floor(next() * 4294967296);
  // Three years, a quarter of an hour apart.
  const createdAt = new Date(Date.UTC(2024, 0, 1) + n * 900_000).toISOString();
  const recipe = {
    version: 1, app: { name: 'Palimpsest', version: '0.1.0' }, imageId: id, createdAt, kind: 'txt2img', model: { id: modelId, name, family },
    prompt, negativePrompt: 'blurry, low quality', width, height, numInferenceSteps: 20 + Math.floor(next() * 20), guidanceScale: 5 + Math.floor(next() * 8) / 2,
    scheduler: { className, label }, seed, secondsByStage: { denoising: 12.5, decoding: 0.8 }, peakMemoryBytes: 2_400_000_000, warnings: [],
  };
  const [w, h] = [Math.max(8, Math.round(width / SHRINK)), Math.max(8, Math.round(height / SHRINK))];
  const rows = Buffer.alloc(h * (1 + w * 3));
  const colour = [next() * 255, next() * 255, next() * 255, next() * 255, next() * 255, next() * 255];
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) for (let c = 0; c < 3; c++) rows[y * (1 + w * 3) + 1 + x * 3 + c] = (colour[c] ?? 0) * (x / w) + (colour[c + 3] ?? 0) * (y / h);
  }
  const ihdr = Buffer.alloc(13);
  ihdr.writeUInt32BE(w, 0);
  ihdr.writeUInt32BE(h, 4);
  ihdr.set([8, 2, 0, 0, 0], 8);
  const text = (/** @type {string} */ key, /** @type {string} */ value) => chunk('tEXt', Buffer.from(`${key}\0${value}`, 'latin1'));
  const parameters = `${prompt}\nNegative prompt: ${recipe.negativePrompt}\nSteps: ${recipe.numInferenceSteps}, Sampler: Euler, CFG scale: ${recipe.guidanceScale}, Seed: ${seed}, Size: ${width}x${height}, Model: ${name}`;
  const bytes = Buffer.concat([SIGNATURE, chunk('IHDR', ihdr), text('parameters', parameters), text('palimpsest', JSON.stringify(recipe)), chunk('IDAT', deflateSync(rows, { level: 1 })), chunk('IEND', Buffer.alloc(0))]);
  return { file: `${createdAt.slice(0, 7)}/${createdAt.replace(/[-:]/g, '').replace('T', '-').slice(0, 15)}-${seed}-${subject}.png`, bytes };
}

/** @param {string} folder @param {number} from @param {number} to */
function write(folder, from, to) {
  const made = new Set();
  for (let n = from; n < to; n++) {
    const { file, bytes } = picture(n);
    const month = file.slice(0, 7);
    if (!made.has(month)) mkdirSync(join(folder, month), { recursive: true });
    made.add(month);
    writeFileSync(join(folder, file), bytes);
  }
}

/** Writes the library in parallel. @param {string} dataDir @param {number} count */
export async function makeLibrary(dataDir, count) {
  const folder = join(dataDir, 'pictures');
  const workers = availableParallelism();
  await Promise.all(
    Array.from({ length: workers }, (_, part) => {
      const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { folder, from: Math.floor((count * part) / workers), to: Math.floor((count * (part + 1)) / workers) } });
      return new Promise((done, fail) => worker.once('exit', done).once('error', fail));
    }),
  );
}

if (!isMainThread && workerData?.folder !== undefined) write(workerData.folder, workerData.from, workerData.to);
else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [dataDir, count = '100000'] = process.argv.slice(2);
  if (dataDir === undefined) throw new Error('Usage: node scripts/make-library.mjs DIR [COUNT]');
  const started = performance.now();
  await makeLibrary(resolve(dataDir), Number(count));
  console.log(`${count} pictures in ${resolve(dataDir)}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
