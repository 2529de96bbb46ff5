import { numberAt } from './json-file';
import type { PartName } from './model-folder';
import type { ModelLayout } from './model-layout';
import { isHalfPrecision } from './part-names';

/** What a run is expected to hold at once, in bytes. */
export interface MemoryPlan {
  /** Weights as they lie in memory, by part. */
  readonly weights: Readonly<Partial<Record<PartName, number>>>;
  /** The largest moment when every part is released as soon as its work is done. */
  readonly inTurn: number;
  /** The same when all parts stay loaded for the next picture. */
  readonly resident: number;
}

/** The process itself with onnxruntime and one small graph, measured on Linux x64. */
const BASE_BYTES = 150 * 2 ** 20;
/** onnxruntime's copies while it prepares a graph (ENGINE.md 8.5). */
const LOAD_FACTOR = 1.1;
/** Peak bytes of a VAE decoder per pixel with the memory arena off: 0.97 GB at 512² (ENGINE.md 8.4). */
const VAE_BYTES_PER_PIXEL = 3900;
/** Live feature maps of a U-Net at full resolution, in multiples of its first layer. */
const FEATURE_COPIES = 100;
const HEAD_WIDTH = 40;
/** Attention scores, their softmax and one copy. */
const SCORE_COPIES = 3;
const FULL_VAE_WIDTH = 128;

/** float16 weights are widened for the processor, so the file is half of what lies in memory (ENGINE.md 8.3). */
function weightsInMemory(layout: ModelLayout): Partial<Record<PartName, number>> {
  const weights: Partial<Record<PartName, number>> = {};
  for (const { name, graph } of Object.values(layout.folder.parts)) weights[name] = graph.bytes * (isHalfPrecision(graph) ? 2 : 1);
  return weights;
}

function firstWidth(layout: ModelLayout): number {
  const channels = layout.denoiser.part.config?.['block_out_channels'];
  const first: unknown = Array.isArray(channels) ? channels[0] : null;
  if (typeof first === 'number') return first;
  const heads = numberAt(layout.denoiser.part.config, 'num_attention_heads');
  const width = numberAt(layout.denoiser.part.config, 'attention_head_dim');
  return heads !== null && width !== null ? heads * width : 320;
}

/** Activations of one denoiser run on one picture; fused attention never builds the score matrix. */
function denoiserActivations(layout: ModelLayout, pixels: number): number {
  const cells = pixels / layout.vae.factor ** 2;
  const width = firstWidth(layout);
  const { operators } = layout.denoiser.part.graph;
  const isFused = operators['com.microsoft/MultiHeadAttention'] !== undefined || operators['com.microsoft/Attention'] !== undefined;
  // SDXL and SD 3 attend from half the resolution on.
  const tokens = layout.family.textRecipe === 'single' ? cells : cells / 4;
  const scores = isFused ? 0 : (width / HEAD_WIDTH) * tokens ** 2 * 4 * SCORE_COPIES;
  return scores + width * cells * 4 * FEATURE_COPIES;
}

function vaeActivations(layout: ModelLayout, pixels: number): number {
  const channels = layout.vae.decoder.part.config?.['block_out_channels'];
  const first: unknown = Array.isArray(channels) ? channels[0] : null;
  return pixels * VAE_BYTES_PER_PIXEL * (typeof first === 'number' ? first / FULL_VAE_WIDTH : 1);
}

/**
 * Estimates memory from file sizes and the picture's size; ENGINE.md 8.4 has the measurements behind the factors.
 * @param pixels width times height
 */
export function planMemory(layout: ModelLayout, pixels: number): MemoryPlan {
  const weights = weightsInMemory(layout);
  const of = (name: PartName): number => (weights[name] ?? 0) * LOAD_FACTOR;
  const denoiser = of('unet') + of('transformer') + denoiserActivations(layout, pixels);
  const decoder = of('vae_decoder') + vaeActivations(layout, pixels);
  const encoder = of('vae_encoder') + vaeActivations(layout, pixels);
  const text = Math.max(of('text_encoder'), of('text_encoder_2'), of('text_encoder_3'));
  const all = Object.values(weights).reduce((sum, bytes) => sum + bytes * LOAD_FACTOR, 0);
  return {
    weights,
    inTurn: Math.round(BASE_BYTES + Math.max(text, denoiser, decoder, encoder)),
    resident: Math.round(BASE_BYTES + all + Math.max(denoiserActivations(layout, pixels), vaeActivations(layout, pixels))),
  };
}
