import { asObject, others, type RawSettings } from './settings';

type Table = Readonly<Record<string, unknown>>;

const modelName = (value: unknown): unknown => {
  const model = asObject(value);
  return model === null ? value : (model['name'] ?? model['model_name'] ?? model['key']);
};

/** InvokeAI 3 and later, keyword `invokeai_metadata` (invokeai/app/invocations/metadata.py, CoreMetadataInvocation). */
export function readInvoke(table: Table): RawSettings {
  const known = ['positive_prompt', 'negative_prompt', 'model', 'seed', 'steps', 'cfg_scale', 'scheduler', 'width', 'height', 'strength'];
  return {
    origin: 'invokeai',
    prompt: table['positive_prompt'],
    negativePrompt: table['negative_prompt'],
    modelName: modelName(table['model']),
    modelHash: asObject(table['model'])?.['hash'],
    seed: table['seed'],
    steps: table['steps'],
    guidance: table['cfg_scale'] ?? table['guidance'],
    sampler: table['scheduler'],
    width: table['width'],
    height: table['height'],
    strength: table['strength'],
    unknown: others(table, known),
  };
}

/** InvokeAI 2, keyword `sd-metadata`: the prompt may be a list of weighted parts. */
export function readOldInvoke(table: Table): RawSettings {
  const image = asObject(table['image']) ?? {};
  const parts = image['prompt'];
  const written = Array.isArray(parts) ? parts.map((part: unknown) => asObject(part)?.['prompt']).filter((part) => typeof part === 'string').join(' ') : parts;
  // The negative prompt stands in brackets in the same text.
  const match = typeof written === 'string' ? /^([^[]*)\[([^\]]*)\]([^[]*)$/.exec(written) : null;
  return {
    origin: 'invokeai',
    prompt: match === null ? written : `${match[1] ?? ''}${match[3] ?? ''}`.trim(),
    negativePrompt: match?.[2],
    modelName: table['model_weights'],
    modelHash: table['model_hash'],
    seed: image['seed'],
    steps: image['steps'],
    guidance: image['cfg_scale'],
    sampler: image['sampler'],
    width: image['width'],
    height: image['height'],
    strength: image['strength'],
    unknown: [...others(table, ['image', 'model_weights', 'model_hash']), ...others(image, ['prompt', 'seed', 'steps', 'cfg_scale', 'sampler', 'width', 'height', 'strength'])],
  };
}

/** Fooocus, scheme `fooocus` (modules/meta_parser.py); its private log uses labels for the same keys. */
export function readFooocus(labelled: Table): RawSettings {
  const table = Object.fromEntries(Object.entries(labelled).map(([key, value]) => [key.toLowerCase().replaceAll(' ', '_'), value]));
  const size = /(\d+)\D+(\d+)/.exec(String(table['resolution'] ?? ''));
  const known = ['prompt', 'negative_prompt', 'base_model', 'base_model_hash', 'seed', 'steps', 'guidance_scale', 'sampler', 'scheduler', 'resolution'];
  return {
    origin: 'fooocus',
    prompt: table['prompt'],
    negativePrompt: table['negative_prompt'],
    modelName: table['base_model'],
    modelHash: table['base_model_hash'],
    seed: table['seed'],
    steps: table['steps'],
    guidance: table['guidance_scale'],
    sampler: table['sampler'],
    schedule: table['scheduler'],
    width: size?.[1],
    height: size?.[2],
    unknown: others(table, known),
  };
}

/** SwarmUI: everything under `sui_image_params` (src/Text2Image/T2IParamInput.cs, GenRawMetadata). */
export function readSwarm(table: Table): RawSettings | null {
  const params = asObject(table['sui_image_params']);
  if (params === null) return null;
  const known = ['prompt', 'negativeprompt', 'model', 'seed', 'steps', 'cfgscale', 'sampler', 'scheduler', 'width', 'height', 'initimagecreativity'];
  return {
    origin: 'swarmui',
    prompt: params['prompt'],
    negativePrompt: params['negativeprompt'],
    modelName: params['model'],
    seed: params['seed'],
    steps: params['steps'],
    guidance: params['cfgscale'],
    sampler: params['sampler'],
    schedule: params['scheduler'],
    width: params['width'],
    height: params['height'],
    strength: params['initimagecreativity'],
    unknown: [...others(params, known), ...others(table, ['sui_image_params'])],
  };
}
