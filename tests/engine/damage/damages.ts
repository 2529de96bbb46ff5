import { copyFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One way to spoil a copy of a model. `harmless`: the reference format does without this file, so a picture is right. */
export interface Damage {
  readonly name: string;
  readonly harmless: boolean;
  /** @param folder the copy; @param model where whole models lie */
  readonly apply: (folder: string, model: (name: string) => string) => void;
}

const GRAPHS = ['text_encoder', 'unet', 'vae_encoder', 'vae_decoder'].map((part) => `${part}/model.onnx`);

const damage = (name: string, apply: Damage['apply'], harmless = false): Damage => ({ name, apply, harmless });

const zero = (path: string, from: number, to: number): void => {
  const bytes = readFileSync(path);
  const size = statSync(path).size;
  bytes.fill(0, Math.floor(size * from), Math.floor(size * to));
  writeFileSync(path, bytes);
};

/** A file cut to each multiple of 1/parts of its size, from nothing on. */
const cuts = (file: string, parts: number): Damage[] =>
  Array.from({ length: parts }, (_, i) => damage(`${file} cut at ${i}/${parts}`, (folder) => truncateSync(join(folder, file), Math.floor((statSync(join(folder, file)).size * i) / parts))));

const zeroes = (file: string): Damage[] =>
  [[0, 1], [0, 0.01], [0, 0.5], [0.5, 1], [0.3, 0.6], [0.9, 1]].map(([from = 0, to = 1]) => damage(`${file} zeros from ${from} to ${to}`, (folder) => zero(join(folder, file), from, to)));

const texts = (file: string): Damage[] =>
  ['<!doctype html><p>Not found</p>', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 335\n', '\u0000'].map((text, i) => damage(`${file} replaced by text ${i}`, (folder) => writeFileSync(join(folder, file), text)));

const swaps: Damage[] = GRAPHS.flatMap((to) =>
  GRAPHS.filter((from) => from !== to).map((from) => damage(`${to} replaced by ${from}`, (folder, model) => copyFileSync(join(model('tiny-sd15'), from), join(folder, to)))),
);

const FOREIGN = [
  ['tiny-sd21-v', 'unet/model.onnx'], ['tiny-sdxl', 'unet/model.onnx'], ['tiny-sd15-inpaint', 'unet/model.onnx'], ['tiny-gpu-only', 'unet/model.onnx'],
  ['tiny-sd21-v', 'text_encoder/model.onnx'], ['tiny-sd3', 'vae_decoder/model.onnx'], ['tiny-sd3', 'vae_encoder/model.onnx'],
] as const;

const foreign: Damage[] = FOREIGN.map(([from, file]) => damage(`${file} from ${from}`, (folder, model) => copyFileSync(join(model(from), file), join(folder, file))));

const missing = (file: string, harmless = false): Damage => damage(`${file} missing`, (folder) => rmSync(join(folder, file)), harmless);

const JSON_FILES = ['model_index.json', 'scheduler/scheduler_config.json', 'unet/config.json', 'text_encoder/config.json', 'vae_encoder/config.json', 'vae_decoder/config.json', 'tokenizer/tokenizer_config.json', 'tokenizer/vocab.json'];
/** The engine reads these for what the graphs do not say, and the legacy layout has none. */
const OPTIONAL = new Set(['model_index.json', 'unet/config.json', 'text_encoder/config.json', 'vae_encoder/config.json', 'vae_decoder/config.json', 'tokenizer/tokenizer_config.json']);

const wrongJson = (file: string): Damage[] => [
  ...[1, 2, 3].map((part) => damage(`${file} cut at ${part}/4`, (folder) => truncateSync(join(folder, file), Math.floor((statSync(join(folder, file)).size * part) / 4)))),
  ...['', '[]', 'null', '{"a": }', '42'].map((text) => damage(`${file} is ${text === '' ? 'empty' : text}`, (folder) => writeFileSync(join(folder, file), text))),
  missing(file, OPTIONAL.has(file)),
];

const SCHEDULER_KEYS: readonly Readonly<Record<string, unknown>>[] = [
  { _class_name: 'NobodysScheduler' }, { _class_name: 7 }, { beta_schedule: 'cubic' }, { beta_start: 'a little' }, { prediction_type: 'guess' },
  { timestep_spacing: 'random' }, { num_train_timesteps: 'many' }, { steps_offset: [] }, { trained_betas: 'none' }, { skip_prk_steps: 'perhaps' },
];

const wrongScheduler: Damage[] = SCHEDULER_KEYS.map((keys) =>
  damage(`scheduler_config.json with ${JSON.stringify(keys)}`, (folder) => {
    const path = join(folder, 'scheduler/scheduler_config.json');
    writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), ...keys }));
  }),
);

const merges: Damage[] = [...cuts('tokenizer/merges.txt', 4), ...zeroes('tokenizer/merges.txt'), ...zeroes('tokenizer/vocab.json'), ...texts('tokenizer/merges.txt').slice(0, 2), missing('tokenizer/merges.txt')];

/** Systematic damage to a copy of tiny-sd15: every graph, every text file, cut, zeroed, replaced, swapped or gone. */
export const DAMAGES: readonly Damage[] = [
  ...GRAPHS.flatMap((file) => [...cuts(file, 11), ...zeroes(file), ...texts(file), missing(file, file === 'vae_encoder/model.onnx')]),
  ...swaps,
  ...foreign,
  ...JSON_FILES.flatMap(wrongJson),
  ...wrongScheduler,
  ...merges,
];
