import { StudioError } from '../../../shared/errors';
import type { Conditioning } from '../models/denoiser';
import { applyNorm, readFinalNorm } from '../models/final-norm';
import { numberAt } from '../models/json-file';
import { displayName, staticDim } from '../models/part-names';
import { encodeText, type EncodedText } from '../models/text-encoder';
import type { TextEncoderLayout } from '../models/text-layout';
import type { PromptChunk } from '../prompt/chunks';
import type { Run } from '../run-context';
import { concat, type Tensor } from '../tensor/tensor';
import { allFinite } from './finite';
import { runPart } from './run-part';
import { chunkCount, joinChunks, tokenSequences } from './token-sequences';

/** What each text encoder of a model is given, of the prompt or of the negative prompt. */
export interface SideTexts {
  readonly first: string;
  readonly second: string;
  readonly third: string;
}

export interface Side {
  readonly texts: SideTexts;
  /** The other half of guidance: both must come out equally long. */
  readonly other: SideTexts;
  /** Last layers that are left out; 0 for a negative prompt. */
  readonly clipSkip: number;
}

type TextConditioning = Pick<Conditioning, 'context' | 'contextLength' | 'pooled'>;

const DEFAULT_EPSILON = 1e-5;
const T5_LENGTH = 256;
const T5_WIDTH = 4096;

const textFor = (layout: TextEncoderLayout, texts: SideTexts): string => (layout.number === 1 ? texts.first : layout.number === 2 ? texts.second : texts.third);

/** Which of an encoder's outputs a recipe reads. */
type PickLayer = (encoded: EncodedText, layout: TextEncoderLayout) => Tensor;

interface EncodedSide {
  /** All chunks, [1, S, C]. */
  readonly context: Tensor;
  /** Of the first chunk. */
  readonly pooled: Tensor | null;
}

const lastHidden: PickLayer = (encoded) => encoded.lastHidden ?? encoded.hiddenState(-1);

const isFinite = ({ context, pooled }: EncodedSide): boolean => allFinite(context.data) && (pooled === null || allFinite(pooled.data));

/** One side's words through one encoder. */
async function encodeAll(run: Run, encoder: TextEncoderLayout, { side, pick }: { readonly side: Side; readonly pick: PickLayer }): Promise<EncodedSide> {
  const { name } = encoder.part;
  const count = encoder.number === 3 ? 1 : await chunkCount(run, [side.texts, side.other].map((texts) => (other) => textFor(other, texts)));
  const chunks = await tokenSequences(run, encoder, { text: textFor(encoder, side.texts), count });
  return runPart(run, {
    name,
    variant: run.words.get(name)?.variant,
    async run(model) {
      const layout = run.model.layout.textEncoders.find(({ part }) => part.name === name) ?? encoder;
      const encoded: { readonly chunk: PromptChunk; readonly text: EncodedText }[] = [];
      for (const chunk of chunks) {
        await run.checkpoint();
        encoded.push({ chunk, text: await encodeText(model, layout, chunk.ids) });
      }
      const context = joinChunks(encoded.map(({ chunk, text }) => ({ chunk, hidden: pick(text, layout) })));
      return { context, pooled: encoded[0]?.text.pooled ?? null };
    },
    flawOf: (encoded) => (isFinite(encoded) ? null : 'gave numbers beyond all bounds'),
    remedy: 'try other words, and if that fails too, download this model again',
  });
}

function toConditioning(context: Tensor, pooled: Tensor | null): TextConditioning {
  return { context: context.data, contextLength: context.dims[1] ?? 0, pooled: pooled?.data ?? null };
}

/** An earlier layer through the encoder's final norm, as diffusers' `clip_skip` has it for SD 1 and 2. */
function skipLayers(layout: TextEncoderLayout, encoded: EncodedText, skip: number): Tensor {
  const hidden = encoded.hiddenState(skip - 1);
  const norm = readFinalNorm(layout.part.graph, numberAt(layout.part.config, 'layer_norm_eps') ?? DEFAULT_EPSILON);
  if (norm !== null) return applyNorm(hidden, norm);
  throw new StudioError('invalid-request', `${displayName(layout.part.graph)} hides its last norm, so clip skip cannot be used with this model: set it to 0.`);
}

/** One encoder's last hidden state; clip skip needs hidden states, which plain exports of SD 1 and 2 lack. */
async function encodeSingle(run: Run, side: Side): Promise<TextConditioning> {
  const layout = run.model.layout.textEncoders[0];
  if (layout === undefined) return { context: new Float32Array(0), contextLength: 0, pooled: null };
  const { clipSkip } = side;
  const { context } = await encodeAll(run, layout, { side, pick: clipSkip > 0 ? (encoded, own) => skipLayers(own, encoded, clipSkip) : lastHidden });
  return toConditioning(context, null);
}

/** The last but one layers of both CLIP encoders side by side, and the pooled vectors of their first chunks. */
async function encodeClipPair(run: Run, side: Side): Promise<{ readonly context: Tensor; readonly pooled: readonly (Tensor | null)[] }> {
  const contexts: Tensor[] = [];
  const pooled: (Tensor | null)[] = [];
  for (const layout of run.model.layout.textEncoders.filter(({ number }) => number < 3)) {
    const encoded = await encodeAll(run, layout, { side, pick: (text) => text.hiddenState(side.clipSkip) });
    contexts.push(encoded.context);
    pooled.push(encoded.pooled);
  }
  return { context: concat(contexts, -1), pooled };
}

async function encodeSdxl(run: Run, side: Side): Promise<TextConditioning> {
  const { context, pooled } = await encodeClipPair(run, side);
  return toConditioning(context, pooled[1] ?? null);
}

function widen(tensor: Tensor, width: number): Tensor {
  const [batch = 1, length = 0, own = 0] = tensor.dims;
  if (own >= width) return tensor;
  return concat([tensor, { data: new Float32Array(batch * length * (width - own)), dims: [batch, length, width - own] }], -1);
}

/** T5's states, or zeros of the same shape where the encoder is absent or switched off. */
async function encodeT5(run: Run, side: Side, width: number): Promise<Tensor> {
  const layout = run.model.layout.textEncoders.find(({ number }) => number === 3);
  if (layout === undefined || run.task.useT5 === false) {
    const length = run.task.maxSequenceLength ?? T5_LENGTH;
    return { data: new Float32Array(length * width), dims: [1, length, width] };
  }
  return (await encodeAll(run, layout, { side, pick: lastHidden })).context;
}

async function encodeSd3(run: Run, side: Side): Promise<TextConditioning> {
  const { denoiser, textEncoders } = run.model.layout;
  const t5Width = textEncoders.find(({ number }) => number === 3)?.width ?? null;
  const width = staticDim(denoiser.context, -1) ?? t5Width ?? numberAt(denoiser.part.config, 'joint_attention_dim') ?? T5_WIDTH;
  const { context, pooled } = await encodeClipPair(run, side);
  const t5 = await encodeT5(run, side, width);
  const vectors = pooled.filter((vector): vector is Tensor => vector !== null);
  return toConditioning(concat([widen(context, width), t5], 1), concat(vectors, -1));
}

/** Encodes one side by the family's recipe (ENGINE.md 2.2) and gives the encoders back where memory is short. */
export async function encodeSide(run: Run, side: Side): Promise<TextConditioning> {
  const { family } = run.model.layout;
  const recipes = { single: encodeSingle, sdxl: encodeSdxl, sd3: encodeSd3 } as const;
  return recipes[family.textRecipe](run, side);
}
