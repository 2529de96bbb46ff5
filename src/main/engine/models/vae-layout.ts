import { StudioError } from '../../../shared/errors';
import type { TensorInfo } from '../runtime/runtime';
import { lengthAt, numberAt } from './json-file';
import type { ModelFolder, Part } from './model-folder';
import { channelsOf, displayName, requireInfo, requireType, staticDim } from './part-names';

export interface VaeDecoderLayout {
  readonly part: Part;
  readonly input: TensorInfo;
  readonly output: TensorInfo;
}

export interface VaeEncoderLayout {
  readonly part: Part;
  readonly input: TensorInfo;
  readonly output: TensorInfo;
}

export interface VaeLayout {
  readonly decoder: VaeDecoderLayout;
  /** Absent in text-to-image exports. */
  readonly encoder: VaeEncoderLayout | null;
  readonly latentChannels: number;
  /** Pixels per latent, each way. */
  readonly factor: number;
}

const PIXEL_CHANNELS = 3;

/** Each block of an AutoencoderKL but the last halves the picture; else the encoder's strided convolutions tell. */
function factorOf(folder: ModelFolder): number {
  const config = folder.parts.vae_decoder?.config ?? folder.parts.vae_encoder?.config ?? null;
  const given = numberAt(config, 'downscale_factor') ?? numberAt(config, 'scale_factor');
  if (given !== null && given >= 1) return given;
  const blocks = lengthAt(config, 'block_out_channels');
  if (blocks !== null && blocks > 1) return 2 ** (blocks - 1);
  const halvings = folder.parts.vae_encoder?.graph.stridedConvolutions ?? 0;
  return halvings > 0 ? 2 ** halvings : 8;
}

function wrongPart(part: Part, is: string): StudioError {
  const file = displayName(part.graph);
  return new StudioError('model-invalid', `${file} is no VAE ${is}, so parts of this model were swapped: download or export this model again.`, { details: { file } });
}

function readDecoder(part: Part): VaeDecoderLayout {
  const input = requireInfo(part.graph, 'inputs', ['latent_sample', 'latents', 'latent', 'sample', 'z']);
  const output = requireInfo(part.graph, 'outputs', ['sample', 'image', 'images', 'out_sample']);
  requireType(part.graph, input, ['float32', 'float16']);
  requireType(part.graph, output, ['float32', 'float16']);
  const channels = staticDim(output, 1);
  if (part.graph.inputs.length !== 1 || input.dims.length !== 4 || (channels !== null && channels !== PIXEL_CHANNELS)) throw wrongPart(part, 'decoder');
  return { part, input, output };
}

function readEncoder(part: Part): VaeEncoderLayout {
  const input = requireInfo(part.graph, 'inputs', ['sample', 'image', 'images', 'pixel_values']);
  const output = requireInfo(part.graph, 'outputs', ['latent_parameters', 'latent_sample', 'latent', 'latents', 'moments']);
  requireType(part.graph, input, ['float32', 'float16']);
  requireType(part.graph, output, ['float32', 'float16']);
  const channels = channelsOf(part.graph, input);
  if (input.dims.length !== 4 || (channels !== null && channels !== PIXEL_CHANNELS)) throw wrongPart(part, 'encoder');
  return { part, input, output };
}

/** @throws StudioError `model-invalid` when a part is not what its folder says */
export function readVaeLayout(folder: ModelFolder, usualChannels: number): VaeLayout {
  const decoderPart = folder.parts.vae_decoder;
  if (decoderPart === undefined) throw new StudioError('model-missing', 'vae_decoder/model.onnx is missing: download or export this model again.');
  const decoder = readDecoder(decoderPart);
  const latentChannels = channelsOf(decoderPart.graph, decoder.input) ?? numberAt(decoderPart.config, 'latent_channels') ?? usualChannels;
  const encoderPart = folder.parts.vae_encoder;
  const encoder = encoderPart === undefined ? null : readEncoder(encoderPart);
  const encoded = encoder === null ? null : staticDim(encoder.output, 1);
  if (encoder !== null && encoded !== null && encoded !== latentChannels && encoded !== 2 * latentChannels) throw wrongPart(encoder.part, 'encoder of this decoder');
  return { decoder, encoder, latentChannels, factor: factorOf(folder) };
}
