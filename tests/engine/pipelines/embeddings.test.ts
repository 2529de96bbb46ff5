import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EmbeddingFile, GenerateTask } from '../../../src/main/engine/engine';
import { FileWindow } from '../../../src/main/engine/runtime/file-window';
import { readOnnxFile } from '../../../src/main/engine/runtime/onnx-file';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';
import type { InferenceRuntime } from '../../../src/main/engine/runtime/runtime';
import { findTokenTable } from '../../../src/main/engine/runtime/token-table';
import { fromFloat16 } from '../../../src/main/engine/tensor/float16';
import { loadTokenizer } from '../../../src/main/engine/tokenizer/load-tokenizer';
import { f32, safetensors, type Entry } from '../../support/safetensors';
import { tempFolder } from '../../support/temp-folder';
import { modelPath, runTask } from './run-task';

/** The rows that a word takes in an encoder's table, read where the graph's own declarations say they lie. */
async function rowsOf(model: string, { encoder, tokenizer }: { readonly encoder: string; readonly tokenizer: string }, word: string): Promise<Entry> {
  const path = join(modelPath(model), encoder, 'model.onnx');
  const table = findTokenTable(path);
  const stored = readOnnxFile(path).weights.find(({ name }) => name === table?.name);
  if (table === null || stored === undefined) throw new Error('no table');
  const ids = (await loadTokenizer(join(modelPath(model), tokenizer))).encode(word);
  const file = new FileWindow(stored.path);
  const size = stored.length / table.rows;
  const bytes = Buffer.concat(ids.map((id) => file.read(stored.offset + id * size, size)));
  file.close();
  const buffer = Uint8Array.from(bytes).buffer;
  return f32([ids.length, table.width], [...(table.type === 'float32' ? new Float32Array(buffer) : fromFloat16(new Uint16Array(buffer)))]);
}

function embedding(name: string, tensors: Readonly<Record<string, Entry>>): EmbeddingFile {
  const path = join(tempFolder(), `${name}.safetensors`);
  writeFileSync(path, safetensors(tensors));
  return { token: name, path, isRequired: true };
}

async function latentsOf(task: Partial<GenerateTask>, runtime: InferenceRuntime = ortRuntime()): Promise<readonly Float32Array[]> {
  const steps: Float32Array[] = [];
  await runTask({ numInferenceSteps: 2, ...task }, { runtime, onLatents: (_, latents) => steps.push(latents.slice()) });
  return steps;
}

const FIRST = { encoder: 'text_encoder', tokenizer: 'tokenizer' } as const;
const SECOND = { encoder: 'text_encoder_2', tokenizer: 'tokenizer_2' } as const;
const WORD = 'watercolour';

describe('an embedding', () => {
  it.each(['tiny-sd15', 'tiny-sd15-fp16', 'tiny-sd15-legacy', 'tiny-sd21-v'])('that holds the rows of a known word is that word in %s', async (model) => {
    const own = embedding('my-style', { emb_params: await rowsOf(model, FIRST, WORD) });
    const task = { modelPath: modelPath(model), negativePrompt: 'blurry' };
    const expected = await latentsOf({ ...task, prompt: `a fox, (${WORD}:1.2) in snow`, negativePrompt: `blurry ${WORD}` });
    const actual = await latentsOf({ ...task, prompt: 'a fox, (My-Style:1.2) in snow', negativePrompt: 'blurry my-style', embeddings: [own] });
    expect(expected.length).toBeGreaterThan(2);
    expect(actual).toEqual(expected);
  });

  it('reaches both encoders and the pooled vector of SDXL', async () => {
    const model = 'tiny-sdxl';
    const own = embedding('pair', { clip_l: await rowsOf(model, FIRST, WORD), clip_g: await rowsOf(model, SECOND, WORD) });
    const task = { modelPath: modelPath(model), embeddings: [own] };
    expect(await latentsOf({ ...task, prompt: 'a pair fox' })).toEqual(await latentsOf({ ...task, prompt: `a ${WORD} fox` }));
  });

  it('changes the picture when it holds other numbers, beside a second one', async () => {
    const rows = await rowsOf('tiny-sd15', FIRST, WORD);
    const known = embedding('known', { emb_params: rows });
    const other = embedding('other', { emb_params: f32([1, 32], Array.from({ length: 32 }, (_, i) => Math.sin(i))) });
    const [both, swapped, word] = [
      await latentsOf({ prompt: 'known other', embeddings: [known, other] }),
      await latentsOf({ prompt: 'known other', embeddings: [other, known] }),
      await latentsOf({ prompt: `${WORD} fox` }),
    ];
    expect(both).toEqual(swapped);
    expect(both.at(-1)).not.toEqual(word.at(-1));
  });

  it('leaves the graph alone where the prompt does not name it, and takes the place of the plain graph where it does', async () => {
    const own = embedding('mine', { emb_params: await rowsOf('tiny-sd15', FIRST, 'fox') });
    const inner = ortRuntime();
    const changed: boolean[] = [];
    const runtime: InferenceRuntime = {
      choice: () => inner.choice(),
      load: (path, options) => {
        if (path.includes('text_encoder')) changed.push(options.content !== undefined);
        return inner.load(path, options);
      },
    };
    await latentsOf({ prompt: 'a miner', embeddings: [own] }, runtime);
    await latentsOf({ prompt: 'a mine', embeddings: [own] }, runtime);
    expect(changed).toEqual([false, true]);
  });

  it('is named by the run, and one that was only found and does not fit is read as plain words', async () => {
    const fitting = embedding('mine', { emb_params: await rowsOf('tiny-sd15', FIRST, 'fox') });
    const wide = { ...embedding('wide', { emb_params: f32([1, 5], [1, 2, 3, 4, 5]) }), isRequired: false };
    const { result } = await runTask({ prompt: 'a wide mine', embeddings: [fitting, wide] });
    expect(result).toMatchObject({ embeddings: ['mine'], warnings: ['The embedding wide was made for another kind of model, so its name was read as plain words.'] });
    expect(await latentsOf({ prompt: 'a wide fox', embeddings: [wide] })).toEqual(await latentsOf({ prompt: 'a wide fox' }));
  });

  it('of another width, of a model without a table, or that is gone is refused in one sentence', async () => {
    const wide = embedding('wide', { emb_params: f32([1, 5], [1, 2, 3, 4, 5]) });
    await expect(runTask({ prompt: 'a wide fox', embeddings: [wide] })).rejects.toMatchObject({
      code: 'invalid-request',
      message: 'The embedding wide holds vectors of 5 numbers where text_encoder/model.onnx takes 32: it was made for another kind of model, so take it out of the prompt or choose such a model.',
    });
    const builtin = join(import.meta.dirname, '../../../resources/models/palimpsest-draw');
    await expect(runTask({ modelPath: builtin, prompt: 'a wide fox', embeddings: [wide], width: 128, height: 128 })).rejects.toMatchObject({
      code: 'model-unsupported',
      message: 'text_encoder/model.onnx hides its table of words, so embeddings cannot be used with this model: take wide out of the prompt.',
    });
    await expect(runTask({ prompt: 'gone', embeddings: [{ token: 'gone', path: '/nowhere/gone.safetensors', isRequired: true }] })).rejects.toMatchObject({ code: 'model-missing' });
  });
});
