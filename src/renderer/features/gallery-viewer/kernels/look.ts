interface Size {
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * How one looks at a picture, whatever its size and the window's, so that pictures beside each other can share it:
 * `zoom` times the size that just fits, with the point (`x`, `y`), parts of the picture, in the middle of the view.
 */
export interface Look {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export const WHOLE: Look = { zoom: 1, x: 0.5, y: 0.5 };

/** Screen pixels a picture pixel at most. */
const MAX_SCALE = 32;

/** Screen pixels a picture pixel when the whole picture just fits. */
const fitScale = (picture: Size, view: Size): number => Math.min(view.width / picture.width, view.height / picture.height);

export interface Placed {
  /** Screen pixels a picture pixel. */
  readonly scale: number;
  /** The picture's upper left corner in the view, pixels. */
  readonly x: number;
  readonly y: number;
}

/** Where a picture stands in a view of so many CSS pixels. */
export function placed(look: Look, picture: Size, view: Size): Placed {
  const scale = fitScale(picture, view) * look.zoom;
  return { scale, x: view.width / 2 - look.x * picture.width * scale, y: view.height / 2 - look.y * picture.height * scale };
}

/** Along one axis: in the middle while it all fits, else without emptiness beside it. */
function keepIn(middle: number, length: number, room: number): number {
  if (length <= room) return 0.5;
  const edge = room / 2 / length;
  return Math.min(1 - edge, Math.max(edge, middle));
}

/** The nearest look that shows no more emptiness than it must. */
export function kept(look: Look, picture: Size, view: Size): Look {
  const fit = fitScale(picture, view);
  // A small picture may go down to its own size.
  const zoom = Math.min(Math.max(MAX_SCALE / fit, 1), Math.max(Math.min(1, 1 / fit), look.zoom));
  const scale = fit * zoom;
  return { zoom, x: keepIn(look.x, picture.width * scale, view.width), y: keepIn(look.y, picture.height * scale, view.height) };
}

/** Multiplies the zoom; the point of the picture under `at` (pixels of the view) stays there. */
export function zoomedAt(look: Look, factor: number, { at, picture, view }: { readonly at: Point; readonly picture: Size; readonly view: Size }): Look {
  const before = placed(look, picture, view);
  const zoom = kept({ ...look, zoom: look.zoom * factor }, picture, view).zoom;
  const { scale } = placed({ ...look, zoom }, picture, view);
  const ratio = scale / before.scale;
  // Where the corner comes to lie when the cursor's point stays; the middle of the view follows from that.
  const corner = { x: at.x - (at.x - before.x) * ratio, y: at.y - (at.y - before.y) * ratio };
  return kept({ zoom, x: (view.width / 2 - corner.x) / (picture.width * scale), y: (view.height / 2 - corner.y) / (picture.height * scale) }, picture, view);
}

export function panned(look: Look, by: Point, { picture, view }: { readonly picture: Size; readonly view: Size }): Look {
  const { scale } = placed(look, picture, view);
  return kept({ ...look, x: look.x - by.x / (picture.width * scale), y: look.y - by.y / (picture.height * scale) }, picture, view);
}

/** The zoom at which one picture pixel is one screen pixel. */
export const actualZoom = (picture: Size, view: Size): number => 1 / fitScale(picture, view);

/** Wheel notches to a factor: a mouse notch (100) is 20 %, a touchpad's small deltas are proportionally finer. */
export const wheelFactor = (deltaY: number): number => Math.exp(-Math.min(400, Math.max(-400, deltaY)) * 0.0018);
