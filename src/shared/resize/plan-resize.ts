import { placeBy } from './gravity';
import type { Creative, Kernel, OutputFormat, PadFill, ResizeSettings, ResizeWay } from './settings';
import { RESIZE_LIMITS, resolveTarget, type PixelSize } from './size-target';
import { tileGrid } from './tile-grid';
import type { UpscalerFacts, UpscalerId } from './upscaler';

/** A picture before it is resized, orientation applied. */
export interface ResizeSourceFacts extends PixelSize {
  readonly channels: 1 | 2 | 3 | 4;
  /** Bits of a channel. */
  readonly depth: 8 | 16;
}

export type ResizeStep =
  | { readonly kind: 'model'; readonly upscalerId: UpscalerId; readonly scale: number; readonly from: PixelSize; readonly to: PixelSize; readonly tiles: number }
  | { readonly kind: 'resample'; readonly from: PixelSize; readonly to: PixelSize; readonly kernel: Kernel; readonly linearLight: boolean }
  | { readonly kind: 'creative'; readonly size: PixelSize; readonly tile: number; readonly overlap: number; readonly tiles: number; readonly strength: number }
  /** Keeps a frame whose corner lies at x, y of the picture. */
  | { readonly kind: 'crop'; readonly from: PixelSize; readonly to: PixelSize; readonly x: number; readonly y: number }
  /** Lays the picture at x, y into a frame. */
  | { readonly kind: 'pad'; readonly from: PixelSize; readonly to: PixelSize; readonly x: number; readonly y: number; readonly fill: PadFill }
  | { readonly kind: 'extend'; readonly from: PixelSize; readonly to: PixelSize; readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** What the panel says, in pieces that each language puts into words: "x4 by model, then 93 % resample". */
export type SentencePart =
  | { readonly kind: 'model'; readonly scale: number; readonly passes: number; readonly name: string }
  | { readonly kind: 'resample'; readonly percentAcross: number; readonly percentDown: number; readonly kernel: Kernel }
  | { readonly kind: 'creative'; readonly strength: number; readonly tiles: number }
  | { readonly kind: 'crop'; readonly size: PixelSize }
  | { readonly kind: 'pad'; readonly size: PixelSize }
  | { readonly kind: 'extend'; readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }
  | { readonly kind: 'nothing' };

export type ResizeProblemCode =
  | 'size-missing'
  | 'too-large'
  | 'format-too-small'
  | 'aspect-needs-frame'
  | 'extend-inside'
  | 'upscaler-missing'
  | 'disk-full'
  | 'model-not-needed'
  | 'beyond-model'
  | 'squeezed'
  | 'no-alpha';

export interface ResizeProblem {
  readonly code: ResizeProblemCode;
  /** False where the work can be done all the same and a person should merely know. */
  readonly isBlocking: boolean;
  readonly facts: Readonly<Record<string, number | string>>;
}

export interface ResizePlan {
  readonly steps: readonly ResizeStep[];
  readonly outputSize: PixelSize;
  readonly parts: readonly SentencePart[];
  /** Tiles of all stages together: the unit of progress. */
  readonly tiles: number;
  /** Bytes of the result's pixels; its file is smaller. */
  readonly outputBytes: number;
  /** Free disk that the work needs while it runs. */
  readonly workBytes: number;
  readonly problems: readonly ResizeProblem[];
}

/** What a creative stage works with: the model's own size a tile. */
export interface CreativeFacts {
  readonly tile: number;
}

export interface PlanInput {
  readonly source: ResizeSourceFacts;
  readonly settings: ResizeSettings;
  /** Of the network that the way names; null when it is not (or no longer) there. */
  readonly upscaler: UpscalerFacts | null;
  readonly creative: CreativeFacts | null;
  readonly format: OutputFormat;
}

/** Longest side of a file format, and whether it can hold transparency. */
const FORMAT_FACTS: Readonly<Record<OutputFormat, { readonly side: number; readonly alpha: boolean }>> = {
  png: { side: RESIZE_LIMITS.side.max, alpha: true },
  jpeg: { side: 65_500, alpha: false },
  webp: { side: 16_383, alpha: true },
  avif: { side: 16_384, alpha: true },
  tiff: { side: RESIZE_LIMITS.side.max, alpha: true },
};

/** A network is run over its own result at most once more: a third time would be 64 times the work of the first. */
const MOST_PASSES = 2;
/** A quarter of a creative tile is blended with its neighbour. */
const CREATIVE_OVERLAP = 4;

const isSame = (a: PixelSize, b: PixelSize): boolean => a.width === b.width && a.height === b.height;

const block = (code: ResizeProblemCode, facts: ResizeProblem['facts'] = {}): ResizeProblem => ({ code, isBlocking: true, facts });
const note = (code: ResizeProblemCode, facts: ResizeProblem['facts'] = {}): ResizeProblem => ({ code, isBlocking: false, facts });

interface Draft {
  readonly steps: readonly ResizeStep[];
  readonly problems: readonly ResizeProblem[];
}

/** How often a network must run for a factor; a network that keeps the size runs once, for what it cleans up. */
function passesFor(factor: number, scale: number): number {
  if (scale === 1) return 1;
  if (factor <= 1) return 0;
  return Math.min(MOST_PASSES, Math.ceil(Math.log(factor) / Math.log(scale) - 1e-9));
}

/** To a size: by the network as often as needed, the rest by the kernel. */
function scaleTo(from: PixelSize, to: PixelSize, { way, upscaler }: { readonly way: Extract<ResizeWay, { way: 'resample' | 'model' | 'crop' }>; readonly upscaler: UpscalerFacts | null }): Draft {
  const steps: ResizeStep[] = [];
  const problems: ResizeProblem[] = [];
  let size = from;
  if (upscaler !== null) {
    const factor = Math.max(to.width / from.width, to.height / from.height);
    const passes = passesFor(factor, upscaler.scale);
    for (let pass = 0; pass < passes; pass += 1) {
      const next = { width: size.width * upscaler.scale, height: size.height * upscaler.scale };
      const { columns, rows } = tileGrid(size, upscaler.tile);
      steps.push({ kind: 'model', upscalerId: upscaler.id, scale: upscaler.scale, from: size, to: next, tiles: columns * rows });
      size = next;
    }
    if (passes === 0) problems.push(note('model-not-needed'));
    else if (upscaler.scale > 1 && factor > upscaler.scale ** passes * 1.001) problems.push(note('beyond-model', { scale: upscaler.scale ** passes }));
  }
  const { kernel, linearLight } = way;
  if (!isSame(size, to)) steps.push({ kind: 'resample', from: size, to, kernel, linearLight });
  return { steps, problems };
}

/** Cuts and fills a picture of one size to a frame of another. */
function toFrame(inner: PixelSize, frame: PixelSize, { gravity, fill }: Extract<ResizeWay, { way: 'crop' }>): readonly ResizeStep[] {
  const kept = { width: Math.min(inner.width, frame.width), height: Math.min(inner.height, frame.height) };
  const steps: ResizeStep[] = [];
  if (!isSame(inner, kept)) {
    const { x, y } = placeBy(gravity, kept, inner);
    steps.push({ kind: 'crop', from: inner, to: kept, x: 0 - x, y: 0 - y });
  }
  if (!isSame(kept, frame)) steps.push({ kind: 'pad', from: kept, to: frame, ...placeBy(gravity, frame, kept), fill });
  return steps;
}

/** Before it is cut or filled: as large as the frame asks. */
function innerSize(source: PixelSize, frame: PixelSize, fit: 'cover' | 'contain' | 'canvas'): PixelSize {
  if (fit === 'canvas') return source;
  const across = frame.width / source.width;
  const down = frame.height / source.height;
  const factor = fit === 'cover' ? Math.max(across, down) : Math.min(across, down);
  const side = (length: number, limit: number): number => {
    const scaled = Math.max(1, Math.round(length * factor));
    return fit === 'cover' ? Math.max(limit, scaled) : Math.min(limit, scaled);
  };
  return { width: side(source.width, frame.width), height: side(source.height, frame.height) };
}

function planExtend(source: PixelSize, frame: PixelSize, { gravity }: Extract<ResizeWay, { way: 'extend' }>): Draft {
  if (frame.width < source.width || frame.height < source.height) return { steps: [], problems: [block('extend-inside', { width: source.width, height: source.height })] };
  if (isSame(source, frame)) return { steps: [], problems: [] };
  const { x, y } = placeBy(gravity, frame, source);
  const right = frame.width - source.width - x;
  const bottom = frame.height - source.height - y;
  return { steps: [{ kind: 'extend', from: { ...source }, to: frame, left: x, top: y, right, bottom }], problems: [] };
}

function planWay(source: PixelSize, size: PixelSize, { way, upscaler }: { readonly way: ResizeWay; readonly upscaler: UpscalerFacts | null }): Draft {
  switch (way.way) {
    case 'resample':
    case 'model':
      return scaleTo(source, size, { way, upscaler });
    case 'crop': {
      const inner = innerSize(source, size, way.fit);
      const { steps, problems } = scaleTo(source, inner, { way, upscaler });
      return { steps: [...steps, ...toFrame(inner, size, way)], problems: problems.filter(({ code }) => code !== 'model-not-needed') };
    }
    case 'extend':
      return planExtend(source, size, way);
  }
}

/** Detail is drawn after scaling and before cutting, so that a frame's fill is never drawn over. */
function withCreative(steps: readonly ResizeStep[], source: PixelSize, { creative, facts }: { readonly creative: Creative; readonly facts: CreativeFacts }): readonly ResizeStep[] {
  const at = steps.filter(({ kind }) => kind === 'model' || kind === 'resample').length;
  const before = steps[at - 1];
  const size = before !== undefined && 'to' in before ? before.to : source;
  const overlap = Math.floor(facts.tile / CREATIVE_OVERLAP);
  const count = (side: number): number => Math.max(1, Math.ceil((side - overlap) / (facts.tile - overlap)));
  const tiles = count(size.width) * count(size.height);
  return [...steps.slice(0, at), { kind: 'creative', size, tile: facts.tile, overlap, tiles, strength: creative.strength }, ...steps.slice(at)];
}

/** Enough digits that 93 and 33.3 read well. */
const percent = (to: number, from: number): number => Math.round((to / from) * 1000) / 10;

function partsOf(steps: readonly ResizeStep[], upscaler: UpscalerFacts | null): readonly SentencePart[] {
  const passes = steps.filter(({ kind }) => kind === 'model').length;
  const parts = steps.flatMap((step, index): readonly SentencePart[] => {
    switch (step.kind) {
      case 'model':
        return index === 0 ? [{ kind: 'model', scale: step.scale, passes, name: upscaler?.name ?? step.upscalerId }] : [];
      case 'resample':
        return [{ kind: 'resample', percentAcross: percent(step.to.width, step.from.width), percentDown: percent(step.to.height, step.from.height), kernel: step.kernel }];
      case 'creative':
        return [{ kind: 'creative', strength: step.strength, tiles: step.tiles }];
      case 'crop':
      case 'pad':
        return [{ kind: step.kind, size: step.to }];
      case 'extend':
        return [{ kind: 'extend', left: step.left, top: step.top, right: step.right, bottom: step.bottom }];
    }
  });
  return parts.length === 0 ? [{ kind: 'nothing' }] : parts;
}

/** Problems of the result itself, whatever leads to it. */
function limitsOf(size: PixelSize, largest: PixelSize, { format, source, steps }: { readonly format: OutputFormat; readonly source: ResizeSourceFacts; readonly steps: readonly ResizeStep[] }): readonly ResizeProblem[] {
  const problems: ResizeProblem[] = [];
  const { max } = RESIZE_LIMITS.side;
  const isTooLarge = ({ width, height }: PixelSize): boolean => width > max || height > max || width * height > RESIZE_LIMITS.maxPixels;
  if (isTooLarge(size) || isTooLarge(largest)) problems.push(block('too-large', { maxSide: max, maxMegapixels: Math.floor(RESIZE_LIMITS.maxPixels / 1e6) }));
  const { side, alpha } = FORMAT_FACTS[format];
  if (problems.length === 0 && (size.width > side || size.height > side)) problems.push(block('format-too-small', { format, side }));
  const isTransparent = source.channels % 2 === 0 || steps.some((step) => step.kind === 'pad' && step.fill.kind === 'transparent');
  if (isTransparent && !alpha) problems.push(note('no-alpha', { format }));
  return problems;
}

/** More than a rounding's worth of another aspect. */
function isSqueezed(step: ResizeStep): boolean {
  if (step.kind !== 'resample') return false;
  const across = step.to.width / step.from.width;
  const down = step.to.height / step.from.height;
  return Math.abs(across * step.from.height - step.to.height) > 1 && Math.abs(down * step.from.width - step.to.width) > 1;
}

function tilesOf(step: ResizeStep): number {
  return step.kind === 'model' || step.kind === 'creative' ? step.tiles : 0;
}

/**
 * What will be done to a picture, before anything is done: the panel, the job, a folder and the command line all work
 * by this one plan.
 */
export function planResize({ source, settings, upscaler, creative, format }: PlanInput): ResizePlan {
  const { target, way } = settings;
  const isFrame = way.way === 'crop' || way.way === 'extend';
  const isAround = way.way === 'extend' || (way.way === 'crop' && way.fit === 'contain');
  const wantsUpscaler = 'upscalerId' in way && way.upscalerId !== null;
  const size = resolveTarget(source, target, { exact: isFrame, isAround });
  const none = { steps: [], outputSize: { width: source.width, height: source.height }, parts: [], tiles: 0, outputBytes: 0, workBytes: 0 } as const;
  if (size === null) return { ...none, problems: [block('size-missing')] };
  if (target.by === 'aspect' && !isFrame) return { ...none, problems: [block('aspect-needs-frame')] };
  if (wantsUpscaler && upscaler === null) return { ...none, problems: [block('upscaler-missing')] };
  const from = { width: source.width, height: source.height };
  const draft = planWay(from, size, { way, upscaler: wantsUpscaler ? upscaler : null });
  const steps = settings.creative === null || creative === null ? draft.steps : withCreative(draft.steps, from, { creative: settings.creative, facts: creative });
  const sizes = steps.map((step) => ('to' in step ? step.to : step.size));
  const area = ({ width, height }: PixelSize): number => width * height;
  const largest = sizes.reduce((a, b) => (area(b) > area(a) ? b : a), from);
  const bytesPerPixel = (source.channels * source.depth) / 8;
  return {
    steps,
    outputSize: size,
    parts: partsOf(steps, upscaler),
    tiles: steps.reduce((sum, step) => sum + tilesOf(step), 0),
    outputBytes: area(size) * bytesPerPixel,
    // The source, each step's result and the file handed to the encoder lie side by side for a moment.
    workBytes: Math.ceil((area(from) + sizes.reduce((sum, each) => sum + area(each), 0) + 2 * area(size)) * bytesPerPixel),
    problems: [...draft.problems, ...limitsOf(size, largest, { format, source, steps }), ...(steps.some(isSqueezed) ? [note('squeezed')] : [])],
  };
}
