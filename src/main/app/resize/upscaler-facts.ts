import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UpscalerTraits, UPSCALER_QUESTIONS } from '../../../shared/resize/upscaler';
import type { UpscalerDescription } from '../../engine/engine';
import { readJson } from '../../files/read-json';
import { writeAtomically } from '../../files/write-file';

const Known = z.object({
  size: z.int(),
  modifiedMs: z.number(),
  description: z.object({
    scale: z.int(),
    tile: z.int(),
    context: z.int(),
    traits: UpscalerTraits,
    multipleOf: z.int(),
    fixedSide: z.int().nullable(),
    questions: z.array(z.enum(UPSCALER_QUESTIONS)),
    diskBytes: z.int(),
    sha256: z.string(),
  }),
});
const Memory = z.object({ version: z.literal(1), graphs: z.record(z.string(), Known), seconds: z.record(z.string(), z.number()) });
type Memory = z.infer<typeof Memory>;

/** What probes have found out and runs have measured on this machine, in one file that may be deleted. */
export interface UpscalerMemory {
  /** From memory while the file is the same, else by a probe. @throws StudioError of the probe. */
  describe(graphPath: string): Promise<UpscalerDescription>;
  /** Seconds for a million source pixels; null until one has been run. */
  pace(graphPath: string): Promise<number | null>;
  learn(graphPath: string, run: { readonly megapixels: number; readonly seconds: number }): Promise<void>;
}

/** Weight of the newest run: neighbours on the machine come and go. */
const NEWEST = 0.5;

export function createUpscalerMemory({ file, probe }: { readonly file: string; probe(path: string): Promise<UpscalerDescription> }): UpscalerMemory {
  let memory: Promise<Memory> | null = null;
  let writes: Promise<void> = Promise.resolve();
  const read = (): Promise<Memory> =>
    (memory ??= readJson(file).then((json) => Memory.safeParse(json).data ?? { version: 1, graphs: {}, seconds: {} }));
  const update = async (change: (before: Memory) => Memory): Promise<void> => {
    const next = change(await read());
    memory = Promise.resolve(next);
    // One after another; what cannot be remembered is found out again.
    writes = writes.then(() => writeAtomically(file, JSON.stringify(next))).catch(() => undefined);
    await writes;
  };
  return {
    describe: async (graphPath) => {
      const { size, mtimeMs } = await stat(graphPath);
      const known = (await read()).graphs[graphPath];
      if (known?.size === size && known.modifiedMs === mtimeMs) return known.description;
      const description = await probe(graphPath);
      const entry = { size, modifiedMs: mtimeMs, description: { ...description, questions: [...description.questions] } };
      await update((before) => ({ ...before, graphs: { ...before.graphs, [graphPath]: entry } }));
      return description;
    },
    pace: async (graphPath) => (await read()).seconds[graphPath] ?? null,
    learn: (graphPath, { megapixels, seconds }) =>
      update((before) => {
        const measured = seconds / megapixels;
        const old = before.seconds[graphPath];
        return { ...before, seconds: { ...before.seconds, [graphPath]: old === undefined ? measured : NEWEST * measured + (1 - NEWEST) * old } };
      }),
  };
}

/** Beside the network, so that it goes along when the file is copied: what a person has told about it. */
const answersPath = (graphPath: string): string => `${graphPath}.palimpsest.json`;

const Answers = z.object({ traits: UpscalerTraits });

export const readAnswers = async (graphPath: string): Promise<UpscalerTraits | null> => Answers.safeParse(await readJson(answersPath(graphPath))).data?.traits ?? null;

/** @throws StudioError `storage-failed` */
export const writeAnswers = (graphPath: string, traits: UpscalerTraits): Promise<void> => writeAtomically(answersPath(graphPath), `${JSON.stringify({ traits }, null, 2)}\n`);

/** What a maker tells in `upscaler.json` beside the graph. */
const Manifest = z.object({
  name: z.union([z.string(), z.object({ en: z.string(), nl: z.string().optional() })]).optional(),
  description: z.object({ en: z.string(), nl: z.string().optional() }).optional(),
  licence: z.string().optional(),
});

export interface UpscalerManifest {
  readonly name: string;
  readonly description: Readonly<Record<'en' | 'nl', string>>;
  readonly licence: string;
}

export async function readManifest(folder: string, fallbackName: string): Promise<UpscalerManifest> {
  const { name, description, licence } = Manifest.safeParse(await readJson(join(folder, 'upscaler.json'))).data ?? {};
  return {
    name: (typeof name === 'string' ? name : name?.en) ?? fallbackName,
    description: { en: description?.en ?? '', nl: description?.nl ?? description?.en ?? '' },
    licence: licence ?? '',
  };
}
