import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StudioError } from '../../../shared/errors';
import { UpscalerId, type UpscalerSummary, type UpscalerTraits } from '../../../shared/resize/upscaler';
import type { UpscalerUse } from '../../engine/engine';
import { readAnswers, readManifest, writeAnswers, type UpscalerMemory } from './upscaler-facts';

/** An upscaler that can be run. */
export interface ChosenUpscaler {
  readonly summary: UpscalerSummary;
  readonly use: UpscalerUse;
  readonly sha256: string;
  /** Folder that its manifest lies in, for its licence. */
  readonly folder: string;
}

export interface UpscalerRegistry {
  /** Reads both folders. */
  list(): Promise<readonly UpscalerSummary[]>;
  /** @throws StudioError `model-missing`, or `model-invalid` with its own problem */
  find(id: UpscalerId): Promise<ChosenUpscaler>;
  /** One that lies anywhere: a graph, or a folder with `model.onnx`. @throws StudioError of its reading */
  openFile(path: string): Promise<ChosenUpscaler>;
  /** Remembers what a person told. @throws StudioError `storage-failed` */
  answer(id: UpscalerId, traits: UpscalerTraits): Promise<void>;
  /** Remembers how long a run took here. */
  learn(graphPath: string, run: { readonly megapixels: number; readonly seconds: number }): Promise<void>;
}

export interface UpscalerRegistryOptions {
  readonly builtinFolder: string;
  readonly userFolder: string;
  readonly memory: UpscalerMemory;
}

interface Found {
  readonly id: UpscalerId;
  readonly name: string;
  readonly graphPath: string;
  readonly isBuiltin: boolean;
}

const GRAPH = /\.onnx$/i;
const UNKNOWN = { scale: 1, tile: 1, context: 0, traits: { layout: 'nchw', range: 1, order: 'rgb' }, questions: [], diskBytes: 0 } as const;

/** Graphs of a folder: files of their own, and folders with `model.onnx`. */
async function graphsIn(folder: string, kind: 'builtin' | 'user'): Promise<readonly Found[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => {
    if (entry.name.startsWith('.')) return [];
    const path = join(folder, entry.name);
    const isGraph = entry.isFile() && GRAPH.test(entry.name);
    const inner = join(path, 'model.onnx');
    const graphPath = isGraph ? path : !entry.isFile() && existsSync(inner) ? inner : null;
    const id = UpscalerId.safeParse(`${kind}:${entry.name}`);
    return graphPath === null || !id.success ? [] : [{ id: id.data, name: entry.name.replace(GRAPH, ''), graphPath, isBuiltin: kind === 'builtin' }];
  });
}

/** @throws StudioError `model-missing` */
function fileAt(path: string): Found {
  const name = basename(path).replace(GRAPH, '');
  const graphPath = GRAPH.test(path) ? path : join(path, 'model.onnx');
  if (!existsSync(graphPath)) throw new StudioError('model-missing', `There is no upscaler at ${path}; give an .onnx file, or an id.`, { details: { path } });
  return { id: UpscalerId.parse(`user:${name}`), name, graphPath, isBuiltin: false };
}

/** Finds networks that enlarge and tells what each one is: by its file, by a small run, or by what a person said. */
export function createUpscalerRegistry({ builtinFolder, userFolder, memory }: UpscalerRegistryOptions): UpscalerRegistry {
  const findAll = async (): Promise<readonly Found[]> => {
    await mkdir(userFolder, { recursive: true }).catch(() => undefined);
    return [...(await graphsIn(builtinFolder, 'builtin')), ...(await graphsIn(userFolder, 'user'))];
  };

  const open = async ({ id, name, graphPath, isBuiltin }: Found): Promise<ChosenUpscaler> => {
    const folder = dirname(graphPath);
    const [description, answers, manifest, pace] = await Promise.all([
      memory.describe(graphPath),
      isBuiltin ? null : readAnswers(graphPath),
      // A lone file in the common folder has no manifest of its own.
      folder === userFolder ? { name, description: { en: '', nl: '' }, licence: '' } : readManifest(folder, name),
      memory.pace(graphPath),
    ]);
    const { scale, tile, context, multipleOf, fixedSide, questions, diskBytes, sha256 } = description;
    const traits = answers ?? description.traits;
    return {
      summary: { id, builtin: isBuiltin, ...manifest, scale, tile, context, traits, questions: answers === null ? questions : [], diskBytes, secondsPerMegapixel: pace, problem: null },
      use: { path: graphPath, traits, tile, context, multipleOf, fixedSide },
      sha256,
      folder,
    };
  };

  const summarise = (found: Found): Promise<UpscalerSummary> =>
    open(found).then(
      ({ summary }) => summary,
      (caught: unknown) => ({
        id: found.id,
        name: found.name,
        builtin: found.isBuiltin,
        description: { en: '', nl: '' },
        licence: '',
        ...UNKNOWN,
        secondsPerMegapixel: null,
        problem: StudioError.fromCaught(caught).message,
      }),
    );

  const locate = async (id: UpscalerId): Promise<Found> => {
    const found = (await findAll()).find((candidate) => candidate.id === id);
    if (found !== undefined) return found;
    throw new StudioError('model-missing', `The upscaler ${id} is not in its folder any more; choose another one.`, { details: { upscaler: id } });
  };

  return {
    // One after another: probes share the processor.
    list: async () => {
      const summaries: UpscalerSummary[] = [];
      for (const found of await findAll()) summaries.push(await summarise(found));
      return summaries;
    },
    find: async (id) => open(await locate(id)),
    openFile: async (path) => open(fileAt(path)),
    answer: async (id, traits) => {
      const { graphPath, isBuiltin } = await locate(id);
      if (isBuiltin) throw new StudioError('invalid-request', 'Nothing is to be told about an upscaler that ships with the program.');
      await writeAnswers(graphPath, traits);
    },
    learn: (graphPath, run) => memory.learn(graphPath, run),
  };
}
