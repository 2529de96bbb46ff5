import { describe, expect, it } from 'vitest';
import { readForeignSettings } from '../../../src/main/files/foreign/read-settings';
import { schedulerOf } from '../../../src/main/files/foreign/scheduler-names';
import type { ForeignSettings } from '../../../src/shared/gallery';
import { A1111_TEXT, COMFY_FLUX_GRAPH, COMFY_GRAPH, FOOOCUS_JSON, FORGE_TEXT, INVOKE_METADATA, OLD_INVOKE, SWARM_JSON } from '../../support/foreign-pictures';

function read(texts: Readonly<Record<string, string>>): ForeignSettings {
  const settings = readForeignSettings(new Map(Object.entries(texts)));
  if (settings === null) throw new Error('settings were expected');
  return settings;
}

const unknownOf = (settings: ForeignSettings) => Object.fromEntries(settings.unknown.map(({ key, value }) => [key, value]));

describe('settings of other programs', () => {
  it('are read from A1111, what has no field kept beside it', () => {
    const settings = read({ parameters: A1111_TEXT });
    expect(settings).toMatchObject({
      origin: 'a1111',
      prompt: 'a photo of a red fox, (detailed:1.2) <lora:fox:0.8>\nsecond line',
      negativePrompt: 'blurry, low quality',
      modelName: 'v1-5-pruned-emaonly',
      modelHash: '6ce0161689',
      seed: 1234567890,
      numInferenceSteps: 25,
      guidanceScale: 6.5,
      sampler: 'DPM++ 2M (Karras)',
      scheduler: 'dpmpp-2m-karras',
      width: 512,
      height: 768,
      strength: 0.4,
    });
    expect(unknownOf(settings)).toEqual({ 'Lora hashes': 'fox: abc, other: def', 'Hires upscale': '2', Version: 'v1.10.1' });
  });

  it('are read from Forge, unquoted JSON in the line included', () => {
    const settings = read({ parameters: FORGE_TEXT });
    expect(settings).toMatchObject({ origin: 'forge', prompt: 'a fox', negativePrompt: '', seed: 7, scheduler: 'euler', width: 896 });
    expect(unknownOf(settings)).toMatchObject({ 'Distilled CFG Scale': '3.5', 'Module 1': 'ae', 'Civitai resources': '[{"type":"checkpoint","modelVersionId":691639}]' });
  });

  it('are read from a graph of ComfyUI, along its wires', () => {
    const settings = read({ prompt: JSON.stringify(COMFY_GRAPH), workflow: '{"nodes":[]}' });
    expect(settings).toMatchObject({
      origin: 'comfyui',
      prompt: 'beautiful scenery, purple galaxy bottle',
      negativePrompt: 'text, watermark',
      modelName: 'sd/dreamshaper_8.safetensors',
      seed: 156680208700286,
      numInferenceSteps: 20,
      guidanceScale: 8,
      scheduler: 'euler-a',
      width: 768,
      height: 512,
      strength: 1,
    });
    expect(unknownOf(settings)).toMatchObject({ LoraLoader: '{"lora_name":"glass.safetensors","strength_clip":1,"strength_model":0.7}', workflow: '{"nodes":[]}' });
  });

  it('are read from ComfyUI’s custom sampler nodes', () => {
    expect(read({ prompt: JSON.stringify(COMFY_FLUX_GRAPH) })).toMatchObject({ prompt: 'a cat on a bench', modelName: 'flux1-dev.safetensors', seed: 219670278747233, numInferenceSteps: 28, sampler: 'euler (simple)', width: 1024 });
  });

  it('are read from InvokeAI, new and old', () => {
    expect(read({ invokeai_metadata: JSON.stringify(INVOKE_METADATA) })).toMatchObject({ origin: 'invokeai', prompt: 'a lighthouse', negativePrompt: 'fog', modelName: 'Juggernaut XL v9', modelHash: 'blake3:0a1b', seed: 2718281828, guidanceScale: 5.5, scheduler: 'dpmpp-2m-karras' });
    expect(read({ 'sd-metadata': JSON.stringify(OLD_INVOKE) })).toMatchObject({ origin: 'invokeai', prompt: 'an owl  at night', negativePrompt: 'blurry', modelName: 'stable-diffusion-1.5', scheduler: 'euler-a', seed: 42 });
  });

  it('are read from Fooocus, in both of its schemes', () => {
    const settings = read({ parameters: JSON.stringify(FOOOCUS_JSON), fooocus_scheme: 'fooocus' });
    expect(settings).toMatchObject({ origin: 'fooocus', prompt: 'a ship in a bottle', modelName: 'juggernautXL_v8Rundiffusion', seed: 5283912749824783, scheduler: 'dpmpp-2m-sde-karras', width: 1152, height: 896 });
    expect(unknownOf(settings)).toMatchObject({ styles: "['Fooocus V2']", sharpness: '2' });
    expect(read({ parameters: A1111_TEXT, fooocus_scheme: 'a1111' })).toMatchObject({ origin: 'fooocus', seed: 1234567890 });
  });

  it('are read from SwarmUI', () => {
    expect(read({ parameters: JSON.stringify(SWARM_JSON) })).toMatchObject({ origin: 'swarmui', prompt: 'a storm over the sea', negativePrompt: 'people', seed: 1122334455, guidanceScale: 7, scheduler: 'dpmpp-2m-karras' });
  });

  it('keep a seed that is too long for a number, and texts of nobody we know', () => {
    const graph = { ...COMFY_GRAPH, '3': { ...COMFY_GRAPH['3'], inputs: { ...COMFY_GRAPH['3'].inputs, seed: 0 } } };
    const settings = read({ prompt: JSON.stringify(graph).replace('"seed":0', '"seed":18446744073709551615') });
    expect(settings.seed).toBeNull();
    expect(unknownOf(settings)).toMatchObject({ seed: '18446744073709551615' });
    expect(read({ Software: 'Paint', Title: 'My cat' })).toMatchObject({ origin: 'unknown', prompt: null, unknown: [{ key: 'Software', value: 'Paint' }, { key: 'Title', value: 'My cat' }] });
    expect(readForeignSettings(new Map())).toBeNull();
  });

  it.each([
    ['Euler a', null, 'euler-a'],
    ['DPM++ 2M', 'Automatic', 'dpmpp-2m-karras'],
    ['DPM++ 2M Karras', null, 'dpmpp-2m-karras'],
    ['euler_k', null, 'euler-karras'],
    ['dpmpp_2m_sde_k', null, 'dpmpp-2m-sde-karras'],
    ['UniPC', 'Karras', 'unipc-karras'],
    ['DPM fast', null, null],
    ['euler', 'sgm_uniform', null],
    ['constructor', null, null],
  ])('maps the sampler %s with schedule %s to %s', (sampler, schedule, expected) => {
    expect(schedulerOf(sampler, schedule)).toBe(expected);
  });
});
