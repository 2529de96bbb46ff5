import { withPngText } from '../../src/main/files/png-text';
import { ONE_PIXEL_PNG } from './samples';

export const A1111_TEXT = `a photo of a red fox, (detailed:1.2) <lora:fox:0.8>
second line
Negative prompt: blurry, low quality
Steps: 25, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 6.5, Seed: 1234567890, Size: 512x768, Model hash: 6ce0161689, Model: v1-5-pruned-emaonly, Denoising strength: 0.4, Lora hashes: "fox: abc, other: def", Hires upscale: 2, Version: v1.10.1`;

export const FORGE_TEXT = `a fox
Steps: 20, Sampler: Euler, Schedule type: Simple, CFG scale: 1, Distilled CFG Scale: 3.5, Seed: 7, Size: 896x1152, Model: flux1-dev, Version: f2.0.1v1.10.1-previous-659, Module 1: ae, Civitai resources: [{"type":"checkpoint","modelVersionId":691639}]`;

/** The graph that ComfyUI's own example saves, with a LoRA between. */
export const COMFY_GRAPH = {
  '3': { class_type: 'KSampler', inputs: { cfg: 8, denoise: 1, latent_image: ['5', 0], model: ['10', 0], negative: ['7', 0], positive: ['6', 0], sampler_name: 'euler_ancestral', scheduler: 'normal', seed: 156680208700286, steps: 20 } },
  '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'sd/dreamshaper_8.safetensors' } },
  '5': { class_type: 'EmptyLatentImage', inputs: { batch_size: 1, height: 512, width: 768 } },
  '6': { class_type: 'CLIPTextEncode', inputs: { clip: ['4', 1], text: 'beautiful scenery, purple galaxy bottle' } },
  '7': { class_type: 'CLIPTextEncode', inputs: { clip: ['4', 1], text: 'text, watermark' } },
  '8': { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] } },
  '9': { class_type: 'SaveImage', inputs: { filename_prefix: 'ComfyUI', images: ['8', 0] } },
  '10': { class_type: 'LoraLoader', inputs: { clip: ['4', 1], lora_name: 'glass.safetensors', model: ['4', 0], strength_clip: 1, strength_model: 0.7 } },
};

/** A graph of the custom sampler nodes, as Flux workflows have. */
export const COMFY_FLUX_GRAPH = {
  '5': { class_type: 'EmptySD3LatentImage', inputs: { width: 1024, height: 1024, batch_size: 1 } },
  '6': { class_type: 'CLIPTextEncode', inputs: { clip: ['11', 0], text: 'a cat on a bench' } },
  '8': { class_type: 'VAEDecode', inputs: { samples: ['13', 0], vae: ['10', 0] } },
  '9': { class_type: 'SaveImage', inputs: { images: ['8', 0], filename_prefix: 'flux' } },
  '12': { class_type: 'UNETLoader', inputs: { unet_name: 'flux1-dev.safetensors', weight_dtype: 'default' } },
  '13': { class_type: 'SamplerCustomAdvanced', inputs: { guider: ['22', 0], latent_image: ['5', 0], noise: ['25', 0], sampler: ['16', 0], sigmas: ['17', 0] } },
  '16': { class_type: 'KSamplerSelect', inputs: { sampler_name: 'euler' } },
  '17': { class_type: 'BasicScheduler', inputs: { denoise: 1, model: ['12', 0], scheduler: 'simple', steps: 28 } },
  '22': { class_type: 'BasicGuider', inputs: { conditioning: ['26', 0], model: ['12', 0] } },
  '25': { class_type: 'RandomNoise', inputs: { noise_seed: 219670278747233 } },
  '26': { class_type: 'FluxGuidance', inputs: { conditioning: ['6', 0], guidance: 3.5 } },
};

export const INVOKE_METADATA = {
  app_version: '5.4.2', generation_mode: 'txt2img', positive_prompt: 'a lighthouse', negative_prompt: 'fog', width: 832, height: 1216, seed: 2718281828, cfg_scale: 5.5, steps: 30, scheduler: 'dpmpp_2m_k',
  model: { key: '1b', hash: 'blake3:0a1b', name: 'Juggernaut XL v9', base: 'sdxl', type: 'main' }, rand_device: 'cpu', loras: [{ model: { name: 'detail' }, weight: 0.5 }],
};

