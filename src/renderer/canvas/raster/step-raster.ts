import type { PaintStep, Rect } from '../../../shared/canvas-document';
import type { Size } from '../kernels/geometry';
import { applyMaskStep, type DrawnSteps, type GreyPictures } from './mask-steps';
import { applySketchStep } from './sketch-steps';
import { TILE, TileStore, type TileDelta } from './tile-store';

/** Old tiles kept for undo, in bytes for each raster; beyond it the oldest go, and undoing that far folds from nothing. */
const JOURNAL_BYTES = 32 * 1024 * 1024;

interface Entry {
  readonly step: PaintStep;
  /** `null` once it was dropped to keep within the budget. */
  delta: TileDelta | null;
}

type Apply = (tiles: TileStore, step: PaintStep) => Rect | null;

/**
 * The raster of a list of steps, kept up to date by what changed in the list: a new step costs itself, undo puts the old
 * tiles back. Steps are told apart by identity, which immer keeps for what did not change.
 */
export class StepRaster {
  #tiles: TileStore;
  readonly #apply: Apply;
  #entries: Entry[] = [];
  #journalBytes = 0;

  private constructor(tiles: TileStore, apply: Apply) {
    this.#tiles = tiles;
    this.#apply = apply;
  }

  static ofMask(size: Size, pictures: GreyPictures, drawn: DrawnSteps = () => undefined): StepRaster {
    return new StepRaster(new TileStore(size, 1), (tiles, step) => applyMaskStep(tiles, step, { pictures, drawn }));
  }

  static ofSketch(size: Size, drawn?: DrawnSteps): StepRaster {
    return new StepRaster(new TileStore(size, 4), (tiles, step) => applySketchStep(tiles, step, drawn));
  }

  get tiles(): TileStore {
    return this.#tiles;
  }

  /** Bytes of old tiles kept for undo. */
  get journalBytes(): number {
    return this.#journalBytes;
  }

  /** Whether `steps` are those of the raster and one more, this one. */
  isNextStep(steps: readonly PaintStep[], step: PaintStep): boolean {
    const last = steps.length - 1;
    return this.#entries.length === last && steps[last] === step && this.#entries.every((entry, i) => entry.step === steps[i]);
  }

  /** Makes the raster equal to the fold of `steps`; @returns the boxes of pixels that may have changed. */
  sync(steps: readonly PaintStep[]): Rect[] {
    let shared = 0;
    while (shared < steps.length && this.#entries[shared]?.step === steps[shared]) shared++;
    const dirty: Rect[] = [];
    while (this.#entries.length > shared) {
      const entry = this.#entries.pop();
      if (entry === undefined) break;
      if (entry.delta === null) return this.#refold(steps);
      this.#journalBytes -= bytesOf(entry.delta, this.#tiles);
      dirty.push(...this.#tiles.restore(entry.delta));
    }
    for (const step of steps.slice(shared)) this.#push(step, dirty);
    return dirty;
  }

  /** Folds all again from nothing, as when a picture that a step waited for has come. */
  refresh(): Rect[] {
    return this.#refold(this.#entries.map((entry) => entry.step));
  }

  /** The asset ids of pictures among the steps. */
  uses(assetId: string): boolean {
    return this.#entries.some(({ step }) => step.kind === 'image' && step.assetId === assetId);
  }

  #push(step: PaintStep, dirty: Rect[]): void {
    const box = this.#apply(this.#tiles, step);
    const delta = this.#tiles.takeDelta();
    this.#entries.push({ step, delta });
    this.#journalBytes += bytesOf(delta, this.#tiles);
    if (box !== null) dirty.push(box);
    for (const entry of this.#entries) {
      if (this.#journalBytes <= JOURNAL_BYTES) break;
      if (entry.delta === null) continue;
      this.#journalBytes -= bytesOf(entry.delta, this.#tiles);
      entry.delta = null;
    }
  }

  #refold(steps: readonly PaintStep[]): Rect[] {
    this.#tiles = new TileStore(this.#tiles.size, this.#tiles.channels);
    this.#entries = [];
    this.#journalBytes = 0;
    for (const step of steps) this.#push(step, []);
    return [this.#tiles.all];
  }
}

/** Missing tiles cost nothing; the shared full one is counted, which only makes the budget stricter. */
const bytesOf = (delta: TileDelta, tiles: TileStore): number =>
  [...delta.values()].filter((tile) => tile !== undefined).length * TILE * TILE * tiles.channels;
