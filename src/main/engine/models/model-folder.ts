import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { StudioError } from '../../../shared/errors';
import { readOnnxFile, type OnnxFile } from '../runtime/onnx-file';
import { parseSchedulerConfig, type SchedulerConfig } from '../schedulers/scheduler-config';
import { readOptionalJson, readOptionalText, type JsonObject } from './json-file';

export const PART_NAMES = ['text_encoder', 'text_encoder_2', 'text_encoder_3', 'unet', 'transformer', 'vae_encoder', 'vae_decoder'] as const;
export type PartName = (typeof PART_NAMES)[number];

export const TEXT_PARTS = { 1: 'text_encoder', 2: 'text_encoder_2', 3: 'text_encoder_3' } as const satisfies Record<1 | 2 | 3, PartName>;
export type TextEncoderNumber = keyof typeof TEXT_PARTS;

/** One ONNX part of a model: a folder with a graph and, in newer exports, its diffusers config. */
export interface Part {
  readonly name: PartName;
  readonly config: JsonObject | null;
  readonly graph: OnnxFile;
}

/** A model folder in the diffusers/optimum layout as it lies on disk (ENGINE.md 1.1); nothing is loaded. */
export interface ModelFolder {
  readonly path: string;
  /** `_class_name` of model_index.json, where there is one. */
  readonly className: string | null;
  readonly index: JsonObject;
  readonly parts: Readonly<Partial<Record<PartName, Part>>>;
  /** Absolute folders by text encoder number, 1 to 3. */
  readonly tokenizers: Readonly<Partial<Record<TextEncoderNumber, string>>>;
  readonly scheduler: SchedulerConfig;
  /** palimpsest.json: what the makers say about the model (name, description, licence, defaults). */
  readonly manifest: JsonObject | null;
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** `model.onnx`, or the only graph of the folder under another name. */
function findGraph(folder: string): string | null {
  if (!isFolder(folder)) return null;
  const graphs = readdirSync(folder).filter((name) => name.endsWith('.onnx'));
  const name = graphs.includes('model.onnx') ? 'model.onnx' : graphs.length === 1 ? graphs[0] : undefined;
  return name === undefined ? null : join(folder, name);
}

function readPart(path: string, name: PartName): Part | null {
  const graphPath = findGraph(join(path, name));
  if (graphPath === null) return null;
  return { name, config: readOptionalJson(join(path, name, 'config.json'), `${name}/config.json`), graph: readOnnxFile(graphPath) };
}

function missing(path: string, what: string): StudioError {
  return new StudioError('model-missing', `${what} is missing from the model ${basename(path)}: download or export this model again.`, { details: { file: what, path } });
}

function readScheduler(path: string): SchedulerConfig {
  const file = 'scheduler/scheduler_config.json';
  const text = readOptionalText(join(path, file), file);
  if (text === null) throw missing(path, file);
  return parseSchedulerConfig(text);
}

function readParts(path: string): Partial<Record<PartName, Part>> {
  const parts: Partial<Record<PartName, Part>> = {};
  for (const name of PART_NAMES) {
    const part = readPart(path, name);
    if (part !== null) parts[name] = part;
  }
  return parts;
}

/** A component that model_index.json names, as a `[library, class]` pair rather than `[null, null]`. */
export function declares(index: JsonObject, component: string): boolean {
  const value = index[component];
  return Array.isArray(value) && typeof value[1] === 'string';
}

/**
 * Reads a model folder and checks that what every task needs is there: a denoiser, a VAE decoder, a text encoder
 * with its tokenizer and the scheduler's config.
 * @throws StudioError `model-missing` or `model-invalid` in one sentence with the file and the remedy
 */
export function readModelFolder(path: string): ModelFolder {
  if (!isFolder(path)) throw new StudioError('model-missing', `There is no model folder at ${path}: choose a folder that holds model_index.json.`, { details: { path } });
  const index = readOptionalJson(join(path, 'model_index.json'), 'model_index.json');
  const parts = readParts(path);
  if (index === null && Object.keys(parts).length === 0) {
    throw new StudioError('model-missing', `${basename(path)} is not a model folder: it holds neither model_index.json nor parts such as unet/model.onnx.`, { details: { path } });
  }
  if (parts.unet === undefined && parts.transformer === undefined) throw missing(path, 'unet/model.onnx');
  if (parts.vae_decoder === undefined) throw missing(path, 'vae_decoder/model.onnx');
  const tokenizers: Partial<Record<TextEncoderNumber, string>> = {};
  for (const number of [1, 2, 3] as const) {
    const suffix = number === 1 ? '' : `_${number}`;
    const isLoaded = parts[TEXT_PARTS[number]] !== undefined;
    // The T5 encoder of SD 3 may be left out on purpose; the others may not.
    if (!isLoaded && number < 3 && declares(index ?? {}, `text_encoder${suffix}`)) throw missing(path, `text_encoder${suffix}/model.onnx`);
    if (!isLoaded) continue;
    const folder = join(path, `tokenizer${suffix}`);
    if (!isFolder(folder)) throw missing(path, `tokenizer${suffix}`);
    tokenizers[number] = folder;
  }
  if (tokenizers[1] === undefined && tokenizers[2] === undefined) throw missing(path, 'text_encoder/model.onnx');
  return {
    path,
    className: typeof index?.['_class_name'] === 'string' ? index['_class_name'] : null,
    index: index ?? {},
    parts,
    tokenizers,
    scheduler: readScheduler(path),
    manifest: readOptionalJson(join(path, 'palimpsest.json'), 'palimpsest.json'),
  };
}

/** Changes when any file of the model changes, so that a loaded model is known to be the one on disk. */
export function folderSignature(path: string): string {
  const entries: string[] = [];
  const visit = (folder: string, depth: number): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const child = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (depth > 0) visit(child, depth - 1);
        continue;
      }
      const { size, mtimeMs } = statSync(child);
      entries.push(`${child}:${size}:${mtimeMs}`);
    }
  };
  if (isFolder(path)) visit(path, 1);
  return entries.sort().join('\n');
}