export const OLD_INVOKE = { model: 'stable diffusion', model_weights: 'stable-diffusion-1.5', model_hash: 'cc6cb27103', app_version: '2.3.5', image: { prompt: [{ prompt: 'an owl [blurry] at night', weight: 1 }], steps: 50, cfg_scale: 7.5, sampler: 'k_euler_a', seed: 42, width: 512, height: 512, type: 'txt2img' } };

export const FOOOCUS_JSON = {
  adm_guidance: '(1.5, 0.8, 0.3)', base_model: 'juggernautXL_v8Rundiffusion', base_model_hash: 'aeb7e9e689', full_prompt: ['a ship'], guidance_scale: 4, metadata_scheme: 'fooocus', negative_prompt: '', performance: 'Speed',
  prompt: 'a ship in a bottle', resolution: '(1152, 896)', sampler: 'dpmpp_2m_sde_gpu', scheduler: 'karras', seed: '5283912749824783', sharpness: 2, steps: 30, styles: "['Fooocus V2']", version: 'Fooocus v2.5.5',
};

export const SWARM_JSON = {
  sui_image_params: { prompt: 'a storm over the sea', negativeprompt: 'people', model: 'OfficialStableDiffusion/sd_xl_base_1.0', seed: 1122334455, steps: 20, cfgscale: 7, aspectratio: '1:1', width: 1024, height: 1024, sampler: 'dpmpp_2m', scheduler: 'karras', swarm_version: '0.9.3.1' },
  sui_extra_data: { date: '2026-01-02', generation_time: '1.2 (prep) and 3.4 (gen) seconds' },
};

export const pngWith = (texts: Readonly<Record<string, string>>): Buffer => withPngText(ONE_PIXEL_PNG, texts);

/** A TIFF block of ASCII tags in its first folder and a UserComment in its second. */
export function exifBlock(tags: Readonly<Record<number, string>>, comment: string | null): Buffer {
  const entries = Object.entries(tags).map(([tag, text]) => ({ tag: Number(tag), type: 2, bytes: Buffer.from(`${text}\0`, 'utf8') }));
  const body = comment === null ? null : Buffer.concat([Buffer.from('UNICODE\0', 'latin1'), Buffer.from(comment, 'utf16le').swap16()]);
  const folder = (list: readonly { readonly tag: number; readonly type: number; readonly bytes: Buffer }[], at: number, pointer: number | null): Buffer => {
    const count = list.length + (pointer === null ? 0 : 1);
    const head = Buffer.alloc(2 + count * 12 + 4);
    head.writeUInt16BE(count, 0);
    let data = at + head.length;
    const tail: Buffer[] = [];
    list.forEach(({ tag, type, bytes }, n) => {
      const entry = 2 + n * 12;
      head.writeUInt16BE(tag, entry);
      head.writeUInt16BE(type, entry + 2);
      head.writeUInt32BE(bytes.length, entry + 4);
      if (bytes.length <= 4) bytes.copy(head, entry + 8);
      else {
        head.writeUInt32BE(data, entry + 8);
        tail.push(bytes);
        data += bytes.length;
      }
    });
    if (pointer !== null) {
      const entry = 2 + list.length * 12;
      head.writeUInt16BE(0x8769, entry);
      head.writeUInt16BE(4, entry + 2);
      head.writeUInt32BE(1, entry + 4);
      head.writeUInt32BE(pointer, entry + 8);
    }
    return Buffer.concat([head, ...tail]);
  };
  const size = folder(entries, 8, body === null ? null : 0).length;
  const main = folder(entries, 8, body === null ? null : 8 + size);
  const second = body === null ? Buffer.alloc(0) : folder([{ tag: 0x9286, type: 7, bytes: body }], 8 + size, null);
  return Buffer.concat([Buffer.from('MM\0*\0\0\0\b', 'latin1'), main, second]);
}

