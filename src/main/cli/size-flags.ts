import type { Command } from 'commander';
import { StudioError } from '../../shared/errors';
import { FORMAT_EXTENSIONS, GRAVITIES, KERNELS, OUTPUT_FORMATS, type Gravity, type Kernel, type OutputFormat, type PadFill } from '../../shared/resize/settings';
import { RESIZE_LIMITS, type SizeTarget } from '../../shared/resize/size-target';
import { IF_EXISTS, type IfExists } from '../../shared/resize/requests';
import { anyNumber, oneOf, wholeNumber } from './parse-values';

/** How a picture meets the size: the first two keep all of it. */
export const FITS = ['inside', 'stretch', 'cover', 'contain', 'canvas'] as const;

/** What commander gives for the flags that `upscale` and `resize` share; absent flags are undefined. */
export interface SizeFlags {
  readonly scale?: number;
  readonly width?: number;
  readonly height?: number;
  readonly percent?: number;
  readonly megapixels?: number;
  readonly longest?: number;
  readonly print?: Extract<SizeTarget, { by: 'print' }>;
  readonly aspect?: readonly [number, number];
  readonly fit: (typeof FITS)[number];
  readonly gravity: Gravity;
  readonly fill: PadFill;
  readonly kernel: Kernel;
  readonly linear?: boolean;
  readonly format?: OutputFormat;
  readonly quality: number;
  readonly out?: string;
  readonly name: string;
  readonly ifExists: IfExists;
  readonly creative?: string;
  readonly strength: number;
  readonly prompt: string;
  readonly steps?: number;
  readonly seed?: number;
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly dataDir?: string;
}

const refuse = (expected: string, flag: string, text: string): StudioError => new StudioError('invalid-request', `Expected ${expected} for ${flag} but received ${text === '' ? 'nothing' : text}.`);

