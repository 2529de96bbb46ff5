/**
 * Textual inversion: learned word vectors that stand for a name in the prompt. This file reads them and spells the
 * name as token ids; putting the vectors behind those ids in the text encoder is the encoder's work.
 */
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { StudioError } from '../../../shared/errors';
import type { Tokenizer } from '../tokenizer/tokenizer';
import { readSafetensors, type SafeTensor } from './safetensors';

export interface WordVectors {
  /** Vectors, each of which takes one token. */
  readonly count: number;
  /** Width of the text encoder they belong to: 768 CLIP-L, 1024 OpenCLIP-H, 1280 bigG. */
  readonly dimension: number;
  /** [count * dimension] */
  readonly data: Float32Array;
}

export interface TextualInversion {
  /** What is written in the prompt: the file's name without its ending. */
  readonly name: string;
  /** One set per text encoder: SD 1 and 2 have one, SDXL two. */
  readonly vectors: readonly WordVectors[];
}

function toWordVectors(tensor: SafeTensor, fileName: string): WordVectors {
  const [count, dimension] = tensor.shape.length === 1 ? [1, tensor.shape[0]] : tensor.shape;
  if (tensor.shape.length > 2 || count === undefined || dimension === undefined || count < 1 || dimension < 1) {
    throw new StudioError('model-invalid', `The embedding ${fileName} has the shape [${tensor.shape.join(', ')}], where [vectors, width] is expected.`);
  }
  return { count, dimension, data: tensor.data };
}

/**
 * Takes the tensors of an embedding file apart: `emb_params`, or `clip_l` with `clip_g`, or one tensor of any name.
 * @throws StudioError `model-invalid` when the tensors are none of these or disagree in their number of vectors
 */
export function parseTextualInversion(fileName: string, tensors: ReadonlyMap<string, SafeTensor>): TextualInversion {
  const known = ['emb_params', 'clip_l', 'clip_g'].flatMap((key) => tensors.get(key) ?? []);
  const used = known.length > 0 ? known : tensors.size === 1 ? [...tensors.values()] : [];
  if (used.length === 0) {
    throw new StudioError('model-invalid', `The file ${fileName} is no textual inversion: expected emb_params, or clip_l and clip_g, but received ${[...tensors.keys()].slice(0, 4).join(', ') || 'nothing'}.`);
  }
  const vectors = used.map((tensor) => toWordVectors(tensor, fileName));
  if (new Set(vectors.map((set) => set.count)).size > 1) {
    throw new StudioError('model-invalid', `The embedding ${fileName} has another number of vectors for each text encoder, so its tokens cannot line up.`);
  }
  return { name: basename(fileName, extname(fileName)), vectors };
}

/** @throws StudioError `model-missing`, `model-invalid` or `model-unsupported` (a `.pt` file is a program, not data) */
export async function readTextualInversion(path: string): Promise<TextualInversion> {
  const fileName = basename(path);
  if (extname(path).toLowerCase() !== '.safetensors') {
    throw new StudioError('model-unsupported', `The embedding ${fileName} is no .safetensors file; other formats can run code and are not opened.`);
  }
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (caught) {
    throw new StudioError('model-missing', `The embedding ${path} cannot be read; check that it is still there.`, { cause: caught });
  }
  return parseTextualInversion(fileName, readSafetensors(bytes, fileName));
}

/** The vectors for a text encoder of this width, or `null` where the embedding was made for other models. */
export function vectorsFor(inversion: TextualInversion, dimension: number): WordVectors | null {
  return inversion.vectors.find((set) => set.dimension === dimension) ?? null;
}

export interface Placeholder {
  readonly name: string;
  /** One id per vector. */
  readonly ids: readonly number[];
}

/**
 * Gives each embedding its ids in order.
 * @param ids rows of the token table that may be replaced; at least as many as there are vectors
 */
export function assignPlaceholders(inversions: readonly TextualInversion[], ids: readonly number[]): Placeholder[] {
  let next = 0;
  return inversions.map(({ name, vectors }) => {
    const start = next;
    next += vectors[0]?.count ?? 0;
    return { name, ids: ids.slice(start, next) };
  });
}

/** A whole word in any case; longer names first, so that `cat-toy` is not read as `cat`. */
function wordPattern(names: readonly string[]): RegExp {
  const sources = [...names].sort((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}_])(${sources.join('|')})(?![\\p{L}\\p{N}_])`, 'iu');
}

/** Whether a text writes the embedding's name. */
export const mentions = (text: string, name: string): boolean => name !== '' && wordPattern([name]).test(text);

/** The same tokenizer, which spells each placeholder's name (as a whole word, in any case) with its ids. */
export function withPlaceholders(tokenizer: Tokenizer, placeholders: readonly Placeholder[]): Tokenizer {
  if (placeholders.length === 0) return tokenizer;
  const byName = new Map(placeholders.map((placeholder) => [placeholder.name.toLowerCase(), placeholder.ids]));
  const pattern = wordPattern([...byName.keys()]);
  return {
    ...tokenizer,
    encode: (text) => text.split(pattern).flatMap((part, i) => (i % 2 === 1 ? (byName.get(part.toLowerCase()) ?? []) : tokenizer.encode(part))),
  };
}
