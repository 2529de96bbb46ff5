import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaintStep } from '../../../../src/shared/canvas-document';
import { LiveStroke } from '../../../../src/renderer/canvas/raster/live-stroke';
import { foldMask, type GreyPicture } from '../../../../src/renderer/canvas/raster/mask-steps';
import { StepRaster } from '../../../../src/renderer/canvas/raster/step-raster';
import { TileStore } from '../../../../src/renderer/canvas/raster/tile-store';
import { useMask } from '../../../../src/renderer/canvas/raster/use-mask';
import { ASSET, dab } from '../made-document';

// Larger than a tile in both directions, and no whole number of tiles.
const SIZE = { width: 300, height: 280 };
const ALL = { x: 0, y: 0, ...SIZE };
const picture: GreyPicture = { width: 2, height: 1, data: Uint8Array.of(255, 100) };
const pictures = (): GreyPicture => picture;

const coordinate = fc.integer({ min: -20, max: 320 });
const rect = fc.record({
  x: coordinate,
  y: coordinate,
  width: fc.integer({ min: 1, max: 150 }),
  height: fc.integer({ min: 1, max: 150 }),
});
const mode = fc.constantFrom('paint' as const, 'erase' as const);
const points = (least: number) =>
  fc
    .array(fc.tuple(coordinate, coordinate, fc.constantFrom(0.2, 0.5, 1)), { minLength: least, maxLength: 5 })
    .map((list) => list.flat());
const steps: fc.Arbitrary<PaintStep> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('stroke' as const),
      mode,
      width: fc.integer({ min: 1, max: 40 }),
      hardness: fc.constantFrom(0, 0.6, 1),
      colour: fc.constant(null),
      points: points(1),
    }),
  },
  fc.record({ kind: fc.constant('polygon' as const), mode, colour: fc.constant(null), points: points(3) }),
  fc.record({
    kind: fc.constantFrom('rectangle' as const, 'ellipse' as const),
    mode,
    colour: fc.constant(null),
    rect,
  }),
  fc.constantFrom<PaintStep>({ kind: 'fill' }, { kind: 'invert' }, { kind: 'clear' }),
  fc.integer({ min: -4, max: 6 }).map((by): PaintStep => ({ kind: 'grow', by })),
  rect.map((place): PaintStep => ({ kind: 'image', assetId: ASSET, rect: place })),
);

function folded(list: readonly PaintStep[]): Uint8Array {
  const tiles = new TileStore(SIZE, 1);
  foldMask(tiles, list, pictures);
  return tiles.read(ALL);
}