/** "10x15cm@300": width by height in centimetres, at dots per inch. */
function parsePrint(text: string): Extract<SizeTarget, { by: 'print' }> {
  const match = /^(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(?:cm)?@(\d+)$/i.exec(text.trim());
  const [width = 0, height = 0, dpi = 0] = match?.slice(1).map(Number) ?? [];
  const { centimetres, dpi: dots } = RESIZE_LIMITS;
  const isFit = (value: number): boolean => value >= centimetres.min && value <= centimetres.max;
  if (isFit(width) && isFit(height) && dpi >= dots.min && dpi <= dots.max) return { by: 'print', widthCm: width, heightCm: height, dpi, lock: true };
  throw refuse('a size like 10x15cm@300', '--print', text);
}

function parseAspect(text: string): readonly [number, number] {
  const match = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(text.trim());
  const [across = 0, down = 0] = match?.slice(1).map(Number) ?? [];
  if (across > 0 && down > 0 && across <= 100 && down <= 100) return [across, down];
  throw refuse('a shape like 16:9', '--aspect', text);
}

function parseFill(text: string): PadFill {
  if (text === 'transparent' || text === 'blur') return { kind: text };
  if (/^#[0-9a-f]{6}$/i.test(text)) return { kind: 'colour', colour: text.toLowerCase() };
  throw refuse('transparent, blur or a colour like #ffffff', '--fill', text);
}

function parseFormat(text: string): OutputFormat {
  const wanted = text.toLowerCase();
  const found = OUTPUT_FORMATS.find((format) => format === wanted || FORMAT_EXTENSIONS[format].includes(wanted));
  if (found !== undefined) return found;
  throw refuse(`one of ${OUTPUT_FORMATS.join(', ')}`, '--format', text);
}

const side = (flag: string) => wholeNumber({ flag, ...RESIZE_LIMITS.side });

/** The flags that both commands have. */
export function addSizeFlags(command: Command): Command {
  return command
    .option('--scale <n>', 'times as large', anyNumber({ flag: '--scale', min: 0.01, max: 32 }))
    .option('--width <px>', 'width; without --height the height follows', side('--width'))
    .option('--height <px>', 'height; without --width the width follows', side('--height'))
    .option('--percent <n>', 'of each side', anyNumber({ flag: '--percent', ...RESIZE_LIMITS.percent }))
    .option('--megapixels <n>', 'million pixels in all', anyNumber({ flag: '--megapixels', ...RESIZE_LIMITS.megapixels }))
    .option('--longest <px>', 'the longer side', side('--longest'))
    .option('--print <size>', 'e.g. 10x15cm@300', parsePrint)
    .option('--aspect <w:h>', 'another shape, e.g. 16:9; with --fit cover, contain or canvas', parseAspect)
    .option('--fit <how>', 'inside and stretch keep all; cover cuts off, contain pads, canvas does both without scaling', oneOf('--fit', FITS), 'inside')
    .option('--gravity <where>', 'which part stays when something is cut off or padded', oneOf('--gravity', GRAVITIES), 'centre')
    .option('--fill <what>', 'of padding: transparent, blur or #rrggbb', parseFill, parseFill('#ffffff'))
    .option('--kernel <name>', `one of ${KERNELS.join(', ')}`, oneOf('--kernel', KERNELS), 'lanczos3')
    .option('--linear', 'mix colours in linear light')
    .option('--format <format>', "png, jpeg, webp, avif or tiff (default: each file's own)", parseFormat)
    .option('--quality <n>', 'of JPEG, WebP and AVIF, 1 to 100', wholeNumber({ flag: '--quality', ...RESIZE_LIMITS.quality }), 92)
    .option('--out <path>', "a folder, or for one picture a file (default: the first picture's folder)")
    .option('--name <pattern>', 'file names from {name} {scale} {width} {height} {model} {date} {n}', '{name}_{scale}')
    .option('--if-exists <what>', 'skip, number or overwrite', oneOf('--if-exists', IF_EXISTS), 'number')
    .option('--creative <model>', 'draw detail anew with this diffusion model')
    .option('--strength <n>', 'how much detail is drawn anew', anyNumber({ flag: '--strength', ...RESIZE_LIMITS.strength }), 0.2)
    .option('--prompt <text>', 'what --creative draws', '')
    .option('--steps <n>', "of --creative (default: the model's own)", wholeNumber({ flag: '--steps', min: 1, max: 150 }))
    .option('--seed <n>', 'of --creative (default: made from the picture)', wholeNumber({ flag: '--seed', min: 0, max: 4_294_967_295 }))
    .option('--json', 'print one line of JSON: results with file, state, output, error and warnings')
    .option('--verbose', 'show progress on stderr also when it is no terminal')
    .option('--data-dir <dir>', 'the folder that holds models, and unfinished work to go on with');
}

/**
 * The one size that the flags name.
 * @param fallback what no flag means
 * @throws StudioError `invalid-request` when they name more than one
 */
export function targetOf(flags: SizeFlags, fallback: SizeTarget | null): SizeTarget {
  const { width = null, height = null, fit } = flags;
  const named: readonly (SizeTarget | null)[] = [
    flags.scale === undefined ? null : { by: 'percent', percent: flags.scale * 100 },
    width === null && height === null ? null : { by: 'pixels', width, height, lock: fit !== 'stretch' },
    flags.percent === undefined ? null : { by: 'percent', percent: flags.percent },
    flags.megapixels === undefined ? null : { by: 'megapixels', megapixels: flags.megapixels },
    flags.longest === undefined ? null : { by: 'longest', pixels: flags.longest },
    flags.print === undefined ? null : { ...flags.print, lock: fit !== 'stretch' },
    flags.aspect === undefined ? null : { by: 'aspect', ratio: [...flags.aspect] },
  ];
  const targets = named.filter((target) => target !== null);
  const [target = fallback, ...others] = targets;
  if (others.length > 0) throw new StudioError('invalid-request', 'Expected one size but received several: use one of --scale, --width with --height, --percent, --megapixels, --longest, --print and --aspect.');
  if (target === null) throw new StudioError('invalid-request', 'Expected a size but received none: use one of --scale, --width, --height, --percent, --megapixels, --longest, --print and --aspect.');
  return target;
}
