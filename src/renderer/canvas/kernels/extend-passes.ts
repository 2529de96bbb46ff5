import type { ExtendPass } from '../../../shared/generation';
import type { Rect } from '../../../shared/canvas-document';
import { clamp, inflate, intersect, union, type Size } from './geometry';

/** A new pass looks back at as much as it draws, so it never draws deeper than this part of its window. */
const DEPTH = 1 / 2;
/** What a pass of a long edge draws beside the one before it; the rest of its window is what that one has drawn. */
const STRIDE = 3 / 4;
/** Part of the window that is drawn again where two passes meet, so that no edge is left between them. */
const OVERLAP = 1 / 16;

const SIDES = ['right', 'left', 'bottom', 'top'] as const;
type Side = (typeof SIDES)[number];

/**
 * How many document pixels a side a model works on well at once: its native size, and as many times that as its
 * pictures are usually enlarged, where this picture is one of those.
 */
export function windowSide(known: Size, model: { readonly nativeSize: number; readonly hires: { readonly scale: number } | null }): number {
  const enlarged = clamp(Math.min(known.width, known.height) / model.nativeSize, 1, model.hires?.scale ?? 1);
  return Math.round(model.nativeSize * enlarged);
}

const missing = (region: Size, known: Rect): Readonly<Record<Side, number>> => ({
  right: region.width - known.x - known.width,
  left: known.x,
  bottom: region.height - known.y - known.height,
  top: known.y,
});

/** Whether what is to be added is more than a model draws well at once. `largest` = the most it can work on. */
export const needsPasses = (region: Size, known: Rect, limits: { readonly window: number; readonly largest: number }): boolean =>
  Math.max(...Object.values(missing(region, known))) > limits.window * DEPTH || Math.max(region.width, region.height) > Math.max(limits.window, limits.largest);

/** Ends of the pieces of a stretch that is drawn from its start on; the first piece may be as long as a window. */
function pieceEnds(length: number, window: number): number[] {
  const stride = Math.max(1, Math.floor(window * STRIDE));
  const more = Math.max(0, Math.ceil((length - window) / stride));
  return Array.from({ length: more + 1 }, (_, i) => length - (more - i) * stride);
}

interface StripSizes {
  readonly depth: number;
  readonly window: number;
}

/** Whether the side grows sideways; its strips then run from top to bottom. */
const isUpright = (side: Side): boolean => side === 'right' || side === 'left';

/** The strip of `depth` pixels that grows `known` on one side, and the part of `known` behind it that a window holds too. */
function stripOf(known: Rect, side: Side, { depth, window }: StripSizes): { readonly strip: Rect; readonly behind: Rect } {
  const back = Math.min(window - depth, isUpright(side) ? known.width : known.height);
  const [right, bottom] = [known.x + known.width, known.y + known.height];
  switch (side) {
    case 'right':
      return { strip: { ...known, x: right, width: depth }, behind: { ...known, x: right - back, width: back } };
    case 'left':
      return { strip: { ...known, x: known.x - depth, width: depth }, behind: { ...known, width: back } };
    case 'bottom':
      return { strip: { ...known, y: bottom, height: depth }, behind: { ...known, y: bottom - back, height: back } };
    case 'top':
      return { strip: { ...known, y: known.y - depth, height: depth }, behind: { ...known, height: back } };
  }
}

/** The part of a rectangle from `from` to `to` along a strip. */
const along = (rect: Rect, side: Side, [from, to]: readonly [number, number]): Rect =>
  isUpright(side) ? { ...rect, y: rect.y + from, height: to - from } : { ...rect, x: rect.x + from, width: to - from };

function passesOfStrip(known: Rect, side: Side, sizes: StripSizes): ExtendPass[] {
  const { strip, behind } = stripOf(known, side, sizes);
  const { window } = sizes;
  const both = union(strip, behind) ?? strip;
  const ends = pieceEnds(isUpright(side) ? strip.height : strip.width, window);
  return ends.map((end, i) => {
    const seen = along(both, side, [Math.max(0, end - window), end]);
    const piece = along(strip, side, [ends[i - 1] ?? 0, end]);
    return { window: seen, area: intersect(inflate(piece, Math.round(window * OVERLAP)), seen) ?? piece };
  });
}

/**
 * The passes that fill a region outward from what is known of it, in order: strip by strip, each side in turn, corners
 * with the strips that reach over them. A window holds nothing but what is known or drawn before, and the pass's own
 * area; an area reaches a little into what is there, so that the two grow together. Pixels of the region.
 * @param known inside the region and not empty
 * @param window side of the windows, at least 16
 */
export function planPasses(region: Size, known: Rect, window: number): ExtendPass[] {
  const all = missing(region, known);
  const deepest = Math.max(1, Math.floor(window * DEPTH));
  const rounds = Math.max(...SIDES.map((side) => Math.ceil(all[side] / deepest)));
  let now = known;
  const passes: ExtendPass[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const side of SIDES) {
      // Strips of one side are equally deep: a last sliver would see almost nothing of its own.
      const strips = Math.ceil(all[side] / deepest);
      if (round >= strips) continue;
      const depth = Math.min(Math.ceil(all[side] / strips), missing(region, now)[side]);
      if (depth <= 0) continue;
      passes.push(...passesOfStrip(now, side, { depth, window }));
      now = union(now, stripOf(now, side, { depth, window }).strip) ?? now;
    }
  }
  return passes;
}

/** The passes that a frame over the edge of the picture needs; null when the model can do it at once, or nothing is new. */
export function passesOfFrame(frame: Rect, document: Size, model: Parameters<typeof windowSide>[1] & { readonly size: { readonly max: number } }): ExtendPass[] | null {
  const inside = intersect(frame, { x: 0, y: 0, width: document.width, height: document.height });
  if (inside === null) return null;
  const known = { ...inside, x: inside.x - frame.x, y: inside.y - frame.y };
  const window = windowSide(document, model);
  return needsPasses(frame, known, { window, largest: model.size.max }) ? planPasses(frame, known, window) : null;
}
