import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKey } from '../../../src/shared/name-pattern';
import { fileNameOf, unknownTokens, type NameFacts } from '../../../src/shared/resize/name-pattern';
import { tileBox, tileGrid } from '../../../src/shared/resize/tile-grid';

const facts: NameFacts = { name: 'holiday', scale: 4, width: 2048, height: 1024, model: 'lines', date: new Date(2026, 1, 3), n: 7, total: 1000 };

describe('file names', () => {
  it.each([
    ['{name}_{scale}', 'holiday_4x'],
    ['{date} {n} {width}x{height} {model}', '2026-02-03 0007 2048x1024 lines'],
    ['{name}/{name}', 'holiday_holiday'],
    ['{what}', '{what}'],
    ['..', '_'],
    ['con', 'con_'],
  ])('%s', (pattern, name) => {
    expect(fileNameOf(pattern, facts)).toBe(name);
  });

  it('names the tokens that no one knows', () => {
    expect(unknownTokens('{name}-{size}{}')).toEqual(['size', '']);
  });

  it('holds names for the same that differ in case or in composition alone', () => {
    expect(nameKey('Cafe\u0301.PNG')).toBe(nameKey('caf\u00e9.png'));
  });

  it('never leads out of its folder', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (pattern, name) => /^[^/\\]+$/.test(fileNameOf(pattern, { ...facts, name }))));
  });
});

describe('tileGrid', () => {
  it('covers every pixel once with tiles that differ by one pixel at most', () => {
    const side = fc.integer({ min: 1, max: 2000 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 1, max: 300 }), (width, height, tile) => {
        const grid = tileGrid({ width, height }, tile);
        let x = 0;
        for (let column = 0; column < grid.columns; column += 1) {
          const box = tileBox({ width, height }, grid, { column, row: 0 });
          expect(box.x).toBe(x);
          expect(box.width).toBeLessThanOrEqual(tile);
          expect(box.width).toBeGreaterThanOrEqual(Math.floor(width / grid.columns));
          x += box.width;
        }
        expect(x).toBe(width);
        const last = tileBox({ width, height }, grid, { column: 0, row: grid.rows - 1 });
        expect(last.y + last.height).toBe(height);
      }),
    );
  });
});
