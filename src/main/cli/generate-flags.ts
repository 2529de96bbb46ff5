import type { Command } from 'commander';
import { NOISE_SOURCES } from '../../shared/generation';
import { LIMITS } from '../../shared/limits';
import type { SchedulerId } from '../../shared/schedulers';
import type { OutpaintTask } from '../engine/engine';
import { anyNumber, oneOf, pair, parseScheduler, parseSeed, side, wholeNumber } from './parse-values';

/** What commander gives for the flags of the four generating commands; absent flags are undefined. */
export interface GenerateFlags {
  readonly model?: string;
  readonly negative?: string;
  readonly prompt2?: string;
  readonly prompt3?: string;
  readonly negative2?: string;
  readonly negative3?: string;
  readonly t5: boolean;
  readonly maxSequenceLength?: number;
  readonly seed?: number;
  readonly steps?: number;
  readonly guidance?: number;
  readonly guidanceRescale?: number;
  readonly guidanceCutoff?: number;
  readonly eta?: number;
  readonly originalSize?: readonly [number, number];
  readonly targetSize?: readonly [number, number];
  readonly cropTopLeft?: readonly [number, number];
  readonly count?: number;
  readonly width?: number;
  readonly height?: number;
  readonly scheduler?: SchedulerId;
  readonly clipSkip?: number;
  readonly embedding?: readonly string[];
  readonly noise?: 'cpu' | 'gpu';
  /** False after `--no-hires`. */
  readonly hires: boolean;
  readonly plain?: boolean;
  /** False after `--no-credits`. */
  readonly credits: boolean;
  readonly trace?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly out?: string;
  readonly dataDir?: string;
  readonly image?: string;
  readonly mask?: string;
  readonly strength?: number;
  readonly maskBlur?: number;
  readonly onlyMasked?: boolean;
  readonly padding?: number;
  readonly left?: number;
  readonly right?: number;
  readonly top?: number;
  readonly bottom?: number;
  readonly fill?: OutpaintTask['fill'];
  readonly acceptLicence?: boolean;
  readonly watermark?: boolean;
  /** False after `--no-source-type`. */
  readonly sourceType: boolean;
}

/** Flags that every generating command has. */
export function addSharedFlags(command: Command): Command {
  return addSettingFlags(addPromptFlags(command))
    .option('--accept-licence', "agree to the terms of the model's licence (\"models licence\" shows them)")
    .option('--watermark', 'put an invisible mark into the pixels (dwtDct, PALIMP)')
    .option('--no-source-type', 'leave out XMP digitalSourceType, which says that a model made the picture')
    .option('--trace <dir>', 'write the latents, initial and after each step, as raw little-endian float32')
    .option('--json', 'print one line of JSON: file, files, seed, seeds, secondsByStage, peakMemoryBytes, credits, warnings')
    .option('--no-credits', "leave this run out of the studio's credits; otherwise it is counted, under its plan and budget, where the data folder is there")
    .option('--verbose', 'show progress on stderr also when it is no terminal')
    .option('--out <path>', 'a .png file, or a folder that the pictures are put into')
    .option('--data-dir <dir>', 'the folder that holds models and pictures');
}

function addPromptFlags(command: Command): Command {
  return command
    .option('--model <dir|id>', 'a model folder, or an id as "models list" shows it (default: the built-in model)')
    .option('--negative <text>', 'what the picture should not show')
    .option('--prompt-2 <text>', 'prompt of the second text encoder (SDXL, SD 3)')
    .option('--prompt-3 <text>', 'prompt of the third text encoder (SD 3)')
    .option('--negative-2 <text>', 'negative prompt of the second text encoder')
    .option('--negative-3 <text>', 'negative prompt of the third text encoder')
    .option('--embedding <file>', "a .safetensors embedding, written in the prompt by the file's name; may be repeated", (file: string, others: readonly string[] = []) => [...others, file])
    .option('--no-t5', 'leave out the T5 text encoder (SD 3)')
    .option('--max-sequence-length <n>', 'T5 tokens (SD 3)', wholeNumber({ flag: '--max-sequence-length', min: 1, max: 512 }));
}

function addSettingFlags(command: Command): Command {
  return command
    .option('--seed <n>', 'picture k is made with seed + k (default: drawn)', parseSeed)
    .option('--steps <n>', 'denoising steps', wholeNumber({ flag: '--steps', ...LIMITS.numInferenceSteps }))
    .option('--guidance <n>', 'guidance scale', anyNumber({ flag: '--guidance', ...LIMITS.guidanceScale }))
    .option('--guidance-rescale <n>', 'rescale of the guided noise, 0 to 1', anyNumber({ flag: '--guidance-rescale', min: 0, max: 1 }))
    .option('--guidance-cutoff <n>', 'share of the steps, 0 to 1, after which guidance is left out', anyNumber({ flag: '--guidance-cutoff', ...LIMITS.guidanceCutoff }))
    .option('--eta <n>', 'noise added by DDIM and TCD, 0 to 1', anyNumber({ flag: '--eta', min: 0, max: 1 }))
    .option('--original-size <h,w>', 'size conditioning of SDXL: height,width', pair('--original-size', 'height,width'))
    .option('--target-size <h,w>', 'size conditioning of SDXL: height,width', pair('--target-size', 'height,width'))
    .option('--crop-top-left <t,l>', 'crop conditioning of SDXL: top,left', pair('--crop-top-left', 'top,left'))
    .option('--count <n>', 'how many pictures', wholeNumber({ flag: '--count', ...LIMITS.count }))
    .option('--width <px>', 'a multiple of 8', side('--width'))
    .option('--height <px>', 'a multiple of 8', side('--height'))
    .option('--scheduler <name>', "id, label or diffusers class (default: the model's own scheduler_config.json)", parseScheduler)
    .option('--clip-skip <n>', 'hidden states left out at the end, as diffusers counts', wholeNumber({ flag: '--clip-skip', ...LIMITS.clipSkip }))
    .option('--noise <kind>', 'whose noise a seed means: torch on the CPU or A1111 on the GPU', oneOf('--noise', NOISE_SOURCES))
    .option('--no-hires', "keep the model's own size where the model would be followed by its upscaler")
    .option('--plain', 'only what the reference does: no mask growth, colour match or seam work');
}

/** Flags of the commands that start from a picture. */
export const addImageFlags = (command: Command): Command =>
  command
    .requiredOption('--image <file>', 'the picture to start from')
    .option('--strength <n>', 'how much of the picture is made anew, 0 to 1', anyNumber({ flag: '--strength', min: 0, max: 1 }));

/** Flags of the commands that repaint a part. */
export const addMaskEdgeFlags = (command: Command): Command =>
  command.option('--mask-blur <px>', "radius of the mask's soft edge", anyNumber({ flag: '--mask-blur', min: 0, max: 512 }));