describe('StepRaster', () => {
  it('equals the fold from nothing after any painting, undoing and painting again', () => {
    fc.assert(
      fc.property(
        fc.array(steps, { maxLength: 6 }),
        fc.nat(6),
        fc.array(steps, { maxLength: 4 }),
        (first, kept, then) => {
          const raster = StepRaster.ofMask(SIZE, pictures);
          for (let i = 1; i <= first.length; i++) raster.sync(first.slice(0, i));
          expect(Buffer.compare(raster.tiles.read(ALL), folded(first))).toBe(0);
          const list = [...first.slice(0, kept), ...then];
          raster.sync(list);
          expect(Buffer.compare(raster.tiles.read(ALL), folded(list))).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('reports a box around everything that changed', () => {
    const raster = StepRaster.ofMask(SIZE, pictures);
    const first = dab(100, 50, 10);
    const boxes = raster.sync([first]);
    const [box] = boxes;
    expect(boxes).toHaveLength(1);
    const outside = raster.tiles.read(ALL).filter((value, i) => {
      const [x, y] = [i % 300, Math.floor(i / 300)];
      return (
        value > 0 &&
        box !== undefined &&
        (x < box.x || y < box.y || x >= box.x + box.width || y >= box.y + box.height)
      );
    });
    expect(outside).toHaveLength(0);
    expect(raster.sync([first])).toEqual([]);
  });

  it('keeps its memory flat over 1,000 strokes', () => {
    const raster = StepRaster.ofMask({ width: 4096, height: 4096 }, pictures);
    const list: PaintStep[] = [];
    for (let i = 0; i < 1000; i++) {
      list.push(dab((i * 37) % 4096, (i * 61) % 4096, 40));
      raster.sync(list);
    }
    expect(raster.journalBytes).toBeLessThanOrEqual(32 * 1024 * 1024);
    expect(raster.tiles.bytes).toBeLessThanOrEqual(4096 * 4096);
  });

  it('costs nothing for a full or an empty mask', () => {
    const raster = StepRaster.ofMask({ width: 32_768, height: 1024 }, pictures);
    raster.sync([{ kind: 'fill' }]);
    expect([raster.tiles.bytes, raster.tiles.read({ x: 32_000, y: 1000, width: 1, height: 1 })[0]]).toEqual([
      0, 255,
    ]);
  });

  it('places a picture used as a mask exactly at its own size', () => {
    const raster = StepRaster.ofMask({ width: 4, height: 2 }, pictures);
    raster.sync([{ kind: 'image', assetId: ASSET, rect: { x: 1, y: 1, width: 2, height: 1 } }]);
    expect([...raster.tiles.read({ x: 0, y: 0, width: 4, height: 2 })]).toEqual([0, 0, 0, 0, 0, 255, 100, 0]);
  });

  it('paints a sketch in colour and skips what speaks of masks', () => {
    const raster = StepRaster.ofSketch({ width: 2, height: 1 });
    raster.sync([
      { kind: 'rectangle', mode: 'paint', colour: '#102030', rect: { x: 0, y: 0, width: 1, height: 1 } },
      { kind: 'invert' },
    ]);
    expect([...raster.tiles.read({ x: 0, y: 0, width: 2, height: 1 })]).toEqual([
      16, 32, 48, 255, 0, 0, 0, 0,
    ]);
  });
});

describe('LiveStroke', () => {
  const scribbles = fc.array(fc.tuple(coordinate, coordinate, fc.constantFrom(0.2, 0.5, 1)), { minLength: 1, maxLength: 40 });

  it('has drawn, when it ends, exactly the pixels that its step paints', () => {
    fc.assert(
      fc.property(scribbles, fc.integer({ min: 1, max: 60 }), fc.constantFrom(0, 0.6, 1), fc.constantFrom(0.1, 2), (points, width, hardness, tolerance) => {
        const stroke = new LiveStroke(SIZE, { width, hardness }, tolerance);
        for (const point of points) stroke.add(point);
        const finished = stroke.finish();
        const tiles = new TileStore(SIZE, 1);
        foldMask(tiles, [{ kind: 'stroke', mode: 'paint', width, hardness, colour: null, points: finished.points }], pictures);
        expect(Buffer.compare(stroke.read(ALL), tiles.read(ALL))).toBe(0);
        expect(finished.points.slice(-3, -1)).toEqual(points.at(-1)?.slice(0, 2));
      }),
      { numRuns: 60 },
    );
  });

  it('tells every pixel that changes as it grows', () => {
    const stroke = new LiveStroke(SIZE, { width: 30, hardness: 0.3 }, 2);
    const shown = new Uint8Array(SIZE.width * SIZE.height);
    const show = (dirty: { x: number; y: number; width: number; height: number } | null): void => {
      if (dirty === null) return;
      const part = stroke.read(dirty);
      for (let y = 0; y < dirty.height; y++) shown.set(part.subarray(y * dirty.width, (y + 1) * dirty.width), (dirty.y + y) * SIZE.width + dirty.x);
    };
    for (let i = 0; i < 80; i++) {
      show(stroke.add([40 + i * 3, 140 + 60 * Math.sin(i / 8), 0.5 + 0.3 * Math.sin(i / 5)]));
      expect(Buffer.compare(shown, stroke.read(ALL))).toBe(0);
    }
    show(stroke.finish().dirty);
    expect(Buffer.compare(shown, stroke.read(ALL))).toBe(0);
  });

  it.each([['mask', 1], ['sketch', 4]] as const)('is taken over by a %s as it was drawn, and undone like any other', (_, channels) => {
    const stroke = new LiveStroke(SIZE, { width: 40, hardness: 0 }, 1);
    stroke.add([20, 20, 0.5, 150, 200, 0.5, 280, 40, 0.5]);
    const { points, coverage } = stroke.finish();
    const step: PaintStep = { kind: 'stroke', mode: 'paint', width: 40, hardness: 0, colour: '#336699', points };
    const before: PaintStep = { kind: 'rectangle', mode: 'paint', colour: '#ff0000', rect: { x: 100, y: 0, width: 90, height: 280 } };
    const drawn = (asked: PaintStep): TileStore | undefined => (asked === step ? (coverage ?? undefined) : undefined);
    const make = (known?: typeof drawn): StepRaster => (channels === 1 ? StepRaster.ofMask(SIZE, pictures, known) : StepRaster.ofSketch(SIZE, known));
    const [taken, painted] = [make(drawn), make()];
    for (const raster of [taken, painted]) raster.sync([before]);
    const empty = taken.tiles.read(ALL);
    expect(taken.isNextStep([before, step], step)).toBe(true);
    expect(taken.isNextStep([step], step)).toBe(false);
    for (const raster of [taken, painted]) raster.sync([before, step]);
    expect(Buffer.compare(taken.tiles.read(ALL), painted.tiles.read(ALL))).toBe(0);
    taken.sync([before]);
    expect(Buffer.compare(taken.tiles.read(ALL), empty)).toBe(0);
  });

  it('starts again without a trace', () => {
    const stroke = new LiveStroke(SIZE, { width: 8, hardness: 1 }, 0.1);
    stroke.add([10, 10, 0.5, 60, 60, 0.5, 90, 10, 0.5]);
    stroke.restart([200, 200, 0.5]);
    expect(stroke.read({ x: 0, y: 0, width: 150, height: 150 }).every((value) => value === 0)).toBe(true);
    expect(stroke.finish().points).toEqual([200, 200, 0.5]);
  });
});

describe('useMask', () => {
  it('gives a region the same pixels as the whole document, feathered and scaled, and nothing outside it', () => {
    const tiles = new TileStore(SIZE, 1);
    foldMask(
      tiles,
      [
        dab(150, 140, 60),
        { kind: 'rectangle', mode: 'paint', colour: null, rect: { x: 0, y: 0, width: 40, height: 280 } },
      ],
      pictures,
    );
    const whole = useMask({ tiles, feather: 4, strength: 0.5 }, ALL);
    const part = useMask({ tiles, feather: 4, strength: 0.5 }, { x: 120, y: 100, width: 50, height: 40 });
    expect([...part.data]).toEqual(
      [...Array(40).keys()].flatMap((y) => [
        ...whole.data.subarray((100 + y) * 300 + 120, (100 + y) * 300 + 170),
      ]),
    );
    expect([whole.data[140 * 300 + 150], whole.data[0]]).toEqual([128, 128]);
    expect([
      ...useMask({ tiles, feather: 4, strength: 1 }, { x: -3, y: 10, width: 3, height: 1 }).data,
    ]).toEqual([0, 0, 0]);
  });
});
